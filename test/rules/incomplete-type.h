// Its members are not known here.
// From: Farcall.
#pragma once

#include <vector>

struct Reading;
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual Reading latest() = 0;  // expect: incomplete-type
  virtual void record(const std::vector<Reading>& readings) = 0;
};
