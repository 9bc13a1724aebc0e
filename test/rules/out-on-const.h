// Nothing can be written to it.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void get([[rpc::out]] const double& degrees) = 0;  // expect: out-on-const
};
