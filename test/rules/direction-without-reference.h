// A value only travels to the server.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set([[rpc::in]] double degrees) = 0;  // expect: direction-without-reference
  virtual void get([[rpc::out]] double degrees) = 0;  // expect: direction-without-reference
  virtual void put([[rpc::in]] const double& degrees) = 0;  // expect: direction-without-reference
};
