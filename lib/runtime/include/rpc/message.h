// What carries messages from senders to handlers: a queue in a file by default, or a broker. Users of messages need
// none of this.
//
//   class Broker final : public rpc::MessageTransport { … };
//   rpc::Queue queue(rpc::internal::Ref<rpc::MessageTransport>::adopt(new Broker(…)));
#pragma once

#include <rpc/duration.h>
#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/metrics.h>
#include <rpc/peer.h>
#include <rpc/queue.h>
#include <rpc/receipt.h>
#include <rpc/tls.h>

#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rpc {

inline constexpr int most_urgent = 7;

/// A call of a [[rpc::message]] method. Refers to the caller's memory.
struct Message {
  std::string_view target;  ///< the server's address
  std::string_view interface;
  std::string_view method;
  std::span<const std::byte> metadata;       ///< (length, key, length, value)…, as docs/protocol.md has it
  std::span<const std::byte> body;           ///< the arguments in the tagged encoding
  int priority = 0;                          ///< 0 to most_urgent
  std::chrono::nanoseconds time_to_live{0};  ///< 0: for ever
  bool express = false;                      ///< in memory only
};

/// A message that is to be handled now.
struct ReceivedMessage {
  std::string_view sender;  ///< the queue it comes from, and by which address
  std::string_view interface;
  std::string_view method;
  std::span<const std::byte> metadata;
  std::span<const std::byte> body;
  unsigned attempt = 1;
  int priority = 0;
  std::uint64_t sequence = 0;  ///< rises among the sender's messages of equal priority
  std::uint64_t settled = 0;   ///< what of these has a lower sequence, and was handled, is not given again
};

/// What became of it.
struct Handling {
  enum class What : std::uint8_t {
    handled,
    failed,
    retry_after,
    discarded,
    denied,  ///< its handler was not asked, nor will be
  };

  What what = What::handled;
  std::optional<Error> error{};             ///< unless it was handled
  std::chrono::nanoseconds retry_after{0};  ///< for that alone
};

/// An interface whose messages a server takes, with a priority that methods of it have.
struct MessageTopic {
  std::string_view interface;
  int priority = 0;

  friend auto operator<=>(const MessageTopic&, const MessageTopic&) = default;
};

/// A server, as who has messages for it sees it. Thread-safe.
class MessageReceiver {
 public:
  /// Of the interfaces that are served now, each once. The names live as long as this.
  virtual std::vector<MessageTopic> topics() const = 0;

  /// Why it does not take a message of this method with this metadata from who brings it, if so. To be asked before the
  /// message is taken; Code::denied means that it need not be brought again.
  virtual std::optional<Error> refusal(std::string_view interface, std::string_view method, const Peer& peer,
                                       std::span<const std::byte> metadata) const = 0;

  /// Runs the handler on this thread.
  virtual Handling handle(const ReceivedMessage& message) noexcept = 0;

 protected:
  ~MessageReceiver() = default;
};

/// Counted; made with one count. All functions are thread-safe. Of one sender messages of equal priority are handled in
/// the order in which they were sent, one at a time; urgent ones overtake.
class MessageTransport {
 public:
  MessageTransport() = default;
  MessageTransport(const MessageTransport&) = delete;
  MessageTransport& operator=(const MessageTransport&) = delete;

  /// Returns when the message is stored durably, an express one at once. Throws Error: not_stored, too_large, or
  /// overloaded when the quota is used up.
  virtual void store(const Message& message) = 0;

  /// The same without waiting: whatever goes wrong is in the receipt.
  virtual Receipt send(const Message& message) = 0;

  /// What is for `target` goes by connections with this from now on: a channel to there has it. Of several the last
  /// counts.
  virtual void use(std::string_view target, const Tls& tls) = 0;

  /// Messages are given to `receiver` from now on. Throws Error (not_stored) if there is another one.
  virtual void attach(std::shared_ptr<MessageReceiver> receiver) = 0;

  /// No further handler begins. Returns when those that run are done, at `until` at the latest.
  virtual void detach(const MessageReceiver& receiver, std::chrono::steady_clock::time_point until) noexcept = 0;

  /// An interface that a server has to serve so that messages come in, for as long as this exists; nothing if they come
  /// on another way.
  virtual std::optional<Skeleton> intake() noexcept = 0;

  /// What it holds, if it can tell.
  virtual std::optional<QueueMetrics> metrics() const { return std::nullopt; }

 protected:
  virtual ~MessageTransport() = default;

 private:
  friend void internal::retain(MessageTransport*) noexcept;
  friend void internal::release(MessageTransport*) noexcept;
  std::atomic<std::uint32_t> count_{1};
};

/// The queue of the process, with the default options. Opened when first asked for; never closed.
MessageTransport& default_queue();

/// The end of a receipt that a transport keeps, and fails as Code::abandoned if it is closed before the message was
/// handled or failed.
class ReceiptSource {
 public:
  ReceiptSource();

  Receipt receipt() const { return Receipt(state_); }
  void reach(MessageState state) const noexcept;
  void fail(const Error& error) const noexcept;

  /// Whether there is a receipt that could be asked, or a future of one.
  bool watched() const noexcept;

 private:
  internal::Ref<internal::ReceiptState> state_;
};

}  // namespace rpc
