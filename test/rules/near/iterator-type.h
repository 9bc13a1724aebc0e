// The key finds the element at the other end.
#pragma once

#include <string>

struct Cursor {
  int place;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void erase(std::string key) = 0;
  virtual void advance(Cursor cursor) = 0;
};
