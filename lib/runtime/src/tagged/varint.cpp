#include "tagged/varint.h"

#include <cstring>

namespace rpc::tagged {
namespace {

constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;

/// The lower bits of eight bytes, one behind the other; the high bits do not matter. Pairs, fours, eights move
/// together.
constexpr std::uint64_t gather(std::uint64_t bytes) {
  bytes = (bytes & 0x7f00'7f00'7f00'7f00) >> 1 | (bytes & 0x007f'007f'007f'007f);
  bytes = (bytes & 0x3fff'0000'3fff'0000) >> 2 | (bytes & 0x0000'3fff'0000'3fff);
  return (bytes & 0x0fff'ffff'0000'0000) >> 4 | (bytes & 0x0000'0000'0fff'ffff);
}

static_assert(gather(0xffff'ffff'ffff'ffff) == (1ULL << 56) - 1 && gather(0x02ac) == 300);

Varint get_bytewise(const std::byte* at, const std::byte* end) {
  std::uint64_t bits = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (at == end) return {nullptr, 0};
    const std::uint64_t byte = std::to_integer<std::uint64_t>(*at++);
    if (shift == 63 && byte > 1) return {nullptr, 0};
    bits |= (byte & 0x7f) << shift;
    if (byte < 0x80) return {at, bits};
  }
  return {nullptr, 0};
}

}  // namespace

// Up to eight bytes, which have 56 bits of value, are read at once.
Varint get_long_varint(const std::byte* at, const std::byte* end) {
  std::uint64_t bytes = 0;
  if (end - at < static_cast<std::ptrdiff_t>(sizeof bytes)) return get_bytewise(at, end);
  std::memcpy(&bytes, at, sizeof bytes);
  const std::uint64_t stops = ~bytes & high_bits;
  if (stops == 0) return get_bytewise(at, end);
  return {at + std::countr_zero(stops) / 8 + 1, gather(bytes & (stops ^ (stops - 1)))};
}

}  // namespace rpc::tagged
