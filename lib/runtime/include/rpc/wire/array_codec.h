// The codecs of arrays of the language. They travel as a std::array does.
//
//   struct Matrix { double cells[3][3]; };
//   at.put(value.cells);
#pragma once

#include <cstddef>

#include <rpc/wire/codec.h>

namespace rpc {

/// Elements that are checked or of varying size.
template <class T, std::size_t N>
struct Codec<T[N]> {
  static constexpr std::size_t min_size = N * Codec<T>::min_size;

  static std::byte* encode(Encoder& out, std::byte* to, const T (&value)[N]) {
    Writer at(out, to);
    for (const T& element : value) at.write(element);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, T (&value)[N]) {
    Reader at(in, from);
    for (T& element : value) at.read(element);
    return at.place();
  }
};

template <Fixed T, std::size_t N>
struct Codec<T[N]> : FixedCodec<T[N]> {};

}  // namespace rpc
