// Types of no rule of their own.
#pragma once

#include <any>
#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::any target() = 0;  // expect: unsupported-type
  virtual void set(const std::vector<__int128>& numbers) = 0;  // expect: unsupported-type
};
