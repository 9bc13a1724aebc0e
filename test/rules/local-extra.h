// A method is remote, or it is not, and a field travels, or it does not. What else is said of it, or of its
// parameters, would be ignored.
// From: MIDL's [local], which takes a procedure out of the marshalling.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual double target() = 0;
  [[rpc::local, rpc::async]] double twice() { return 2 * target(); }  // expect: local-extra
  [[rpc::local]] double times([[rpc::in]] double& by) { return by * target(); }  // expect: local-extra
};
