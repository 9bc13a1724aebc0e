// The same, said otherwise.
#pragma once

#include <variant>
#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::variant<int, double> target() = 0;
  virtual void set(const std::vector<long long>& numbers) = 0;
};
