// Private to its house.
#pragma once

class House {
  class [[rpc::interface]] Thermostat {  // expect: interface-inaccessible
   public:
    virtual ~Thermostat() = default;
    virtual double target() = 0;
  };
};
