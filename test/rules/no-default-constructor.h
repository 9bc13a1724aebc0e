// The client would not know what to hand to it.
#pragma once

class [[rpc::interface]] Thermostat {  // expect: no-default-constructor
 public:
  explicit Thermostat(int room);
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
