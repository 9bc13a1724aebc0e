// A remote call can always fail. The client's override has to be noexcept as well, so the exception would end the
// process.
// From: C++, [except.spec]; docs/decisions/0010-noexcept-methods.md.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() noexcept = 0;  // expect: noexcept-method
};
