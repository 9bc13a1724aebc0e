// There is nothing in it, and other languages have no such type.
// From: Farcall.
#pragma once

#include <array>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set(std::array<int, 0> degrees) = 0;  // expect: empty-array
};
