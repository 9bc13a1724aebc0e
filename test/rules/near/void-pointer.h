// Bytes that know their number.
#pragma once

#include <cstddef>
#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void store(const std::vector<std::byte>& bytes) = 0;
};
