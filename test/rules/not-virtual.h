// A call through Thermostat& would run here, on the client's own object, and not there.
// From: C++: only virtual methods are looked up by the object's type.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  double twice() { return 2 * target(); }  // expect: not-virtual
};
