// Arrays of the language in the tagged encoding: as std::array.
//
//   &Tagged<double[3][3]>::type     // a repeated field, whose elements are messages with one
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/array_codec.h>

namespace rpc {

namespace tagged {

template <std::size_t N>
struct ByteArray {
  static Row view(const void* object) { return {object, N}; }
  static bool assign(void* object, const std::byte* bytes, std::size_t size) {
    if (size != N) return false;
    std::memcpy(object, bytes, size);
    return true;
  }
  static constexpr Blob type{{Kind::blob}, &view, nullptr, nullptr, &assign};
};

}  // namespace tagged

template <class T, std::size_t N>
struct Tagged<T[N]> : std::conditional_t<tagged::is_byte<T>, tagged::ByteArray<N>, tagged::ArrayOf<T, N>> {};

}  // namespace rpc
