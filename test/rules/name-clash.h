// Farcall wants to write a class of this name, and members of these.
#pragma once

namespace home {
class ThermostatClient;
class [[rpc::interface]] Thermostat {  // expect: name-clash
 public:
  virtual ~Thermostat() = default;
  virtual void with(int room) = 0;  // expect: name-clash
  [[rpc::async]] virtual double target() = 0;
  virtual void async_target() = 0;  // expect: name-clash
};
}  // namespace home
