// A method may differ from its class.
#pragma once

class [[rpc::timeout("1s")]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::timeout("2s")]] virtual double target() = 0;
};
