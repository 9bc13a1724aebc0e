// Written back.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void get([[rpc::out]] double& degrees) const = 0;
};
