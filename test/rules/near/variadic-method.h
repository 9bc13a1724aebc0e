// A list that knows its type.
#pragma once

#include <string>
#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void log(int level, std::vector<std::string> values) = 0;
};
