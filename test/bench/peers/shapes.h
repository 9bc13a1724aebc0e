// The three shapes of the benchmark: the arguments of a small call, many records, a large block of numbers. What every
// library encodes from and decodes into. farcall generates the codecs that stand for it in the table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

enum class Colour : std::uint8_t { red, green, blue };

struct Small {
  std::int64_t id = 0;
  std::string name;
  double value = 0;
  bool active = false;
  Colour colour = Colour::red;
  bool operator==(const Small&) const = default;
};

struct Weapon {
  std::string name;
  std::int32_t damage = 0;
  bool operator==(const Weapon&) const = default;
};

/// In five allocations.
struct Monster {
  float x = 0;
  float y = 0;
  float z = 0;
  std::int16_t health = 0;
  std::string name;
  std::vector<std::uint8_t> inventory;
  Colour colour = Colour::red;
  std::vector<Weapon> weapons;
  bool operator==(const Monster&) const = default;
};

using Monsters = std::vector<Monster>;
using Doubles = std::vector<double>;

class [[rpc::interface]] Shapes {
 public:
  virtual ~Shapes() = default;
  virtual Small small(Small value) = 0;
  virtual Monsters monsters(Monsters value) = 0;
  virtual Doubles doubles(Doubles value) = 0;
};

}  // namespace bench
