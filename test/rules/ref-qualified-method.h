// An object elsewhere is neither an lvalue nor an rvalue.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() & = 0;  // expect: ref-qualified-method
};
