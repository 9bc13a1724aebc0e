// They need not be known before the interface ends.
#pragma once

#include <vector>

struct Reading;
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual Reading latest() = 0;
  virtual void record(const std::vector<Reading>& readings) = 0;
};
struct Reading {
  double celsius;
};
