// bitset in the tagged encoding: bytes, the lowest bits first.
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/bitset_codec.h>

namespace rpc {

template <std::size_t N>
struct Tagged<std::bitset<N>> {
  static constexpr std::size_t bytes_of_it = (N + 7) / 8;

  static std::size_t size(const void*) { return bytes_of_it; }
  static void copy(const void* object, std::byte* to) {
    const auto& bits = *static_cast<const std::bitset<N>*>(object);
    for (std::size_t i = 0; i < bytes_of_it; ++i) to[i] = std::byte{0};
    for (std::size_t i = 0; i < N; ++i) to[i / 8] |= static_cast<std::byte>(bits[i] << i % 8);
  }
  static bool assign(void* object, const std::byte* bytes, std::size_t size) {
    if (size != bytes_of_it) return false;
    auto& bits = *static_cast<std::bitset<N>*>(object);
    for (std::size_t i = 0; i < N; ++i) bits[i] = (std::to_integer<unsigned>(bytes[i / 8]) >> i % 8 & 1U) != 0;
    return true;
  }
  static constexpr tagged::Blob type{{tagged::Kind::blob}, nullptr, &size, &copy, &assign};
};

}  // namespace rpc
