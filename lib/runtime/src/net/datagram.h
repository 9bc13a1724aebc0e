// The datagrams of the wire: one maybe call each, or a probe, by which a client finds out whether its datagrams arrive.
// docs/protocol.md is the full text.
//
//   Datagram datagram;
//   switch (read_datagram(bytes, size, datagram)) {
//     case Reading::whole: serve(datagram.frame); break;
//     …
//   }
#pragma once

#include "net/frame.h"

#include <rpc/limits.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace rpc::net {

/// Random bytes by which a server knows the datagrams of a connection. Only its client is told.
using Token = std::array<std::byte, 16>;

/// What a server says of its datagrams in welcome.
struct DatagramOffer {
  std::uint16_t port = 0;      ///< of the server, at the address of the connection
  std::uint16_t max_size = 0;  ///< of a datagram, its header included
  Token token{};

  bool operator==(const DatagramOffer&) const = default;
};

enum class DatagramKind : std::uint8_t { call = 1, probe };

/// In front of every datagram.
struct DatagramHeader {
  std::uint32_t magic = 0x01646346;  ///< "Fcd" and the version, 1
  DatagramKind kind = DatagramKind::call;
  std::uint8_t flags = 0;      ///< as in a frame
  std::uint16_t method = 0;    ///< the method's number on the connection
  std::uint64_t sequence = 0;  ///< counts the datagrams of the connection
  Token token{};
};
static_assert(sizeof(DatagramHeader) == 32);

/// What IPv4 lets a datagram have.
inline constexpr std::size_t most_datagram = 65'507;

/// The longest datagram that an end with these limits takes part in; 0: none.
inline std::uint16_t max_datagram(const Limits& limits) noexcept {
  const std::size_t size = std::min({limits.max_datagram, limits.max_frame, most_datagram});
  return size < sizeof(DatagramHeader) ? std::uint16_t{0} : static_cast<std::uint16_t>(size);
}

/// One datagram that lies in memory. A call is like a oneway frame.
struct Datagram {
  DatagramKind kind = DatagramKind::call;
  std::uint64_t sequence = 0;
  Token token{};
  Frame frame;
};

enum class Reading : std::uint8_t {
  whole,
  foreign,    ///< of another protocol or version
  truncated,  ///< bytes are missing
};

/// Reads nothing behind `size`.
Reading read_datagram(const std::byte* bytes, std::size_t size, Datagram& datagram) noexcept;

}  // namespace rpc::net
