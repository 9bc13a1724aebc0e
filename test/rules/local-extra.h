// A method is remote, or it is not.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local, rpc::async]] double twice() { return 2 * target(); }  // expect: local-extra
};
