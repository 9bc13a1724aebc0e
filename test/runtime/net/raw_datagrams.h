// A client of datagrams without the runtime: shakes hands on TCP, then sends whatever bytes a test wants.
//
//   RawDatagrams raw(url);
//   raw.send(raw.call(3, text_body("hi")));
//   raw.send(raw.probe());
//   EXPECT_EQ(raw.heard(), 1);
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "net/datagram.h"
#include "net/url.h"
#include "runtime/net/raw_peer.h"

/// An address as the socket functions take it.
struct Address {
  sockaddr_storage bytes{};
  socklen_t size = sizeof(sockaddr_in);

  /// "127.0.0.1" or "::1".
  Address(const std::string& host, std::uint16_t port) {
    auto& four = reinterpret_cast<sockaddr_in&>(bytes);
    auto& six = reinterpret_cast<sockaddr_in6&>(bytes);
    if (::inet_pton(AF_INET, host.c_str(), &four.sin_addr) == 1) {
      four.sin_family = AF_INET;
      four.sin_port = htons(port);
    } else {
      ::inet_pton(AF_INET6, host.c_str(), &six.sin6_addr);
      six.sin6_family = AF_INET6;
      six.sin6_port = htons(port);
      size = sizeof six;
    }
  }
  explicit Address(const std::string& url) : Address(rpc::net::parse_url(url).name, rpc::net::parse_url(url).port) {}

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&bytes); }
};

/// Bound to `own`; empty if this machine does not have such an address.
inline rpc::net::Fd bound_socket(int type, const Address& own) {
  rpc::net::Fd fd(::socket(own.bytes.ss_family, type | SOCK_CLOEXEC, 0));
  return ::bind(fd.get(), own.get(), own.size) == 0 ? std::move(fd) : rpc::net::Fd();
}

inline std::uint16_t port_of(const rpc::net::Fd& fd) {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&own), &size);
  return ntohs(own.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(own).sin6_port
                                         : reinterpret_cast<sockaddr_in&>(own).sin_port);
}

inline rpc::net::Fd connect_tcp(const std::string& url) {
  const Address to(url);
  rpc::net::Fd fd(::socket(to.bytes.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return ::connect(fd.get(), to.get(), to.size) == 0 ? std::move(fd) : rpc::net::Fd();
}

/// The argument of note(), in the exact encoding.
inline Bytes text_body(const std::string& text) {
  Bytes body{static_cast<std::uint8_t>(text.size())};
  append(body, Bytes(text.begin(), text.end()));
  return body;
}

class RawDatagrams {
 public:
  /// Binds Probe from number 0 on.
  explicit RawDatagrams(const std::string& url, bool ask = true) : stream(connect_tcp(url)), server_(url) {
    rpc::Buffer out;
    rpc::net::put_hello(out, {.max_frame = 1 << 20, .datagrams = ask});
    stream.send(bytes_of(out));
    stream.send(bind_probe());
    if (const auto received = stream.receive()) offer = welcome_of(*received).datagrams;
    stream.receive();  // bound
    if (offer) server_ = Address(rpc::net::parse_url(url).name, offer->port);
  }

  /// With the next sequence number.
  Bytes call(std::uint16_t method, const Bytes& body) {
    Bytes bytes = header({.method = method});
    append(bytes, body);
    return bytes;
  }
  Bytes probe() { return header({.kind = rpc::net::DatagramKind::probe}); }

  void send(const Bytes& bytes) { send(bytes, socket_); }
  void send(const Bytes& bytes, const rpc::net::Fd& from) {
    ::sendto(from.get(), bytes.data(), bytes.size(), 0, server_.get(), server_.size);
  }

  /// What the server says to a probe.
  std::optional<std::uint64_t> heard() {
    const auto received = stream.receive();
    if (!received || received->header.kind != rpc::net::Kind::heard) return std::nullopt;
    std::uint64_t accepted = 0;
    std::memcpy(&accepted, received->body.data(), sizeof accepted);
    return accepted;
  }

  RawPeer stream;
  std::optional<rpc::net::DatagramOffer> offer;

 private:
  static rpc::net::Welcome welcome_of(const RawPeer::Received& received) {
    rpc::net::Frame frame;
    frame.body = reinterpret_cast<const std::byte*>(received.body.data());
    frame.body_size = received.body.size();
    return rpc::net::read_welcome(frame);
  }

  Bytes header(rpc::net::DatagramHeader header) {
    header.sequence = ++sequence_;
    header.token = offer->token;
    Bytes bytes(sizeof header);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
  }

  Address server_;
  rpc::net::Fd socket_{
      bound_socket(SOCK_DGRAM, server_.bytes.ss_family == AF_INET6 ? Address("::", 0) : Address("0.0.0.0", 0))};
  std::uint64_t sequence_ = 0;
};
