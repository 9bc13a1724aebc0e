// A wire name without the name.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::name]] virtual double target() = 0;  // expect: missing-argument
};
