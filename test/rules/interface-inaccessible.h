// It is private to its house, or local to a function. The client and the service stand outside.
// From: C++, [class.access].
#pragma once

class House {
  class [[rpc::interface]] Thermostat {  // expect: interface-inaccessible
   public:
    virtual ~Thermostat() = default;
    virtual double target() = 0;
  };
};
