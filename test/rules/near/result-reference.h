// Values travel, const or not.
#pragma once

#include <string>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::string room() = 0;
};
