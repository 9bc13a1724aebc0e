// These are the same everywhere, though one is a name of long.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

using Count = std::uint64_t;
struct Page {
  std::int64_t offset;
  long long number;
  char32_t mark;
};
class [[rpc::interface]] Thermostat {
 public:
  virtual ~Thermostat() = default;
  virtual std::vector<int64_t> all(Count count) = 0;
  virtual void put(const Page& page) = 0;
  [[rpc::local]] virtual long local() { return 0; }
};
