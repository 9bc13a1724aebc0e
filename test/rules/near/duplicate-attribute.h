// Different attributes side by side.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async, rpc::idempotent]] [[rpc::timeout("3s")]] virtual double target() = 0;
};
