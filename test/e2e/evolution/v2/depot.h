// Version 2: its numbers are those of depot.rpc.json, the frozen contract of version 1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace depot {

enum class Unit : std::uint8_t { piece, kilogram, litre };  // one more

struct Item {
  std::int32_t weight = 7;                       // new, with a default
  std::vector<std::string> tags;                 // new
  Unit unit = Unit::piece;                       // moved to the front
  std::optional<double> price;                   // optional now
  [[rpc::name("name")]] std::string label;       // renamed
  std::int64_t count = 0;                        // wider
  bool operator==(const Item&) const = default;  // note is gone
};

class [[rpc::interface]] Depot {
 public:
  virtual ~Depot() = default;
  virtual void clear() = 0;                                                                     // new
  [[rpc::async]] virtual std::vector<Item> all(std::int32_t most = 100) = 0;                    // a parameter more
  virtual std::int64_t add(const Item& item, std::int32_t shelf, bool replace = true) = 0;      // wider, one more
  [[rpc::name("total")]] virtual std::int64_t sum(std::string name) = 0;                        // renamed
  virtual Item find(std::string name, std::string otherwise = "nothing") = 0;                   // a parameter more
  virtual void take(std::string name, std::int32_t& count, std::vector<std::string>& log) = 0;  // an output more
  virtual void fail(std::string why) = 0;
  [[rpc::maybe]] virtual void seen(std::string name) = 0;
};  // forget is gone

}  // namespace depot
