// Two values, and no way to tell which is meant.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("1s"), rpc::timeout("2s")]] virtual double target() = 0;  // expect: conflicting-values
};
