// The first bytes of a record: its bools, which of its optionals have a value, and its small enums.
//
//   rpc::Bits bits;
//   bits.set(0, value.active);
//   bits.set(1, value.limit.has_value());
//   bits.set(2, value.kind);
#pragma once

#include <cstdint>

#include <rpc/wire/codec_of.h>

namespace rpc {

/// One byte of them. `index` is the number of the lowest bit, from 0.
struct Bits {
  unsigned value = 0;

  void set(unsigned index, bool flag) { value |= static_cast<unsigned>(flag) << index; }

  /// Throws Error (marshalling) when the enum has no such value.
  template <class E>
  void set(unsigned index, E enumerator) {
    Codec<E>::check(enumerator);
    value |= static_cast<unsigned>(enumerator) << index;
  }

  /// An unsigned number that takes few bits.
  void set_number(unsigned index, std::uint64_t number) { value |= static_cast<unsigned>(number) << index; }

  bool has(unsigned index) const { return (value >> index & 1U) != 0; }

  void get(unsigned index, bool& flag) const { flag = has(index); }

  unsigned number(unsigned index, unsigned width) const { return value >> index & ((1U << width) - 1); }

  /// Throws Error (malformed) when the enum has no such value.
  template <class E>
  E take(unsigned index) const {
    return Codec<E>::checked(number(index, Codec<E>::bits));
  }

  template <class E>
  void get(unsigned index, E& enumerator) const {
    enumerator = take<E>(index);
  }
};

}  // namespace rpc
