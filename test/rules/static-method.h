// No object, nothing to send the call to.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  static double to_fahrenheit(double celsius);  // expect: static-method
};
