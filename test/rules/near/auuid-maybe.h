// In an async class a method may be a maybe call: its client has no second half.
#pragma once

class [[rpc::async]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::maybe]] virtual void ping() = 0;
};
