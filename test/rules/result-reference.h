// A reference into the server's memory means nothing here. The value itself travels.
// From: C++ and MIDL's [out] parameters: what comes back belongs to the caller.
#pragma once

#include <string>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual const std::string& room() = 0;  // expect: result-reference
  virtual std::string&& take() = 0;       // expect: result-reference
};
