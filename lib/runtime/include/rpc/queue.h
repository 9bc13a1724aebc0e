// Where messages are kept until they are handled: a folder with a database that one process has open.
//
//   rpc::Queue queue = rpc::open_queue({.folder = "/var/lib/thermostat/queue"});
//   rpc::Channel channel = rpc::connect("tcp://127.0.0.1:7000", {.queue = queue});   // what is sent waits there
//   rpc::Server server({.queue = queue});                                            // and so does what was received
//
// Without one, channels and servers share the queue of the process, which is opened when it is first needed.
#pragma once

#include <rpc/borrowed.h>
#include <rpc/duration.h>
#include <rpc/ref.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace rpc {

class MessageTransport;

/// A queue that is open. Cheap to copy; it is closed when the last copy is gone and no channel or server uses it.
class Queue {
 public:
  explicit Queue(internal::Ref<MessageTransport> transport) noexcept : transport_(std::move(transport)) {}

  MessageTransport& transport() const noexcept { return *transport_; }

 private:
  internal::Ref<MessageTransport> transport_;
};

/// Refers to a queue, or to none: then it is the one of the process. For options, which copy what they need.
using QueueRef = internal::Borrowed<Queue, MessageTransport, &Queue::transport>;

/// How a queue works. Constant once it is open.
struct QueueOptions {
  /// Made with the permissions 0700 if it is not there. Empty: $FARCALL_QUEUE_DIR; without that
  /// farcall/NAME-OF-THE-PROGRAM in the user's state directory, which is $XDG_STATE_HOME or ~/.local/state.
  std::string folder{};

  /// Bytes of all messages together that wait, also of those that failed and were put aside.
  std::uint64_t max_bytes = std::uint64_t{1} << 30;

  /// Bytes of one message.
  std::size_t max_message = std::size_t{4} << 20;

  /// How often a handler is tried, or a server that refuses, before the message is put aside with the reason. That a
  /// server cannot be reached is no attempt.
  unsigned max_attempts = 10;

  /// How many messages of one sender are handled at the same time. With more than one they overtake each other.
  unsigned concurrency = 1;

  /// The pause after the first attempt that failed. It doubles with each, up to the last, and varies by a quarter.
  std::chrono::milliseconds first_retry{200};
  std::chrono::milliseconds last_retry{60'000};
};

/// Throws Error (not_stored) that says which file and why: another process has the queue open, the folder cannot be
/// written, the file is corrupted or of a newer version.
Queue open_queue(const QueueOptions& options = {});

}  // namespace rpc
