// One is enough, and a vector may be empty when it comes to that.
#pragma once

#include <array>
#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set(std::array<int, 1> degrees, std::vector<int> more) = 0;
};
