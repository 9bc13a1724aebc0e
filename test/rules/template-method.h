// The types of its arguments are known only where it is called, but the code that marshals them is generated here.
// From: Farcall; an IDL has no templates.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  double target();
  template <class Unit>
  void set(Unit degrees);  // expect: template-method
};
