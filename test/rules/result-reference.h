// A reference into the server's memory means nothing here.
#pragma once

#include <string>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual const std::string& room() = 0;  // expect: result-reference
  virtual std::string&& take() = 0;       // expect: result-reference
};
