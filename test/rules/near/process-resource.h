// What stays here may be in a struct, if it says so.
#pragma once

#include <mutex>
#include <string>

struct Guarded {
  std::string name;
  [[rpc::local]] std::mutex lock;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void put(const Guarded& guarded) = 0;
};
