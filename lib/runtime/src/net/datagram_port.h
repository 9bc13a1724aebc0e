// A server's UDP socket beside a listening TCP socket: knows the connections that may send datagrams, and has each
// served by the connection whose token it carries.
//
//   internal::Ref<DatagramPort> port = DatagramPort::open(listener.fd(), limits, counts);
//   std::optional<DatagramOffer> offer = port->admit(connection, fd);    // goes into welcome
//   …
//   port->remove(offer->token);
//
// It is read by the leader of a loop, which is seldom the connection's: so the connection sees a datagram as one of the
// threads that are not its reader.
#pragma once

#include "net/chunk.h"
#include "net/counts.h"
#include "net/datagram.h"
#include "net/event_source.h"
#include "net/loop.h"
#include "net/mutex.h"
#include "net/replay_window.h"
#include "net/socket.h"
#include "net/timers.h"

#include <rpc/ref.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>

namespace rpc::net {

class ServerConnection;

class DatagramPort final : public EventSource {
 public:
  /// At the address of the listening TCP socket, and at its port if that is free. Null, and a line in the log, if there
  /// can be none.
  static internal::Ref<DatagramPort> open(int listener, const Limits& limits, std::shared_ptr<ServerCounts> counts);

  /// Lets the connection's peer send datagrams, from its address and any port. Nothing if that is not to be had.
  /// remove() must follow.
  std::optional<DatagramOffer> admit(ServerConnection& connection, int fd);
  void remove(const Token& token) noexcept;

  /// What the system dropped is added to the counts. Nothing is received any more; datagrams that were are still
  /// served.
  void close() noexcept;

  /// What the system dropped so far, if the port is open.
  std::uint64_t overrun() const noexcept;

  // EventSource.
  bool on_events(std::uint32_t events) noexcept override;
  bool resume() noexcept override;
  void taken_over() noexcept override;
  void retain() noexcept override { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept override {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

 private:
  static constexpr std::size_t most_at_once = 32;

  /// One connection. Its peer's IPv4 address is written as in IPv6.
  struct Session {
    Token token;
    in6_addr peer;
    ServerConnection* connection;  // counted
    std::uint64_t accepted = 0;
    ReplayWindow seen{};
  };

  /// A datagram that was accepted, with a count of its connection.
  struct Accepted {
    ServerConnection* connection;
    std::uint64_t calls;  ///< that the connection has sent as datagrams
  };

  DatagramPort(Fd fd, std::uint16_t port, std::uint16_t max_size, std::shared_ptr<ServerCounts> counts);
  ~DatagramPort() = default;

  bool serve_batches() noexcept;
  bool receive() noexcept;
  bool make_room() noexcept;
  bool serve(std::size_t index) noexcept;
  std::optional<Accepted> accept(const Datagram& datagram, const sockaddr_storage& from) noexcept;

  Loop& loop_;
  const std::uint16_t port_;
  const std::uint16_t max_size_;
  const std::size_t room_;   // for one datagram
  const std::size_t slots_;  // of that size
  const std::shared_ptr<ServerCounts> counts_;
  std::atomic<std::uint32_t> count_{1};  // the loop's

  // The leader's.
  ChunkRef chunk_;
  std::array<mmsghdr, most_at_once> messages_{};
  std::array<iovec, most_at_once> places_{};
  std::array<sockaddr_storage, most_at_once> senders_{};
  std::size_t received_ = 0;
  Time read_at_;          // when they were received
  std::size_t next_ = 0;  // of received_
  unsigned batches_ = 0;  // since the last event

  mutable Mutex mutex_;  // for what follows; before a connection's lock
  Fd fd_;
  std::unordered_map<std::uint64_t, Session> sessions_;  // by the beginning of their tokens
};

inline void retain(DatagramPort* port) noexcept { port->retain(); }
inline void release(DatagramPort* port) noexcept { port->release(); }

}  // namespace rpc::net
