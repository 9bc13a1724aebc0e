// 80 bits here, 128 there.
// From: Farcall.
#pragma once

#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set(long double degrees) = 0;  // expect: long-double
  virtual std::vector<long double> all() = 0;  // expect: long-double
};
