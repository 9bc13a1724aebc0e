// The codec of std::bitset: its bits from the lowest on, eight to a byte. Bits that are left over in the last byte are
// written 0 and not looked at; a bitset without bits is a zero byte, since everything in a container takes at least
// one.
//
//   at.write(std::bitset<12>(0x0a5f));  // 5f 0a
#pragma once

#include <bitset>
#include <cstddef>

#include <rpc/wire/codec.h>

namespace rpc {

template <std::size_t N>
struct Codec<std::bitset<N>> {
  static constexpr std::size_t min_size = N == 0 ? 1 : (N + 7) / 8;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::bitset<N>& value) {
    Writer at(out, to);
    at.room(min_size);
    for (std::size_t first = 0; first < min_size * 8; first += 8) {
      unsigned byte = 0;
      for (std::size_t i = first; i < first + 8 && i < N; ++i) byte |= static_cast<unsigned>(value[i]) << (i - first);
      at.put_byte(byte);
    }
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::bitset<N>& value) {
    Reader at(in, from);
    at.need(min_size);
    for (std::size_t first = 0; first < min_size * 8; first += 8) {
      const unsigned byte = at.get_byte();
      for (std::size_t i = first; i < first + 8 && i < N; ++i) value[i] = (byte >> (i - first) & 1U) != 0;
    }
    return at.place();
  }
};

}  // namespace rpc
