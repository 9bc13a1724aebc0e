// A variant knows.
#pragma once

#include <variant>

using Number = std::variant<int, double>;
struct Cell {
  int row;
  struct {
    int count;
    float share;
  };
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void put(Number number) = 0;
  virtual void set(Cell cell) = 0;
};
