// A client's UDP socket for the maybe calls of one connection: sends them, and finds out whether they arrive.
//
//   std::shared_ptr<DatagramSender> sender = DatagramSender::open(stream_fd, offer, limits);
//   if (sender->ready(now, counts) && sender->takes(body_size)) {
//     const DatagramHeader header = sender->next_call(flags, method);
//     lock.unlock();
//     sender->send(header, body, body_size);
//   }
//
// Until the server has answered a probe, and when it no longer does, calls travel as frames of the connection: it would
// be too bad if none arrived behind a firewall that has no use for UDP.
#pragma once

#include "net/counts.h"
#include "net/datagram.h"
#include "net/probe_habit.h"
#include "net/socket.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace rpc::net {

/// Used under the channel's lock, but for send().
class DatagramSender {
 public:
  /// To the address that the connection `stream` leads to, from the same address of this machine. Null if there can be
  /// no socket, or if `offer` and `limits` leave no room for a call.
  static std::shared_ptr<DatagramSender> open(int stream, const DatagramOffer& offer, const Limits& limits) noexcept;

  DatagramSender(Fd fd, const Token& token, std::size_t max_size) noexcept
      : fd_(std::move(fd)), token_(token), max_size_(max_size) {}

  /// A call is made: whether it may be a datagram. Sends a probe if it is time for one.
  bool ready(Time now, ChannelCounts& counts) noexcept;

  /// Whether a body, metadata included, fits.
  bool takes(std::size_t body_size) const noexcept { return body_size <= max_size_ - sizeof(DatagramHeader); }

  DatagramHeader next_call(std::uint8_t flags, std::uint16_t method) noexcept {
    return {.flags = flags, .method = method, .sequence = ++sequence_, .token = token_};
  }

  /// The counter of what became of a call.
  using Fate = std::uint64_t ChannelCounters::*;

  /// Without the lock. Never waits: where the datagram cannot go at once it is dropped.
  Fate send(const DatagramHeader& header, const std::byte* body, std::size_t size) noexcept;

  /// The server answered a probe; `accepted` counts the calls that reached it.
  void heard(std::uint64_t accepted, Time now, ChannelCounts& counts) noexcept;

 private:
  const Fd fd_;
  const Token token_;
  const std::size_t max_size_;
  std::uint64_t sequence_ = 0;
  std::uint64_t heard_ = 0;
  ProbeHabit habit_;
  std::atomic<bool> refused_{false};  // by the system, since the last look
};

}  // namespace rpc::net
