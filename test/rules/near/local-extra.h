// A local method of an async class.
#pragma once

class [[rpc::async]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local]] double twice() { return 2 * target(); }
};
