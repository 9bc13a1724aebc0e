#include "tagged/output.h"

#include "tagged/put.h"

namespace rpc::tagged {

std::byte* Output::grow(std::byte* at, std::size_t size) {
  Writer writer(encoder_, at);
  writer.room(size);
  return adopt(writer.place());
}

std::byte* put_long_length(Output& out, std::byte* at, std::size_t start, unsigned& width) {
  std::size_t size = out.offset(at) - start;
  std::size_t place = start - width;
  const unsigned needed = varint_size(size);
  if (needed != width) {
    at = out.room(at, max_varint);
    std::memmove(out.place(place + needed), out.place(start), size);
    at = at - width + needed;
    width = needed;
  }
  put_varint(out.place(place), size);
  return at;
}

}  // namespace rpc::tagged
