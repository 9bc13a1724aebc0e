// The client derives from the class, and would not know what to hand to its constructor.
// From: C++, [class.base.init].
#pragma once

class [[rpc::interface]] Thermostat {  // expect: no-default-constructor
 public:
  explicit Thermostat(int room);
  virtual ~Thermostat() = default;
  virtual double target() = 0;
};
