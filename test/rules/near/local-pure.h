// With a body it works for the client, too.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local]] virtual double twice() { return 2 * target(); }
};
