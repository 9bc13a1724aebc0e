// The name is free in another namespace, and without an async target there is no async_target.
#pragma once

class ThermostatClient;
namespace home {
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void within(int room) = 0;
  virtual double target() = 0;
  virtual void async_target() = 0;
};
}  // namespace home
