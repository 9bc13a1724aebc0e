// An async class gives its mode only to methods without one.
#pragma once

class [[rpc::async]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::maybe]] virtual void ping() = 0;
};
