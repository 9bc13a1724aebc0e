// The queue in a file as a MessageTransport.
//
//   Queue queue(internal::Ref<MessageTransport>::adopt(new SqliteQueue(options)));
#pragma once

#include "queue/control_door.h"
#include "queue/core.h"

#include <rpc/message.h>

#include <memory>
#include <optional>

namespace rpc::queue {

class SqliteQueue final : public MessageTransport {
 public:
  explicit SqliteQueue(const QueueOptions& options);
  ~SqliteQueue() override;

  void store(const Message& message) override;
  Receipt send(const Message& message) override;
  void use(std::string_view target, const Tls& tls) override;
  void attach(std::shared_ptr<MessageReceiver> receiver) override;
  void detach(const MessageReceiver& receiver, std::chrono::steady_clock::time_point until) noexcept override;
  std::optional<Skeleton> intake() noexcept override;
  std::optional<QueueMetrics> metrics() const override;

  /// Works until this is destroyed.
  const std::shared_ptr<Core>& core() const noexcept { return core_; }

 private:
  const std::shared_ptr<Core> core_;
  std::optional<ControlDoor> door_;
};

}  // namespace rpc::queue
