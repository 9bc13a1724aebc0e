// A member may be an array, and so may what is passed by a class.
#pragma once

#include <array>

struct Name {
  char text[16];
  int letters[2][3];
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void set(std::array<double, 3> degrees) = 0;
  virtual void name(const Name& name) = 0;
};
