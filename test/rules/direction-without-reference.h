// A value, a const reference and an rvalue reference only travel to the server, and need no attribute. rpc::out on
// them would promise something that cannot happen.
// From: MIDL: [out] needs a pointer.
#pragma once

class Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set([[rpc::in]] double degrees) = 0;  // expect: direction-without-reference
  virtual void get([[rpc::out]] double degrees) = 0;  // expect: direction-without-reference
  virtual void put([[rpc::in]] const double& degrees) = 0;  // expect: direction-without-reference
};
