// The client overrides every remote method.
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
