// How much a peer may ask for before it is refused. Every refusal names the limit it met.
//
//   rpc::Limits limits{.max_frame = 64 << 20};
#pragma once

#include <rpc/duration.h>

#include <cstddef>
#include <cstdint>

namespace rpc {

struct Limits {
  /// Bytes of one message, sent or received. At least 16 KiB: less is taken for that.
  std::size_t max_frame = std::size_t{16} << 20;

  /// Bytes of one datagram, in which a maybe call travels on tcp:// connections if it fits and both ends allow it. 0:
  /// no datagrams. 65507 at most, and no more than max_frame.
  std::size_t max_datagram = 1'200;

  /// Records of recursive types inside each other in one message.
  std::uint32_t max_nesting = 64;

  /// Connections a server holds at a time.
  std::uint32_t max_connections = 10'000;

  /// Calls on one connection that have no reply yet.
  std::uint32_t max_in_flight = 4'096;

  /// Bytes that wait to be sent on one connection.
  std::size_t max_send_buffer = std::size_t{64} << 20;

  /// From the connection to the end of the handshake.
  std::chrono::milliseconds handshake_timeout{10'000};

  /// How long a peer may pause in the middle of a message.
  std::chrono::milliseconds stall_timeout{30'000};
};

}  // namespace rpc
