// A reference to something that is not const goes both ways, unless it says otherwise.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set([[rpc::in]] double& degrees) = 0;
  virtual void get([[rpc::out]] double& degrees) = 0;
  virtual void swap([[rpc::in, rpc::out]] double& degrees) = 0;
};
