// A client is handed around as a Thermostat*, and deleting it through that would be undefined.
// From: C++, [expr.delete].
#pragma once

class [[rpc::interface]] Thermostat {  // expect: no-virtual-destructor
 public:
  virtual double target() = 0;
};
