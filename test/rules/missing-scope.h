// Farcall's attributes live in the namespace rpc.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[async]] virtual double target() = 0;  // expect: missing-scope
};
