// Generated code cannot name it, or could only make one that is not whole.
#pragma once

#include <vector>

struct Shared {
  int number;
};
struct Left : virtual Shared {};
struct Numbers : std::vector<int> {};
namespace {
struct Hidden {
  int number;
};
}  // namespace
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual void put(Left left) = 0;  // expect: record-obstacle
  virtual void add(Numbers numbers) = 0;  // expect: record-obstacle
  virtual void tell(Hidden hidden) = 0;  // expect: record-obstacle
};
