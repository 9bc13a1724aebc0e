#include "consumer.h"

#include <utility>

namespace rpc::amqp {

Consumer::Consumer(Address address, internal::Ref<queue::SqliteQueue> queue)
    : address_(std::move(address)), queue_(std::move(queue)) {}

void Consumer::attach(std::shared_ptr<MessageReceiver> receiver) {
  auto worker = std::make_shared<Worker>(address_, queue_, receiver);
  {
    const std::lock_guard lock(mutex_);
    if (receiver_ == receiver.get()) return;
    if (worker_) throw Error(Code::not_stored, "another server has the messages of " + address_.text);
    worker_ = worker;
    receiver_ = receiver.get();
  }
  try {
    worker->start();
  } catch (const Error&) {
    const std::lock_guard lock(mutex_);
    worker_ = nullptr;
    receiver_ = nullptr;
    throw;
  }
}

void Consumer::detach(const MessageReceiver& receiver, std::chrono::steady_clock::time_point until) noexcept {
  std::shared_ptr<Worker> worker;
  {
    const std::lock_guard lock(mutex_);
    if (receiver_ != &receiver) return;
    receiver_ = nullptr;
    worker = std::exchange(worker_, nullptr);
  }
  worker->stop(until);
}

}  // namespace rpc::amqp
