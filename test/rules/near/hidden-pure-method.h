// A private method with a body.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;

 private:
  virtual double measure();
};
