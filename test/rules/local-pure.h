// The client has no way to implement it: it does not travel, and there is no body to inherit.
// From: C++, [class.abstract].
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local]] virtual double twice() = 0;  // expect: local-pure
};
