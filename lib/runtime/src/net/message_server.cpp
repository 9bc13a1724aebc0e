#include "net/message_server.h"

#include "message_part.h"
#include "net/broker.h"
#include "net/server_core.h"
#include "queue/sqlite_queue.h"
#include "server_call.h"

#include <rpc/wire/buffer.h>

#include <condition_variable>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace rpc::net {

namespace {

using internal::ServerCall;

/// What a message's call answers to. Lives as long as anybody refers to it.
class Answer final : public internal::ServerTransport {
 public:
  explicit Answer(std::string_view sender) : peer_("messages of " + std::string(sender)) {}

  void reply(ServerCall&, Buffer&) noexcept override { end(std::nullopt); }
  void fail(ServerCall&, const Error& error) noexcept override { end(error); }
  void finished(ServerCall&, const Error* error) noexcept override {
    end(error == nullptr ? std::nullopt : std::optional(*error));
  }
  void handed_over(ServerCall& from, ServerCall& to) noexcept override { to.take_stop_source(from); }
  void disconnect() noexcept override {}
  Peer peer() const noexcept override { return {.address = peer_}; }

  void retain() noexcept override {
    const std::lock_guard lock(mutex_);
    ++references_;
  }
  void release() noexcept override {
    const std::lock_guard lock(mutex_);
    --references_;
    changed_.notify_all();
  }

  /// Waits for it, should the call have been handed over.
  std::optional<Error> wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return ended_ && references_ == 0; });
    return std::move(error_);
  }

 private:
  void end(std::optional<Error> error) noexcept {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    error_ = std::move(error);
    changed_.notify_all();
  }

  const std::string peer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool ended_ = false;
  int references_ = 0;
  std::optional<Error> error_;
};

std::optional<std::uint16_t> index_of(const InterfaceInfo& interface, std::string_view name) noexcept {
  for (std::uint16_t i = 0; i < interface.method_count; ++i) {
    const MethodInfo& method = interface.methods[i];
    if (method.mode == Mode::message && method.name == name) return i;
  }
  return std::nullopt;
}

Error unknown_interface(std::string_view interface) {
  return Error(Code::unimplemented, "the server does not serve " + std::string(interface));
}

Error unknown_method(std::string_view interface, std::string_view method) {
  return Error(Code::unimplemented,
               "the server's " + std::string(interface) + " has no message " + std::string(method));
}

Handling handling_of(const internal::MessagePart& part, std::optional<Error> error) {
  if (!error) return {};
  if (part.discarded) return {.what = Handling::What::discarded, .error = std::move(error)};
  if (part.retry_after)
    return {.what = Handling::What::retry_after, .error = std::move(error), .retry_after = *part.retry_after};
  return {.what = Handling::What::failed, .error = std::move(error)};
}

}  // namespace

bool MessageServer::has_messages(const InterfaceInfo& interface) noexcept {
  for (std::uint16_t i = 0; i < interface.method_count; ++i) {
    if (interface.methods[i].mode == Mode::message) return true;
  }
  return false;
}

std::optional<Registered> MessageServer::use(QueueRef queue) {
  MessageTransport& transport = queue.get() != nullptr ? *queue.get() : default_queue();
  const std::lock_guard lock(mutex_);
  if (queue_) return std::nullopt;
  queue_ = internal::Ref<MessageTransport>::share(&transport);
  const std::optional<Skeleton> intake = transport.intake();
  if (!intake) return std::nullopt;
  return Registered{*intake, std::make_shared<internal::Ref<MessageTransport>>(queue_), true};
}

void MessageServer::begin(const std::shared_ptr<const ServerCore>& core) {
  internal::Ref<MessageTransport> queue;
  {
    const std::lock_guard lock(mutex_);
    queue = queue_;
  }
  if (queue) queue->attach(std::shared_ptr<MessageReceiver>(core, this));
}

