#include "tagged/varint.h"

namespace rpc::tagged {

const std::byte* get_long_varint(const std::byte* at, const std::byte* end, std::uint64_t& value) {
  std::uint64_t bits = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (at == end) return nullptr;
    const std::uint64_t byte = std::to_integer<std::uint64_t>(*at++);
    if (shift == 63 && byte > 1) return nullptr;
    bits |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      value = bits;
      return at;
    }
  }
  return nullptr;
}

}  // namespace rpc::tagged
