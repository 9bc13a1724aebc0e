// The client of a class with virtual methods derives from it.
// From: C++, [class.pre]: a final class has no derived ones.
#pragma once

class [[rpc::interface]] Thermostat final {  // expect: interface-final
 public:
  virtual ~Thermostat() = default;
  virtual double target();
};
