// Nothing in such a type says what would have to travel, or it means something else in another process. The note tells
// what to use instead.
// From: MIDL restricts remote types for the same reason; docs/types.md has those that travel.
#pragma once

#include <any>
#include <vector>

class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::any target() = 0;  // expect: unsupported-type
  virtual void set(const std::vector<__int128>& numbers) = 0;  // expect: unsupported-type
};
