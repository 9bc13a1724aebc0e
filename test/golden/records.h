// Every kind of record and enum: which section of the encoding its members go to.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shop {

enum class Kind { book, film = 5, game };
enum Level : std::int16_t { low = -300, high = 300 };
enum class Access : std::uint8_t { none = 0, read = 1, write = 2, all = 3 };
constexpr Access operator|(Access a, Access b) {
  return static_cast<Access>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

/// Copied whole.
struct Point {
  double x;
  double y;
};

struct Empty {};

struct Stamped {
  std::chrono::sys_time<std::chrono::microseconds> at;
  std::string by;
};

struct Bits {
  bool one, two, three;
  Kind kind;
  std::optional<Kind> other;
  Access access;
  bool last;
};

struct Everything : Stamped {
  std::string name;
  bool active;
  std::optional<int> limit;
  Level level;
  Point place;
  std::array<std::array<float, 3>, 3> matrix;
  std::array<std::string, 2> both;
  std::vector<Point> path;
  std::map<std::string, std::vector<Kind>> kinds;
  std::unordered_map<std::int64_t, Bits> bits;
  std::set<std::string> tags;
  std::pair<std::byte, std::optional<Empty>> rest;
  std::string note;
  std::string remark;
  [[rpc::local]] int scratch = 0;
};

/// Contains itself.
struct Category {
  std::string name;
  std::vector<Category> children;
};

class [[rpc::interface]] Shop {
 public:
  virtual ~Shop() = default;
  virtual Everything find(Kind kind, Level level, Access access, const Point& near) = 0;
  virtual Category categories(const Category& root, bool deep, bool sorted, std::optional<std::string> filter) = 0;
};

}  // namespace shop
