// Here it stays.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local]] static double to_fahrenheit(double celsius);
};
