// With a using prefix the scope is there.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[using rpc: async, timeout("3s")]] virtual double target() = 0;
};
