// Nothing can be written to it.
// From: C++, and MIDL2042: [out] and const contradict each other.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void get([[rpc::out]] const double& degrees) = 0;  // expect: out-on-const
};
