// The frames of the wire: one header, little-endian, in front of every message. docs/protocol.md is the full text.
//
//   net::Frame frame;
//   switch (net::parse_frame(bytes, size, max_body, frame)) {
//     case net::Parse::frame: handle(frame); bytes += frame.total; break;
//     case net::Parse::more: read_at_least(frame.total); break;
//     case net::Parse::bad: close(frame.problem); break;
//   }
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace rpc::net {

static_assert(std::endian::native == std::endian::little, "frames are copied as they lie in memory");

enum class Kind : std::uint8_t {
  hello = 1,
  welcome,
  bind,
  bound,
  call,
  oneway,
  reply,
  failure,
  cancel,
  goodbye,
  heard,
};

/// In front of every frame. `size` counts the bytes after itself.
struct Header {
  std::uint32_t size = 0;
  Kind kind = Kind::hello;
  std::uint8_t flags = 0;
  std::uint16_t method = 0;  ///< calls: the method's number; bind, bound: the first number of the interface
  std::uint32_t call = 0;    ///< slot and generation, chosen by the client
};
static_assert(sizeof(Header) == 12);

/// A call's header goes on with the milliseconds it may take, 0 for any time.
inline constexpr std::size_t header_size = sizeof(Header);
inline constexpr std::size_t call_header_size = header_size + sizeof(std::uint32_t);
inline constexpr std::size_t size_field = sizeof(std::uint32_t);

inline constexpr std::uint8_t has_metadata = 1;  ///< The body begins with u32 size and that many bytes of metadata.
inline constexpr std::uint8_t is_tagged = 2;     ///< The body is in the tagged encoding.
inline constexpr std::uint8_t is_unordered = 4;  ///< Later calls need not wait until this one has begun.
inline constexpr std::uint8_t is_unbegun = 8;    ///< The call that failed was refused, and certainly did not run.
inline constexpr std::uint32_t whole_connection = 0xffffffff;  ///< As the call of a failure: the connection is refused.

/// One frame that lies in memory.
struct Frame {
  Header header;
  std::uint32_t deadline_ms = 0;
  const std::byte* metadata = nullptr;  ///< null: none
  std::uint32_t metadata_size = 0;
  const std::byte* body = nullptr;
  std::size_t body_size = 0;
  std::size_t total = 0;          ///< bytes of the whole frame, as soon as its size is known
  const char* problem = nullptr;  ///< with Parse::bad
};

enum class Parse : std::uint8_t { frame, more, bad };

/// The flags that a frame of this kind may have.
std::uint8_t known_flags(Kind kind) noexcept;

/// Takes the metadata off the front of the body. False if that is too short for it.
bool take_metadata(Frame& frame) noexcept;

/// Looks at the first frame of `size` bytes. Bodies (metadata included) longer than `max_body` are bad at once, before
/// they have arrived. Reads nothing behind `size`.
Parse parse_frame(const std::byte* bytes, std::size_t size, std::size_t max_body, Frame& frame) noexcept;

/// Writes a header for a frame of `total` bytes at `to`.
inline void put_header(std::byte* to, Kind kind, std::uint8_t flags, std::uint16_t method, std::uint32_t call,
                       std::size_t total) noexcept {
  const Header header{static_cast<std::uint32_t>(total - size_field), kind, flags, method, call};
  std::memcpy(to, &header, sizeof header);
}

}  // namespace rpc::net
