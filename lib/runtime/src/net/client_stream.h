// The client's end of one connection, from connect to disconnect; a channel has one at a time. All that outlives it is
// in ChannelCore, whose lock it uses.
#pragma once

#include "net/connection.h"
#include "net/datagram_sender.h"
#include "net/spin.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>

namespace rpc::net {

class ChannelCore;

/// Who reads a stream. Only the reader touches what arrives; the role changes under the channel's lock.
enum class Reader : std::uint8_t {
  none,    ///< nobody: no reply is awaited, or those who await one look by themselves
  armed,   ///< the loop's leader will, when something arrives
  loop,    ///< the loop's leader
  caller,  ///< a thread that waits for a reply
};

class ClientStream final : public Connection {
 public:
  ClientStream(Link link, Loop& loop, ChannelCore& core);

  void taken_over() noexcept override { Connection::taken_over(); }
  Time on_time(Time) noexcept override { return never; }  // the channel keeps the time

 private:
  friend class ChannelCore;

  void destroy() noexcept override;
  bool take_reading() noexcept override;
  bool on_writable() noexcept override;
  Next handle(const Frame& frame) override;
  void end_batch(Next how) noexcept override;
  void on_broken(const Error& reason) noexcept override;
  void expect_end() noexcept override;

  Next greeted(const Frame& frame);
  Next bound(const Frame& frame);
  Next answered(const Frame& frame);
  Next failed(const Frame& frame);
  Next heard(const Frame& frame);
  Next finish_frames() override;
  Next complete_taken();
  Next run(internal::Continuation* next) noexcept;

  /// One recv() that lasts until `until` at the longest, at the time `now`; with `poll` it does not wait. Next::pause:
  /// nothing came.
  Next receive_until(Time until, Time now, bool poll) noexcept;
  bool spin(Time until) noexcept;
  void limit_recv(std::uint32_t milliseconds) noexcept;

  ChannelCore& core_;

  /// A reply whose call was not completed yet. Kept here and not on the reader's stack, for who reads after it.
  struct Reply {
    std::uint32_t id;
    const std::byte* body;
    std::size_t size;
    Encoding encoding;
    internal::PendingCall* call;
  };
  static constexpr std::size_t most_replies = 64;

  // The reader's.
  std::array<Reply, most_replies> replies_;
  std::size_t reply_count_ = 0;  // seen
  std::size_t taken_count_ = 0;  // of these, their calls taken from the slots
  std::size_t completed_count_ = 0;
  bool unknown_reply_ = false;
  std::uint32_t recv_limit_ms_ = 0;  // SO_RCVTIMEO; 0: none
  SpinHabit spinning_;

  // Under the lock.
  Reader reader_ = Reader::armed;
  bool up_ = false;                     // the handshake is done
  bool used_ = false;                   // a caller read since the last look
  const char* end_reason_ = nullptr;    // why it was shut down here
  std::optional<DatagramOffer> offer_;  // until the first maybe call
  std::shared_ptr<DatagramSender> datagrams_;
  Time stalled_since_ = never;
};

}  // namespace rpc::net
