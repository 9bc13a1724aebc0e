#include <rpc/wire/writer.h>

#include <bit>

#include "wire/copy.h"

namespace rpc {

static_assert(max_length_size <= 1 + wire::short_text,
              "bound() has room for a length and for a short text in one copy");
static_assert(std::endian::native == std::endian::little,
              "the encoding is little-endian, and values are copied as they are");

namespace {

// Rooms are upper bounds; how far they may exceed what is then written.
constexpr std::size_t slack = 4096;

}  // namespace

std::byte* Encoder::grow(std::byte* place, std::size_t size) {
  const std::size_t before = written(place);
  const std::size_t limit = max_frame_;
  if (before > limit || size > limit + slack) wire::fail_too_large(before + size, limit);
  const Mark old = mark(place);
  buffer_.reserve(buffer_.size() + before + size);
  limit_ = buffer_.limit_;
  place = buffer_.end_ + before;
  moved_ += mark(place) - old;
  return place;
}

void Encoder::forget() noexcept {
  nesting_ = {};
  shared_.reset();
  remembers_ = false;
}

namespace wire {

namespace {

template <class T>
std::byte* put_marked(std::byte* at, unsigned marker, T value) {
  *at++ = static_cast<std::byte>(marker);
  std::memcpy(at, &value, sizeof value);
  return at + sizeof value;
}

// Not the usual case, and apart from it: there no register has to be saved.
[[gnu::noinline]] std::byte* write_long_block(Encoder& out, std::byte* to, const void* elements, std::size_t count,
                                              std::size_t size) {
  Writer at(out, start_block(out, to, count, size));
  at.put_bytes(elements, size);
  return at.place();
}

}  // namespace

std::byte* start_block(Encoder& out, std::byte* to, std::size_t count, std::size_t size) {
  Writer at(out, to);
  at.room(max_length_size + block_alignment + size);
  at.put_length(count);
  if (size >= large_block) {
    for (std::size_t left = block_padding(out.offset(at.place())); left != 0; --left) at.put_byte(0);
  }
  return at.place();
}

std::byte* put_long_length(std::byte* at, std::size_t length) {
  if (length <= 3311) {
    const std::size_t rest = length - 240;
    at[0] = static_cast<std::byte>(240 + rest / 256);
    at[1] = static_cast<std::byte>(rest % 256);
    return at + 2;
  }
  if (length <= 0xffff) return put_marked(at, 252, static_cast<std::uint16_t>(length));
  if (length <= 0xff'ffff) {
    const auto marked = static_cast<std::uint32_t>(length << 8 | 253);
    std::memcpy(at, &marked, sizeof marked);
    return at + sizeof marked;
  }
  if (length <= 0xffff'ffff) return put_marked(at, 254, static_cast<std::uint32_t>(length));
  return put_marked(at, 255, static_cast<std::uint64_t>(length));
}

std::byte* put_long_text(std::byte* at, const char* text, std::size_t size) {
  at = put_length(at, size);
  if (size <= short_copy) {
    copy_up_to_32(at, text, size);
  } else {
    std::memcpy(at, text, size);
  }
  return at + size;
}

std::byte* write_block(Encoder& out, std::byte* to, const void* elements, std::size_t count, std::size_t size) {
  if (size > short_copy || !out.has_room(to, 1 + short_copy)) return write_long_block(out, to, elements, count, size);
  *to = static_cast<std::byte>(count);
  copy_up_to_32(to + 1, elements, size);
  return to + 1 + size;
}

}  // namespace wire
}  // namespace rpc
