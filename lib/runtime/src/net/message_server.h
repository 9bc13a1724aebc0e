// The side of a server that handles messages: has a queue if an interface with messages is served, and calls their
// methods as calls from a connection would.
//
//   MessageServer messages(core);
//   messages.use(options.queue);
//   messages.begin(shared_from_this());
#pragma once

#include "net/binding.h"

#include <rpc/message.h>

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace rpc::internal {
class ServerCall;
}

namespace rpc::net {

class ServerCore;

/// Part of a core, which it is kept alive with. Thread-safe.
class MessageServer final : public MessageReceiver {
 public:
  explicit MessageServer(const ServerCore& core) noexcept : core_(core) {}

  /// Whether the interface needs a queue.
  static bool has_messages(const InterfaceInfo& interface) noexcept;

  /// Opens the queue of the process if `queue` refers to none. Gives what is to be served besides, once. Throws Error.
  std::optional<Registered> use(QueueRef queue);

  /// Handlers may begin. `core` is the one it is part of. Throws Error.
  void begin(const std::shared_ptr<const ServerCore>& core);

  /// Has the messages, too, that come by a broker. Throws Error.
  void consume(const std::string& url, const std::shared_ptr<const ServerCore>& core);

  /// None begins any more. Those that run get until then to finish, and are then asked to stop.
  void end(std::chrono::steady_clock::time_point until) noexcept;

  /// Lets the queue go.
  void release() noexcept;

  /// Of its queue, if it has one.
  std::vector<QueueMetrics> metrics() const;

  std::vector<MessageTopic> topics() const override;
  std::optional<Error> refusal(std::string_view interface, std::string_view method, const Peer& peer,
                               std::span<const std::byte> metadata) const override;
  Handling handle(const ReceivedMessage& message) noexcept override;

 private:
  Handling serve(const ReceivedMessage& message, const Registered& target, std::uint16_t method);

  const ServerCore& core_;
  mutable std::mutex mutex_;
  internal::Ref<MessageTransport> queue_;
  std::vector<internal::Ref<MessageTransport>> brokers_;
  std::unordered_set<internal::ServerCall*> running_;
};

}  // namespace rpc::net
