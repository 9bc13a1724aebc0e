// Nested, and public.
#pragma once

class House {
 public:
  class [[rpc::interface]] Thermostat {
   public:
    virtual ~Thermostat() = default;
    virtual double target() = 0;
  };
};
