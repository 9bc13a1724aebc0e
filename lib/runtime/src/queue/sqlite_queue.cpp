#include "queue/sqlite_queue.h"

#include "queue/delivery.rpc.h"
#include "queue/waiting_job.h"

#include <algorithm>
#include <utility>

namespace rpc::queue {

namespace {

Stored to_store(const Core& core, const Message& message) {
  const std::size_t size = message.body.size() + message.metadata.size();
  const std::size_t limit = core.options().max_message;
  if (size > limit) {
    throw Error(Code::too_large, "a message of " + std::to_string(size) + " bytes is longer than " +
                                     "QueueOptions::max_message of " + std::to_string(limit));
  }
  const auto life = std::chrono::ceil<std::chrono::milliseconds>(message.time_to_live);
  return {.priority = message.priority,
          .life = life,
          .expires = life.count() == 0 ? never : std::chrono::steady_clock::now() + life,
          .interface = std::string(message.interface),
          .method = std::string(message.method),
          .metadata = {message.metadata.begin(), message.metadata.end()},
          .body = {message.body.begin(), message.body.end()}};
}

/// A message on its way into the outbox.
class Sending {
 public:
  Sending(Core& core, const Message& message)
      : core_(core), target_(message.target), durable_(!message.express), stored_(to_store(core, message)) {}

  void apply() {
    refused_ = core_.over_quota(size_of(stored_));
    if (!refused_) lane_ = &core_.forwarder().store(target_, durable_, stored_);
  }

  /// Why it is not stored, if so.
  const Error* accept(const Error* error, const ReceiptSource* receipt) {
    if (error == nullptr && refused_) error = &*refused_;
    if (error == nullptr) core_.forwarder().accept(*lane_, std::move(stored_), receipt);
    return error;
  }

 private:
  Core& core_;
  const std::string target_;
  const bool durable_;
  Stored stored_;
  Lane* lane_ = nullptr;
  std::optional<Error> refused_;
};

class StoreJob final : public WaitingJob {
 public:
  StoreJob(Core& core, const Message& message) : sending_(core, message) {}
  void apply() override { sending_.apply(); }
  void done(const Error* error) noexcept override { finish(sending_.accept(error, nullptr)); }

 private:
  Sending sending_;
};

/// Deletes itself.
class SendJob final : public Job {
 public:
  SendJob(Core& core, const Message& message, ReceiptSource receipt)
      : sending_(core, message), receipt_(std::move(receipt)) {}
  void apply() override { sending_.apply(); }
  void done(const Error* error) noexcept override {
    error = sending_.accept(error, &receipt_);
    if (error != nullptr) receipt_.fail(*error);
    delete this;
  }

 private:
  ~SendJob() = default;

  Sending sending_;
  const ReceiptSource receipt_;
};

}  // namespace

SqliteQueue::SqliteQueue(const QueueOptions& options) : core_(std::make_shared<Core>(options)) {
  core_->start();
  door_.emplace(core_);
}

SqliteQueue::~SqliteQueue() {
  door_.reset();
  core_->stop();
}

void SqliteQueue::store(const Message& message) {
  StoreJob job(*core_, message);
  core_->submit(job);
  job.wait();
}

Receipt SqliteQueue::send(const Message& message) {
  const ReceiptSource source;
  try {
    core_->submit(*new SendJob(*core_, message, source));
  } catch (const Error& error) {
    source.fail(error);
  }
  return source.receipt();
}

void SqliteQueue::use(std::string_view target, const Tls& tls) {
  core_->post([&forwarder = core_->forwarder(), to = std::string(target), tls] { forwarder.use(to, tls); });
}

void SqliteQueue::attach(std::shared_ptr<MessageReceiver> receiver) { core_->dispatcher().attach(std::move(receiver)); }

void SqliteQueue::detach(const MessageReceiver& receiver, std::chrono::steady_clock::time_point until) noexcept {
  core_->dispatcher().detach(receiver, until);
}

std::optional<Skeleton> SqliteQueue::intake() noexcept {
  return Interface<Inbox>::skeleton(static_cast<Inbox&>(core_->dispatcher()));
}

std::optional<QueueMetrics> SqliteQueue::metrics() const { return core_->metrics(); }

}  // namespace rpc::queue

namespace rpc {

Queue open_queue(const QueueOptions& options) {
  return Queue(internal::Ref<MessageTransport>::adopt(new queue::SqliteQueue(options)));
}

MessageTransport& default_queue() {
  static const Queue& queue = *new Queue(open_queue());
  return queue.transport();
}

}  // namespace rpc
