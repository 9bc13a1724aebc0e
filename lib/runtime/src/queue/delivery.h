// How messages get from the queue of a sender into that of a server: calls of an interface like any other, which
// servers have that serve messages. docs/protocol.md describes it.
//
//   InboxClient inbox(rpc::connect("tcp://127.0.0.1:7000"));
//   inbox.deliver(sender, true, messages, [](rpc::Result<std::vector<Refusal>> refused) { … });
#pragma once

#include <rpc/reply.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::queue {

struct Delivery {
  std::uint64_t sequence = 0;      ///< rises among the messages of equal priority
  std::uint8_t priority = 0;       ///< 0 to 7, the most urgent
  std::uint64_t milliseconds = 0;  ///< it is worth handling for so long; 0: for ever
  std::string_view interface;
  std::string_view method;
  std::span<const std::byte> metadata;
  std::span<const std::byte> arguments;  ///< in the tagged encoding
};

/// A message that was not stored, nor was any of equal priority behind it.
struct Refusal {
  std::uint64_t sequence = 0;
  std::uint8_t code = 0;  ///< an rpc::Code
  std::string reason;
};

/// A message that was delivered before.
struct Delivered {
  std::uint64_t sequence = 0;
  std::uint8_t priority = 0;
};

struct Outcome {
  std::uint64_t sequence = 0;
  bool handled = false;
  std::string reason;  ///< why not
};

class [[rpc::interface("rpc::Inbox")]] Inbox {
 public:
  virtual ~Inbox() = default;

  /// Answers when the messages are stored, durably or in memory, with those that are not. What was stored before is not
  /// stored again. A sender has one such call at a time, and sends what was not answered again before all else.
  virtual void deliver(std::string sender, bool durable, std::vector<Delivery> messages,
                       [[rpc::async]] rpc::Reply<std::vector<Refusal>> done) = 0;

  /// Answers with those of the messages of which it is known what became of them, as soon as there is one, or after any
  /// message of the sender's was handled. At once if there are none: so a sender learns that the server is there.
  virtual void outcomes(std::string sender, bool durable, std::vector<Delivered> messages,
                        [[rpc::async]] rpc::Reply<std::vector<Outcome>> done) = 0;
};

}  // namespace rpc::queue
