// The other end of a connection without the runtime: sends whatever bytes a test wants, reads what comes.
//
//   RawPeer peer = RawPeer::connect(folder.socket());
//   peer.send(hello());
//   EXPECT_TRUE(peer.closed());
#pragma once

#include <rpc/interface.h>
#include <rpc/wire/buffer.h>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "net/frame.h"
#include "net/messages.h"
#include "net/socket.h"
#include "runtime/net/running.h"

using Bytes = std::vector<std::uint8_t>;

inline Bytes bytes_of(const rpc::Buffer& buffer) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(buffer.data());
  return {data, data + buffer.size()};
}

inline void append(Bytes& to, const Bytes& more) {
  for (const std::uint8_t byte : more) to.push_back(byte);  // g++ 12 warns of an overflow in insert() that is not there
}

class RawPeer {
 public:
  /// How bytes go to the socket and come from it: as they are, or encrypted.
  struct Way {
    std::function<ssize_t(int fd, const void* from, std::size_t size)> send =
        [](int fd, const void* from, std::size_t size) { return ::send(fd, from, size, MSG_NOSIGNAL); };
    std::function<ssize_t(int fd, void* to, std::size_t size)> receive = [](int fd, void* to, std::size_t size) {
      return ::recv(fd, to, size, 0);
    };
  };

  explicit RawPeer(rpc::net::Fd fd) : RawPeer(std::move(fd), Way()) {}
  RawPeer(rpc::net::Fd fd, Way way) : fd_(std::move(fd)), way_(std::move(way)) {}

  static RawPeer connect(const std::string& path) {
    rpc::net::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_un address = address_of(path);
    const bool connected = ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    return RawPeer(connected ? std::move(fd) : rpc::net::Fd());
  }

  /// Takes one connection at a time.
  static rpc::net::Fd listen(const std::string& path) {
    rpc::net::Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const sockaddr_un address = address_of(path);
    ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(fd.get(), 16);
    return fd;
  }
  static RawPeer accept(const rpc::net::Fd& listener) {
    pollfd poll{listener.get(), POLLIN, 0};
    ::poll(&poll, 1, static_cast<int>(std::chrono::milliseconds(patience).count()));
    return RawPeer(rpc::net::Fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC)));
  }

  /// False if the other end is gone.
  bool send(const Bytes& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t more = way_.send(fd_.get(), bytes.data() + sent, bytes.size() - sent);
      if (more <= 0) return false;
      sent += static_cast<std::size_t>(more);
    }
    return true;
  }

  /// The next frame's kind and body; nothing if the connection ended first.
  struct Received {
    rpc::net::Header header;
    Bytes body;
  };
  std::optional<Received> receive() {
    for (;;) {
      rpc::net::Frame frame;
      const auto* data = reinterpret_cast<const std::byte*>(pending_.data());
      if (rpc::net::parse_frame(data, pending_.size(), SIZE_MAX / 2, frame) == rpc::net::Parse::frame) {
        const auto* body = reinterpret_cast<const std::uint8_t*>(frame.body);
        Received received{frame.header, Bytes(body, body + frame.body_size)};
        pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(frame.total));
        return received;
      }
      if (!read_more()) return std::nullopt;
    }
  }

  /// Whether the next frame is a failure of the whole connection with this code, and the connection closed then.
  bool refused_with(rpc::Code code) {
    const std::optional<Received> refused = receive();
    return refused && refused->header.kind == rpc::net::Kind::failure &&
           refused->header.call == rpc::net::whole_connection && !refused->body.empty() &&
           refused->body[0] == static_cast<std::uint8_t>(code) && closed();
  }

  /// Whether the other end closes the connection within patience.
  bool closed() {
    while (read_more()) {}
    return ended_;
  }

  /// Whether receive() has something without waiting for the other end, if only a part.
  bool has_some() const {
    pollfd poll{fd_.get(), POLLIN, 0};
    return !pending_.empty() || ::poll(&poll, 1, 0) == 1;
  }

  void shut() { fd_.reset(); }
  int fd() const { return fd_.get(); }
  explicit operator bool() const { return static_cast<bool>(fd_); }

 private:
  static sockaddr_un address_of(const std::string& path) {
    sockaddr_un address{.sun_family = AF_UNIX};
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    return address;
  }

  bool read_more() {
    pollfd poll{fd_.get(), POLLIN, 0};
    if (::poll(&poll, 1, static_cast<int>(std::chrono::milliseconds(patience).count())) != 1) return false;
    std::uint8_t buffer[16384];  // no less than a record of TLS, so that none is left behind the socket
    const ssize_t got = way_.receive(fd_.get(), buffer, sizeof buffer);
    ended_ = got <= 0;
    if (got > 0) pending_.insert(pending_.end(), buffer, buffer + got);
    return got > 0;
  }

  rpc::net::Fd fd_;
  Way way_;
  Bytes pending_;
  bool ended_ = false;
};

inline Bytes hello(std::uint64_t max_frame = 1 << 20) {
  rpc::Buffer out;
  rpc::net::put_hello(out, {.max_frame = max_frame});
  return bytes_of(out);
}

inline Bytes welcome(std::uint32_t max_in_flight = 16, std::uint64_t max_frame = 1 << 20) {
  rpc::Buffer out;
  rpc::net::put_welcome(out, {.max_in_flight = max_in_flight, .max_frame = max_frame});
  return bytes_of(out);
}

inline Bytes bind_probe(std::uint16_t base = 0) {
  rpc::Buffer out;
  rpc::net::put_bind(out, base, rpc::Interface<Probe>::info());
  return bytes_of(out);
}

/// A call of add(a, b), or anything with `body`.
inline Bytes call_frame(std::uint32_t id, std::uint16_t method, const Bytes& body, std::uint32_t deadline_ms = 0) {
  Bytes frame(rpc::net::call_header_size);
  rpc::net::put_header(reinterpret_cast<std::byte*>(frame.data()), rpc::net::Kind::call, 0, method, id,
                       frame.size() + body.size());
  std::memcpy(frame.data() + rpc::net::header_size, &deadline_ms, sizeof deadline_ms);
  append(frame, body);
  return frame;
}

inline Bytes plain_frame(rpc::net::Kind kind, std::uint32_t id, const Bytes& body) {
  Bytes frame(rpc::net::header_size);
  rpc::net::put_header(reinterpret_cast<std::byte*>(frame.data()), kind, 0, 0, id, frame.size() + body.size());
  append(frame, body);
  return frame;
}
