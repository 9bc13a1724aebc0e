// Version 1 of an interface; version 2 makes every change that both must survive.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace depot {

enum class Unit : std::uint8_t { piece, kilogram };

struct Item {
  std::string name;
  std::int32_t count = 0;
  std::string note;
  double price = 0;
  Unit unit = Unit::piece;
  bool operator==(const Item&) const = default;
};

class [[rpc::interface]] Depot {
 public:
  virtual ~Depot() = default;
  virtual std::int32_t add(const Item& item, std::int16_t shelf) = 0;
  virtual Item find(std::string name) = 0;
  [[rpc::async]] virtual std::vector<Item> all() = 0;
  virtual bool forget(std::string name) = 0;
  virtual std::int64_t total(std::string name) = 0;
  virtual void take(std::string name, std::int32_t& count) = 0;
  virtual void fail(std::string why) = 0;
  [[rpc::maybe]] virtual void seen(std::string name) = 0;
};

}  // namespace depot
