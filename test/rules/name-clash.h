// Farcall writes classes and members of these names. The declaration that is there already, and the generated one,
// would be one.
// From: C++, [basic.scope]; widl finds the same for a user's own AsyncX.
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
