// The same attributes where they belong.
#pragma once

class [[rpc::timeout("3s")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("1s")]] virtual void target([[rpc::out]] double& degrees) = 0;
  [[rpc::async]] virtual void tune() = 0;
  static double to_fahrenheit(double celsius);
};
