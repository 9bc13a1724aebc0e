// Varints: groups of seven bits a byte, lowest first; the last byte has its highest bit clear.
//
//   at = put_varint(at, zigzag(value));            // at most max_varint bytes
//   const Varint size = get_varint(at, end);       // size.end is null: not there, or longer than 64 bits
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rpc::tagged {

inline constexpr std::size_t max_varint = 10;

/// 0, -1, 1, -2… as 0, 1, 2, 3…
constexpr std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int64_t unzigzag(std::uint64_t bits) { return static_cast<std::int64_t>(bits >> 1 ^ (0 - (bits & 1))); }

constexpr unsigned varint_size(std::uint64_t value) {
  return (static_cast<unsigned>(std::bit_width(value | 1)) * 9 + 64) / 64;
}

/// The lowest two groups of a varint as two bytes, with some of the bytes' highest bits set.
inline std::byte* put_groups(std::byte* at, std::uint64_t value, unsigned more) {
  const auto bytes = static_cast<std::uint16_t>((value & 0x7f) | (value << 1 & 0x7f00) | more);
  std::memcpy(at, &bytes, sizeof bytes);
  return at + sizeof bytes;
}

/// One of more than one byte.
inline std::byte* put_long_varint(std::byte* at, std::uint64_t value) {
  for (; value >= 0x4000; value >>= 14) at = put_groups(at, value, 0x8080);
  if (value >= 0x80) return put_groups(at, value, 0x80);
  *at = static_cast<std::byte>(value);
  return at + 1;
}

inline std::byte* put_varint(std::byte* at, std::uint64_t value) {
  if (value >= 0x80) return put_long_varint(at, value);
  *at = static_cast<std::byte>(value);
  return at + 1;
}

struct Varint {
  const std::byte* end;
  std::uint64_t value;
};

/// One of more than one byte.
Varint get_long_varint(const std::byte* at, const std::byte* end);

inline Varint get_varint(const std::byte* at, const std::byte* end) {
  if (at != end && std::to_integer<unsigned>(*at) < 0x80) [[likely]]
    return {at + 1, std::to_integer<std::uint64_t>(*at)};
  return get_long_varint(at, end);
}

}  // namespace rpc::tagged
