// An object elsewhere is neither an lvalue nor an rvalue. The client is always called as what the caller has.
// From: C++, [over.match.funcs].
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() & = 0;  // expect: ref-qualified-method
};
