// One method has no mode of its own.
#pragma once

class [[rpc::async]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::maybe]] virtual void ping() = 0;
};
