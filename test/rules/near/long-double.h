// 64 bits everywhere.
#pragma once

#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set(double degrees) = 0;
  virtual std::vector<double> all() = 0;
};
