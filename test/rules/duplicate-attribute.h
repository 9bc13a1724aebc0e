// Said twice, meant once. The second one changes nothing.
// From: MIDL compilers warn about it and take the last one.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  [[rpc::async]] [[rpc::async]] virtual double target() = 0;  // expect: duplicate-attribute
};
