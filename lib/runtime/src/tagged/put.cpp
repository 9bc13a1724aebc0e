#include "tagged/put.h"

namespace rpc::tagged {

std::byte* put_long_length(Encoder& out, std::byte* at, Encoder::Mark start, unsigned& width) {
  const std::size_t size = out.mark(at) - start;
  const unsigned needed = varint_size(size);
  if (needed != width) {
    at = out.room(at, max_varint);
    std::memmove(at - size - width + needed, at - size, size);
    at = at - width + needed;
    width = needed;
  }
  put_varint(at - size - width, size);
  return at;
}

}  // namespace rpc::tagged