void MessageServer::consume(const std::string& url, const std::shared_ptr<const ServerCore>& core) {
  std::unique_lock lock(mutex_);
  const auto queue = internal::Ref<queue::SqliteQueue>::share(dynamic_cast<queue::SqliteQueue*>(queue_.get()));
  lock.unlock();
  if (!queue) {
    throw Error(Code::unavailable, "cannot listen on " + without_password(url) +
                                       ": the server has no interface with messages yet, or a queue of its own kind");
  }
  internal::Ref<MessageTransport> transport = find_broker(url)->transport(url, queue);
  transport->attach(std::shared_ptr<MessageReceiver>(core, this));
  lock.lock();
  brokers_.push_back(std::move(transport));
}

void MessageServer::end(std::chrono::steady_clock::time_point until) noexcept {
  std::unique_lock lock(mutex_);
  const internal::Ref<MessageTransport> queue = queue_;
  if (!queue) return;
  const std::vector<internal::Ref<MessageTransport>> brokers = std::exchange(brokers_, {});
  lock.unlock();
  for (const auto& broker : brokers) broker->detach(*this, until);
  queue->detach(*this, until);
  lock.lock();
  std::vector<std::stop_source> sources;
  for (ServerCall* call : running_) sources.push_back(call->stop_source());
  lock.unlock();
  for (std::stop_source& source : sources) source.request_stop();
}

void MessageServer::release() noexcept {
  internal::Ref<MessageTransport> queue;
  const std::lock_guard lock(mutex_);
  std::swap(queue, queue_);
}

std::vector<QueueMetrics> MessageServer::metrics() const {
  std::optional<QueueMetrics> metrics;
  const std::lock_guard lock(mutex_);
  if (queue_) metrics = queue_->metrics();
  return metrics ? std::vector{std::move(*metrics)} : std::vector<QueueMetrics>();
}

std::vector<MessageTopic> MessageServer::topics() const {
  std::set<MessageTopic> topics;
  for (const std::string& name : core_.names()) {
    const InterfaceInfo& info = *core_.find(name)->skeleton.info;
    for (std::uint16_t i = 0; i < info.method_count; ++i) {
      if (info.methods[i].mode == Mode::message) topics.insert({info.name, info.methods[i].priority});
    }
  }
  return {topics.begin(), topics.end()};
}

std::optional<Error> MessageServer::refusal(std::string_view interface, std::string_view method, const Peer& peer,
                                            std::span<const std::byte> metadata) const {
  const Registered* const target = core_.find(interface);
  if (target == nullptr) return unknown_interface(interface);
  const InterfaceInfo& info = *target->skeleton.info;
  const std::optional<std::uint16_t> index = index_of(info, method);
  if (!index) return unknown_method(interface, method);
  return core_.access().denial(AccessRequest(info, *index, peer, metadata));
}

Handling MessageServer::handle(const ReceivedMessage& message) noexcept {
  try {
    const std::optional<Registered> target = core_.keep(message.interface);
    if (!target) return {.what = Handling::What::failed, .error = unknown_interface(message.interface)};
    const std::optional<std::uint16_t> method = index_of(*target->skeleton.info, message.method);
    if (!method) return {.what = Handling::What::failed, .error = unknown_method(message.interface, message.method)};
    return serve(message, *target, *method);
  } catch (const std::bad_alloc&) {
    return {.what = Handling::What::failed, .error = Error(Code::internal, "out of memory")};
  }
}

Handling MessageServer::serve(const ReceivedMessage& message, const Registered& target, std::uint16_t method) {
  Answer answer(message.sender);
  internal::MessagePart part{message};
  ServerCall call({.connection = &answer,
                   .info = target.skeleton.info,
                   .method = method,
                   .encoding = Encoding::tagged,
                   .body = message.body,
                   .metadata = message.metadata,
                   .limits = &core_.limits(),
                   .server = &target.owner,
                   .message = &part});
  {
    const std::lock_guard lock(mutex_);
    running_.insert(&call);
  }
  internal::CallStats& stats = target.stats[method];
  stats.begin_running();
  const auto begin = std::chrono::steady_clock::now();
  internal::serve(call, target.skeleton, method);
  std::optional<Error> error = answer.wait();
  const auto time = std::chrono::steady_clock::now() - begin;
  error ? stats.failed(error->code(), time) : stats.succeeded(time);
  stats.end_running();
  {
    const std::lock_guard lock(mutex_);
    running_.erase(&call);
  }
  return handling_of(part, std::move(error));
}

}  // namespace rpc::net
