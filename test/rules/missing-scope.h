// Farcall's attributes live in the namespace rpc. Without it, the name belongs to the standard or to the compiler,
// which may give it another meaning any day.
// From: C++, [dcl.attr.grammar]: attributes without a namespace are reserved.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[async]] virtual double target() = 0;  // expect: missing-scope
};
