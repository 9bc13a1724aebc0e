// Bases and names that everybody can use.
#pragma once

#include <vector>

struct Empty {};
template <class T>
struct Shared : Empty {
  T number;
};
struct Left : Shared<int> {};
struct Right : Left {
  std::vector<int> numbers;
  struct Inner {
    int number;
  } inner;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void put(Left left, const Right& right) = 0;
};
