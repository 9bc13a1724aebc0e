// What is generated for the types of sample_types.h, written by hand.
#pragma once

#include <rpc/marshal.h>

#include "runtime/wire/sample_types.h"

template <>
struct rpc::Codec<home::Kind>
    : rpc::EnumCodec<home::Kind, home::Kind::unknown, home::Kind::indoor, home::Kind::outdoor> {};

template <>
struct rpc::Codec<home::Days>
    : rpc::FlagsCodec<home::Days, home::Days::monday, home::Days::tuesday, home::Days::sunday> {};

template <>
struct rpc::Codec<home::Vendor>
    : rpc::EnumCodec<home::Vendor, home::Vendor::unknown, home::Vendor::acme, home::Vendor::initech> {};

template <>
struct rpc::Codec<home::Position> : rpc::FlatCodec<home::Position, 16> {};

template <>
struct rpc::Codec<home::Empty> : rpc::EmptyCodec<home::Empty> {};

template <>
struct rpc::Codec<home::Link> {
  static constexpr std::size_t min_size = 3;
  static std::byte* encode(Encoder& out, std::byte* to, const home::Link& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, home::Link& value);
};

// Named before there is a codec of Term, as it may be in generated code.
template <>
struct rpc::Codec<home::Term>;
static_assert(sizeof(rpc::Codec<decltype(home::Term::value)>) != 0);

template <>
struct rpc::Codec<home::Term> {
  static constexpr std::size_t min_size = 2;
  static std::byte* encode(Encoder& out, std::byte* to, const home::Term& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, home::Term& value);
};

template <>
struct rpc::Codec<home::Sensor> {
  static constexpr std::size_t min_size = 19;
  static std::byte* encode(Encoder& out, std::byte* to, const home::Sensor& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, home::Sensor& value);
};

template <>
struct rpc::Codec<home::Reading> {
  static constexpr std::size_t min_size = 38;
  static std::byte* encode(Encoder& out, std::byte* to, const home::Reading& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, home::Reading& value);
};

template <>
struct rpc::Codec<home::Room> {
  static constexpr std::size_t min_size = 3;
  static std::byte* encode(Encoder& out, std::byte* to, const home::Room& value);
  static const std::byte* decode(Decoder& in, const std::byte* from, home::Room& value);
};

inline std::byte* rpc::Codec<home::Sensor>::encode(Encoder& out, std::byte* to, const home::Sensor& value) {
  Writer at(out, to);
  at.room(18 + bound(value.name));
  at.put(value.place);
  at.put(value.vendor);
  at.put(value.name);
  return at.place();
}

inline const std::byte* rpc::Codec<home::Sensor>::decode(Decoder& in, const std::byte* from, home::Sensor& value) {
  Reader at(in, from);
  at.need(18);
  at.get(value.place);
  at.get(value.vendor);
  at.read(value.name);
  return at.place();
}

inline std::byte* rpc::Codec<home::Reading>::encode(Encoder& out, std::byte* to, const home::Reading& value) {
  Writer at(out, to);
  at.room(17);
  Bits bits;
  bits.set(0, value.active);
  bits.set(1, value.limit.has_value());
  bits.set(2, value.kind);
  at.put(bits);
  at.put(value.celsius);
  at.put(value.taken);
  if (value.limit) at.write(*value.limit);
  at.write(value.note);
  at.write(value.neighbours);
  at.write(value.sensor);
  return at.place();
}

inline const std::byte* rpc::Codec<home::Reading>::decode(Decoder& in, const std::byte* from, home::Reading& value) {
  Reader at(in, from);
  at.need(17);
  Bits bits;
  at.get(bits);
  bits.get(0, value.active);
  const bool has_limit = bits.has(1);
  bits.get(2, value.kind);
  at.get(value.celsius);
  at.get(value.taken);
  at.read_if(has_limit, value.limit);
  at.read(value.note);
  at.read(value.neighbours);
  at.read(value.sensor);
  return at.place();
}

inline std::byte* rpc::Codec<home::Room>::encode(Encoder& out, std::byte* to, const home::Room& value) {
  Writer at(out, to);
  at.nest();
  at.room(1 + bound(value.name));
  Bits bits;
  bits.set(0, value.heated);
  at.put(bits);
  at.put(value.name);
  at.write(value.rooms);
  at.unnest();
  return at.place();
}

inline const std::byte* rpc::Codec<home::Room>::decode(Decoder& in, const std::byte* from, home::Room& value) {
  Reader at(in, from);
  at.nest();
  at.need(1);
  Bits bits;
  at.get(bits);
  bits.get(0, value.heated);
  at.read(value.name);
  at.read(value.rooms);
  at.unnest();
  return at.place();
}

inline std::byte* rpc::Codec<home::Term>::encode(Encoder& out, std::byte* to, const home::Term& value) {
  Writer at(out, to);
  at.nest();
  at.write(value.value);
  at.unnest();
  return at.place();
}

inline const std::byte* rpc::Codec<home::Term>::decode(Decoder& in, const std::byte* from, home::Term& value) {
  Reader at(in, from);
  at.nest();
  at.read(value.value);
  at.unnest();
  return at.place();
}

inline std::byte* rpc::Codec<home::Link>::encode(Encoder& out, std::byte* to, const home::Link& value) {
  Writer at(out, to);
  at.nest();
  at.room(1 + bound(value.name));
  Bits bits;
  bits.set(0, value.next != nullptr);
  at.put(bits);
  at.put(value.name);
  if (value.next) at.write(*value.next);
  at.write(value.shared);
  at.unnest();
  return at.place();
}

inline const std::byte* rpc::Codec<home::Link>::decode(Decoder& in, const std::byte* from, home::Link& value) {
  Reader at(in, from);
  at.nest();
  at.need(1);
  Bits bits;
  at.get(bits);
  at.read(value.name);
  at.read_if(bits.has(0), value.next);
  at.read(value.shared);
  at.unnest();
  return at.place();
}
