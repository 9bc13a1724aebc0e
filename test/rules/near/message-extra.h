// Any other call may be idempotent.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async, rpc::idempotent]] virtual void record(int degrees) = 0;
  [[rpc::maybe, rpc::idempotent]] virtual void ping() = 0;
};
