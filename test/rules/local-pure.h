// The client has no way to implement it.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local]] virtual double twice() = 0;  // expect: local-pure
};
