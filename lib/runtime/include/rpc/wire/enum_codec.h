// The bases of the codecs generated for enums. Only declared values travel: others are refused at both ends.
//
//   template <>
//   struct rpc::Codec<home::Kind> : rpc::EnumCodec<home::Kind, home::Kind::indoor, home::Kind::outdoor> {};
//   template <>
//   struct rpc::Codec<home::Days> : rpc::FlagsCodec<home::Days, home::Days::monday, home::Days::tuesday> {};
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

namespace rpc {

namespace wire {

/// `Values` knows which values of the enum are valid, as numbers, and how many bits they take when they are small.
template <class E, class DeclaredBy>
struct CheckedEnumCodec {
  using Values = DeclaredBy;
  using Number = std::underlying_type_t<E>;

  /// Bits in a record's flags; 0 for enums with values outside of 0..255, which travel as their underlying number.
  static constexpr unsigned bits = Values::bits;
  static constexpr std::size_t min_size = bits != 0 ? 1 : sizeof(Number);

  static void check(E value) {
    if (!Values::valid(static_cast<Number>(value))) [[unlikely]]
      fail_enum_sent(typeid(E), static_cast<std::int64_t>(value));
  }

  static E checked(Number value) {
    if (!Values::valid(value)) [[unlikely]]
      fail_enum_received(typeid(E), static_cast<std::int64_t>(value));
    return static_cast<E>(value);
  }

  static E load(const std::byte* at) {
    Number value;
    std::memcpy(&value, at, sizeof value);
    return checked(value);
  }

  static std::byte* encode(Encoder& out, std::byte* to, const E& value) {
    Writer at(out, to);
    at.room(sizeof(Number));
    if constexpr (bits != 0) {
      check(value);
      at.put_byte(static_cast<unsigned>(value));
    } else {
      at.put(value);
    }
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, E& value) {
    Reader at(in, from);
    at.need(min_size);
    if constexpr (bits != 0) {
      const unsigned byte = at.get_byte();
      if (byte >> bits != 0) [[unlikely]]
        fail_enum_received(typeid(E), byte);  // may be more than a Number holds
      value = checked(static_cast<Number>(byte));
    } else {
      at.get(value);
    }
    return at.place();
  }
};

/// The bits that values from 0 to `largest` take.
constexpr unsigned bits_for(std::uint64_t largest) {
  unsigned bits = 1;
  while (largest >> bits != 0) ++bits;
  return bits;
}

/// Any one of the enumerators.
template <class E, E... Declared>
struct DeclaredValues {
  static constexpr std::underlying_type_t<E> numbers[] = {static_cast<std::underlying_type_t<E>>(Declared)...};
  static constexpr std::uint64_t first = static_cast<std::uint64_t>(numbers[0]);
  static constexpr std::uint64_t last = static_cast<std::uint64_t>(numbers[sizeof...(Declared) - 1]);
  static constexpr bool contiguous = last - first == sizeof...(Declared) - 1;
  static constexpr unsigned bits = first <= 255 && last <= 255 ? bits_for(last) : 0;

  static constexpr bool ascending() {
    for (std::size_t i = 1; i < sizeof...(Declared); ++i) {
      if (numbers[i - 1] >= numbers[i]) return false;
    }
    return true;
  }
  static_assert(ascending(), "enumerators are listed by value, each value once");

  static constexpr bool valid(std::underlying_type_t<E> value) {
    if constexpr (contiguous) {
      return static_cast<std::uint64_t>(value) - first <= last - first;
    } else {
      for (const auto number : numbers) {
        if (value == number) return true;
      }
      return false;
    }
  }
};

/// Any combination of the enumerators' bits.
template <class E, E... Declared>
struct DeclaredFlags {
  static constexpr std::uint64_t mask = (static_cast<std::uint64_t>(Declared) | ...);
  static constexpr unsigned bits = mask <= 255 ? bits_for(mask) : 0;

  static constexpr bool valid(std::underlying_type_t<E> value) {
    return (static_cast<std::uint64_t>(value) & ~mask) == 0;
  }
};

}  // namespace wire

/// `Declared` are the enumerators by value, each value once.
template <class E, E... Declared>
struct EnumCodec : wire::CheckedEnumCodec<E, wire::DeclaredValues<E, Declared...>> {};

/// For enums with an operator| of their own: every combination of the bits of `Declared` is a value.
template <class E, E... Declared>
struct FlagsCodec : wire::CheckedEnumCodec<E, wire::DeclaredFlags<E, Declared...>> {};

}  // namespace rpc
