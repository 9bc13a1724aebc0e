// The three shapes of the marshalling benchmark, with the codecs that are generated for them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <rpc/marshal.h>

namespace bench {

enum class Colour : std::uint8_t { red, green, blue };

/// About 35 bytes.
struct Small {
  std::int64_t id = 0;
  std::string name;
  double value = 0;
  bool active = false;
  Colour colour = Colour::red;
};

struct Weapon {
  std::string name;
  std::int32_t damage = 0;
};

/// About 96 bytes, in five allocations.
struct Monster {
  float x = 0;
  float y = 0;
  float z = 0;
  std::int16_t health = 0;
  std::string name;
  std::vector<std::uint8_t> inventory;
  Colour colour = Colour::red;
  std::vector<Weapon> weapons;
};

}  // namespace bench

template <>
struct rpc::Codec<bench::Colour>
    : rpc::EnumCodec<bench::Colour, bench::Colour::red, bench::Colour::green, bench::Colour::blue> {};

template <>
struct rpc::Codec<bench::Small> {
  static constexpr std::size_t min_size = 18;
  static std::byte* encode(Encoder& out, std::byte* to, const bench::Small& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, bench::Small& value);
};

template <>
struct rpc::Codec<bench::Weapon> {
  static constexpr std::size_t min_size = 5;
  static std::byte* encode(Encoder& out, std::byte* to, const bench::Weapon& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, bench::Weapon& value);
};

template <>
struct rpc::Codec<bench::Monster> {
  static constexpr std::size_t min_size = 18;
  static std::byte* encode(Encoder& out, std::byte* to, const bench::Monster& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, bench::Monster& value);
};

inline std::byte* rpc::Codec<bench::Small>::encode(Encoder& out, std::byte* to, const bench::Small& value) {
  Writer at(out, to);
  at.room(17 + bound(value.name));
  Bits bits;
  bits.set(0, value.active);
  bits.set(1, value.colour);
  at.put(bits);
  at.put(value.id);
  at.put(value.value);
  at.put(value.name);
  return at.place();
}

inline const std::byte* rpc::Codec<bench::Small>::decode(Decoder& in, const std::byte* from, bench::Small& value) {
  Reader at(in, from);
  at.need(17);
  Bits bits;
  at.get(bits);
  bits.get(0, value.active);
  bits.get(1, value.colour);
  at.get(value.id);
  at.get(value.value);
  at.read(value.name);
  return at.place();
}

inline std::byte* rpc::Codec<bench::Weapon>::encode(Encoder& out, std::byte* to, const bench::Weapon& value) {
  Writer at(out, to);
  at.room(4 + bound(value.name));
  at.put(value.damage);
  at.put(value.name);
  return at.place();
}

inline const std::byte* rpc::Codec<bench::Weapon>::decode(Decoder& in, const std::byte* from, bench::Weapon& value) {
  Reader at(in, from);
  at.need(4);
  at.get(value.damage);
  at.read(value.name);
  return at.place();
}

inline std::byte* rpc::Codec<bench::Monster>::encode(Encoder& out, std::byte* to, const bench::Monster& value) {
  Writer at(out, to);
  at.room(15 + bound(value.name));
  Bits bits;
  bits.set(0, value.colour);
  at.put(bits);
  at.put(value.x);
  at.put(value.y);
  at.put(value.z);
  at.put(value.health);
  at.put(value.name);
  at.write(value.inventory);
  at.write(value.weapons);
  return at.place();
}

inline const std::byte* rpc::Codec<bench::Monster>::decode(Decoder& in, const std::byte* from, bench::Monster& value) {
  Reader at(in, from);
  at.need(15);
  Bits bits;
  at.get(bits);
  bits.get(0, value.colour);
  at.get(value.x);
  at.get(value.y);
  at.get(value.z);
  at.get(value.health);
  at.read(value.name);
  at.read(value.inventory);
  at.read(value.weapons);
  return at.place();
}
