// Nobody can delete it through Thermostat*.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual double target() = 0;

 protected:
  ~Thermostat() = default;
};
