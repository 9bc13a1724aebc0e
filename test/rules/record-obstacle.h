// Generated code names a struct, makes one, and fills it member by member. One that it cannot name, or could not fill as a
// whole, would arrive as something else.
// From: Farcall.
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
