// These have another width on other platforms. A type of fixed width says what travels.
// From: MIDL has base types of its own, with the same width everywhere.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

using Count = unsigned long;  // expect: platform-type
struct Page {
  std::size_t offset;  // expect: platform-type
  wchar_t mark;  // expect: platform-type
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::vector<long> all(Count count) = 0;  // expect: platform-type
  virtual std::vector<int>::size_type size() = 0;  // expect: platform-type
  virtual void put(const Page& page) = 0;
};
