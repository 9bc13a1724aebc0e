// The string of rpc::interface is optional.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::name("target_v1")]] virtual double target() = 0;
};
