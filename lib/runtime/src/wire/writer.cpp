#include <rpc/wire/writer.h>

#include <bit>

namespace rpc {

static_assert(std::endian::native == std::endian::little, "the encoding is little-endian, and values are copied as they are");

namespace {

// Rooms are upper bounds; how far they may exceed what is then written.
constexpr std::size_t slack = 4096;

}  // namespace

Writer Encoder::grow(Writer at, std::size_t size) {
  Encoder& out = *at.out;
  const std::size_t written = out.offset(at);
  const std::size_t limit = out.limits_.max_frame;
  if (written > limit || size > limit + slack) wire::fail_too_large(written + size, limit);
  out.buffer_.reserve(out.start_ + written + size);
  out.end_ = out.buffer_.data() + out.buffer_.capacity();
  return {out.buffer_.data() + out.start_ + written, &out};
}

void Encoder::commit(Writer at) {
  const std::size_t written = offset(at);
  if (written > limits_.max_frame) wire::fail_too_large(written, limits_.max_frame);
  buffer_.resize(start_ + written);
}

namespace wire {

namespace {

template <class T>
std::byte* put_marked(std::byte* at, unsigned marker, T value) {
  *at++ = static_cast<std::byte>(marker);
  std::memcpy(at, &value, sizeof value);
  return at + sizeof value;
}

}  // namespace

std::byte* put_long_length(std::byte* at, std::size_t length) {
  if (length <= 3311) {
    const std::size_t rest = length - 240;
    at[0] = static_cast<std::byte>(240 + rest / 256);
    at[1] = static_cast<std::byte>(rest % 256);
    return at + 2;
  }
  if (length <= 0xffff) return put_marked(at, 252, static_cast<std::uint16_t>(length));
  if (length <= 0xffff'ffff) return put_marked(at, 253, static_cast<std::uint32_t>(length));
  return put_marked(at, 254, static_cast<std::uint64_t>(length));
}

Writer write_large_block(Writer at, const void* elements, std::size_t count, std::size_t size) {
  at.room(max_length_size + block_alignment + size);
  at.put_length(count);
  while (at.out->offset(at) % block_alignment != 0) *at.at++ = std::byte{0};
  std::memcpy(at.at, elements, size);
  at.at += size;
  return at;
}

}  // namespace wire
}  // namespace rpc
