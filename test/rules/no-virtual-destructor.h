// Deleting a client through Thermostat* would be undefined.
#pragma once

class [[rpc::interface]] Thermostat {  // expect: no-virtual-destructor
 public:
  virtual double target() = 0;
};
