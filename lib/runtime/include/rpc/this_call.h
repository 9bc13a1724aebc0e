// Inside a handler: the call it serves.
//
//   std::vector<Reading> Hall::history(std::string sensor, int days) {
//     const std::stop_token stop = rpc::this_call().stop_token();
//     for (int day = 0; day < days && !stop.stop_requested(); ++day) …
//   }
#pragma once

#include <rpc/duration.h>
#include <rpc/peer.h>
#include <rpc/trace.h>

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>

namespace rpc {

namespace internal {
class ServerCall;
}

/// Which message it is: no other one has the same first three values, and it has them again when it is given again.
struct MessageId {
  std::string_view sender;  ///< the queue it comes from, and by which address; lives as long as the call
  int priority = 0;
  std::uint64_t sequence = 0;  ///< rises among the sender's messages of equal priority

  /// What of these has a lower sequence, and was handled, is not given again: notes of it may be forgotten.
  std::uint64_t settled = 0;
};

/// Valid in the handler that asked for it, and in the tasks it awaits. Outside of a handler everything is empty.
class ThisCall {
 public:
  explicit ThisCall(internal::ServerCall* call) noexcept : call_(call) {}

  /// Whether this thread is serving a call.
  explicit operator bool() const noexcept { return call_ != nullptr; }

  /// Stopped when the caller cancels, is gone, or the deadline passed. The token may be kept for longer.
  std::stop_token stop_token() const;

  /// When the caller stops waiting; time_point::max() if never.
  std::chrono::steady_clock::time_point deadline() const noexcept;

  /// What the caller sent along under `key`. The text lives as long as the call.
  std::optional<std::string_view> metadata(std::string_view key) const noexcept;

  /// What is called, by its wire names.
  std::string_view interface() const noexcept;
  std::string_view method() const noexcept;

  /// The trace that the call is part of, if it is, and the call in it. Calls made here go on with it by themselves.
  std::optional<Trace> trace() const noexcept;

  /// Who calls. Of a message: the queue it comes from, and no identity, since it may have been brought long ago.
  Peer peer() const noexcept;

  /// Of a message: 1 when it is handled for the first time, as far as that is known, and one more each time after its
  /// handler threw. Of other calls 0.
  unsigned attempt() const noexcept;

  /// Empty unless the call serves a message. For handlers that note in a database of theirs what they have done;
  /// rpc::exactly_once() does it in SQLite.
  std::optional<MessageId> message() const noexcept;

 private:
  internal::ServerCall* call_;
};

/// The call that the current thread serves.
ThisCall this_call() noexcept;

/// In the handler of a message: throws what ends it, and the message is not handled again. `reason` is logged. A caller
/// that waits for its call gets it as Code::failed.
[[noreturn]] void discard(std::string_view reason);

/// In the handler of a message: throws what ends it, and the message is handled again after `time`, as often as this is
/// said. A caller that waits for its call gets Code::failed.
[[noreturn]] void retry_after(std::chrono::nanoseconds time);

}  // namespace rpc
