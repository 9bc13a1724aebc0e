// There is one remote interface for each class, and a template is many. Derive a class from the instance that is
// meant.
// From: Farcall; an IDL has no templates.
#pragma once

template <class Unit>
class [[rpc::interface]] Thermostat {  // expect: interface-template
 public:
  virtual ~Thermostat() = default;
  virtual Unit target() = 0;
};
