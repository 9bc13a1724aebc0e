// A maybe call never throws for the network.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() noexcept = default;
  [[rpc::maybe]] virtual void ping() noexcept = 0;
  virtual double target() noexcept(false) = 0;
};
