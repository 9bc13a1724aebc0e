// What the frames of the handshake, of binding and of failures carry: values to bytes and back.
//
//   Buffer out;
//   put_hello(out, {.max_frame = limits.max_frame, .max_in_flight = limits.max_in_flight});
//   …
//   net::Hello hello = net::read_hello(frame);   // throws Error (malformed)
#pragma once

#include "net/datagram.h"
#include "net/frame.h"

#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/encoding.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::net {

inline constexpr std::uint32_t magic = 0x6c616346;  ///< "Fcal", so that a peer of another protocol is told apart
inline constexpr std::uint16_t protocol_version = 1;

/// Nothing of the handshake is longer: what a stranger can make us keep.
inline constexpr std::size_t max_handshake_body = 1024;

/// What each end accepts at least, so that every failure fits.
inline constexpr std::size_t least_max_frame = std::size_t{16} << 10;

/// The options of a channel or a server, whose own limit is no less.
template <class Options>
Options with_least_max_frame(Options options) {
  options.limits.max_frame = std::max(options.limits.max_frame, least_max_frame);
  return options;
}

/// The client's first frame.
struct Hello {
  std::uint16_t oldest_version = protocol_version;
  std::uint16_t newest_version = protocol_version;
  std::uint64_t max_frame = 0;  ///< the longest body the client accepts
  bool datagrams = false;       ///< it would send some
  bool leaves = false;          ///< it knows is_unbegun, and closes the connection itself after a goodbye
};

/// The server's answer to it.
struct Welcome {
  std::uint16_t version = protocol_version;
  std::uint32_t max_in_flight = 0;
  std::uint64_t max_frame = 0;  ///< the longest body the server accepts
  std::optional<DatagramOffer> datagrams{};
};

/// The client will use base + i for methods[i] of the interface.
struct Bind {
  std::uint16_t base = 0;
  std::string name;
  std::uint64_t fingerprint = 0;
  std::vector<std::string> methods;
};

/// As a peer sent it; internal if it is none that is known here.
Code checked_code(std::uint8_t code) noexcept;

/// Of a peer: throws Error (malformed) if it is less than the least.
void check_max_frame(std::uint64_t max_frame);

void put_hello(Buffer& out, const Hello& hello);
void put_welcome(Buffer& out, const Welcome& welcome);
void put_bind(Buffer& out, std::uint16_t base, const InterfaceInfo& interface);

/// Bytes of the body that put_bind() writes.
std::size_t bind_size(const InterfaceInfo& interface);
void put_bound(Buffer& out, std::uint16_t base, Encoding encoding);  // success
void put_bound(Buffer& out, std::uint16_t base, const Error& error);
void put_failure(Buffer& out, std::uint32_t call, const Error& error, std::uint8_t flags = 0);
void put_bare(Buffer& out, Kind kind, std::uint32_t call);  // cancel, goodbye
void put_heard(Buffer& out, std::uint64_t accepted);

Hello read_hello(const Frame& frame);
Welcome read_welcome(const Frame& frame);
Bind read_bind(const Frame& frame);
std::optional<Encoding> read_bound(const Frame& frame);  // nothing if it was refused
Error read_failure(const Frame& frame);
std::uint64_t read_heard(const Frame& frame);  // how many datagrams of the connection were accepted

}  // namespace rpc::net
