// A duration is a string with a unit, not a number.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout(250)]] virtual double target() = 0;  // expect: wrong-argument
};
