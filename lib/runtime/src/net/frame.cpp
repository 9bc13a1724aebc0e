#include "net/frame.h"

namespace rpc::net {

namespace {

Parse bad(Frame& frame, const char* problem) {
  frame.problem = problem;
  return Parse::bad;
}

bool known(Kind kind) { return kind >= Kind::hello && kind <= Kind::heard; }

}  // namespace

std::uint8_t known_flags(Kind kind) noexcept {
  if (kind == Kind::call || kind == Kind::oneway) return has_metadata | is_tagged | is_unordered;
  if (kind == Kind::failure) return is_unbegun;
  return kind == Kind::reply ? is_tagged : 0;
}

bool take_metadata(Frame& frame) noexcept {
  if (frame.body_size < sizeof frame.metadata_size) return false;
  std::memcpy(&frame.metadata_size, frame.body, sizeof frame.metadata_size);
  frame.body += sizeof frame.metadata_size;
  frame.body_size -= sizeof frame.metadata_size;
  if (frame.body_size < frame.metadata_size) return false;
  frame.metadata = frame.body;
  frame.body += frame.metadata_size;
  frame.body_size -= frame.metadata_size;
  return true;
}

Parse parse_frame(const std::byte* bytes, std::size_t size, std::size_t max_body, Frame& frame) noexcept {
  frame = Frame{};
  if (size < header_size) return frame.total = header_size, Parse::more;
  std::memcpy(&frame.header, bytes, header_size);
  const Header& header = frame.header;
  if (!known(header.kind)) return bad(frame, "a frame of unknown kind");
  const std::size_t head = header.kind == Kind::call ? call_header_size : header_size;
  frame.total = size_field + header.size;
  if (frame.total < head) return bad(frame, "a frame that is shorter than its header");
  if (frame.total - head > max_body) return bad(frame, "a message longer than Limits::max_frame");
  if ((header.flags & ~known_flags(header.kind)) != 0) return bad(frame, "a frame with unknown flags");
  if (size < frame.total) return Parse::more;
  if (header.kind == Kind::call) std::memcpy(&frame.deadline_ms, bytes + header_size, sizeof frame.deadline_ms);
  frame.body = bytes + head;
  frame.body_size = frame.total - head;
  if ((header.flags & has_metadata) != 0 && !take_metadata(frame)) return bad(frame, "metadata longer than its frame");
  return Parse::frame;
}

}  // namespace rpc::net
