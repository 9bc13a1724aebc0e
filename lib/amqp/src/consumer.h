// What a server has that listens at a broker: messages come from there, and go by the queue in a file.
//
//   transport = internal::Ref<MessageTransport>::adopt(new Consumer(address, queue));
#pragma once

#include "address.h"
#include "queue/sqlite_queue.h"
#include "worker.h"

#include <rpc/message.h>

#include <memory>
#include <mutex>
#include <optional>

namespace rpc::amqp {

class Consumer final : public MessageTransport {
 public:
  Consumer(Address address, internal::Ref<queue::SqliteQueue> queue);

  void store(const Message& message) override { queue_->store(message); }
  Receipt send(const Message& message) override { return queue_->send(message); }
  void use(std::string_view target, const rpc::Tls& tls) override { queue_->use(target, tls); }
  void attach(std::shared_ptr<MessageReceiver> receiver) override;
  void detach(const MessageReceiver& receiver, std::chrono::steady_clock::time_point until) noexcept override;
  std::optional<Skeleton> intake() noexcept override { return std::nullopt; }

 private:
  ~Consumer() override = default;

  const Address address_;
  const internal::Ref<queue::SqliteQueue> queue_;
  std::mutex mutex_;  // for what follows
  const MessageReceiver* receiver_ = nullptr;
  std::shared_ptr<Worker> worker_;
};

}  // namespace rpc::amqp
