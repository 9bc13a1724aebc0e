// How one record travels, in the exact encoding: its bits, its fixed-width run, its variable part (docs/protocol.md).
// A record is a struct's fields, a method's arguments or a method's reply.
//
//   // struct Reading { bool indoor; double celsius; std::string sensor; }
//   Layout{.bits = {{"value.indoor", …}}, .bit_bytes = 1, .fixed = {{"value.celsius"}}, .fixed_size = 8,
//          .variable = {{{"value.sensor"}}}, .min_size = 10}
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/contract.h"

namespace farcall {

/// One field as generated code reaches it: `value.celsius`, `value.home::Stamped::at`, or a parameter's name.
struct Item {
  std::string access;
  Type type;
  std::uint32_t bit_field = 0;  ///< its width in bits; 0: it is none
  bool operator==(const Item&) const = default;
};

enum class BitKind : std::uint8_t { boolean, presence, not_null, small_enum, number };

/// A field that takes a few bits: a bool, whether an optional has a value or a unique_ptr an object, an enum with
/// small values, or an unsigned bit-field of up to 8 bits.
struct BitItem {
  BitKind kind;
  std::string access;
  std::uint32_t byte;           ///< index among the record's bit bytes
  std::uint32_t shift;          ///< of its lowest bit
  std::uint32_t width;          ///< in bits
  std::string type;             ///< for a small enum
  std::uint32_t bit_field = 0;  ///< as in Item
  bool operator==(const BitItem&) const = default;
};

/// How much room a value needs, as far as that can be said before it is written.
enum class Room : std::uint8_t {
  own,    ///< its codec finds out
  text,   ///< a little more than its length
  fixed,  ///< the same for every value
};

/// A value in the variable section. With `optional`, `item` has the type of the value inside.
struct VariableItem {
  Item item;
  bool optional = false;
  Room room = Room::own;
  std::uint64_t width = 0;  ///< bytes, for Room::fixed
  bool operator==(const VariableItem&) const = default;
};

struct Layout {
  std::vector<BitItem> bits;
  std::uint32_t bit_bytes = 0;
  std::vector<Item> fixed;
  std::uint64_t fixed_size = 0;
  std::vector<VariableItem> variable;
  std::uint64_t min_size = 0;  ///< bytes no encoding of it can do without; at least 1 for a struct

  /// Whether every encoding of it has just min_size bytes. A record within may still have a fixed size: nobody looks.
  [[nodiscard]] bool is_fixed() const { return variable.empty(); }
  [[nodiscard]] bool empty() const { return bits.empty() && fixed.empty() && variable.empty(); }
  bool operator==(const Layout&) const = default;
};

/// Bytes of one value of a type with a fixed width (scalar but bool, duration, time point, large enum, flat record,
/// array, or std::span of fixed extent, of any of these but enums); 0 for every other type.
std::uint64_t fixed_width(const Contract& contract, const Type& type);

/// Elements of a span of fixed extent, which is as fixed as an array; 0 for every other type.
std::uint64_t span_extent(const Type& type);

/// Bytes no value of this type can do without when it stands as an element.
std::uint64_t min_size(const Contract& contract, const Type& type);

/// Bits for any value of the enum, or 0 when its values do not all lie in 0..255.
std::uint32_t small_width(const Enum& definition);

Layout lay_out(const Contract& contract, const std::vector<Item>& items);

}  // namespace farcall
