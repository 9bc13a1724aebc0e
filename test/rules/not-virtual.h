// A call through Thermostat& would run here, not there.
#pragma once

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  double twice() { return 2 * target(); }  // expect: not-virtual
};
