// The client derives from the class and overrides every remote method.
// From: C++, [class.virtual]: a final method cannot be overridden.
#pragma once

class Device {
 public:
  virtual ~Device() = default;
  virtual int id() = 0;
};
class [[rpc::interface]] Thermostat : public Device {
 public:
  int id() final;  // expect: final-method
  virtual double target() = 0;
};
