#include "net/datagram.h"

namespace rpc::net {

Reading read_datagram(const std::byte* bytes, std::size_t size, Datagram& datagram) noexcept {
  DatagramHeader header;
  const std::uint32_t magic = header.magic;
  if (size < sizeof magic || std::memcmp(bytes, &magic, sizeof magic) != 0) return Reading::foreign;
  if (size < sizeof header) return Reading::truncated;
  std::memcpy(&header, bytes, sizeof header);
  const bool known = header.kind == DatagramKind::call || header.kind == DatagramKind::probe;
  if (!known || (header.flags & ~known_flags(Kind::oneway)) != 0) return Reading::foreign;
  datagram.kind = header.kind;
  datagram.sequence = header.sequence;
  datagram.token = header.token;
  Frame& frame = datagram.frame;
  frame = Frame{};
  frame.header = {.kind = Kind::oneway, .flags = header.flags, .method = header.method};
  frame.body = bytes + sizeof header;
  frame.body_size = size - sizeof header;
  frame.total = size;
  const bool fits = (header.flags & has_metadata) == 0 || take_metadata(frame);
  return fits ? Reading::whole : Reading::truncated;
}

}  // namespace rpc::net
