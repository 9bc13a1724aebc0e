#include "server_call.h"

#include <rpc/skeleton.h>

#include <string>
#include <utility>

#include "buffer_cache.h"
#include "failure.h"
#include "log.h"
#include "pending_call.h"

namespace rpc {
namespace internal {

/// A call that was handed over: keeps what it needs alive until its Responder and its coroutines are gone.
class DetachedCall final : public ServerCall {
 public:
  DetachedCall(const Request& request, std::shared_ptr<void> server) noexcept
      : ServerCall(request, 1), server_(std::move(server)) {
    request.connection->retain();
    if (request.memory != nullptr) request.memory->retain();
  }

  ~DetachedCall() {
    server_.reset();
    if (request().memory != nullptr) request().memory->release();
    request().connection->release();
  }

  ReplyFrame reply;
  ViewMemory views;
  bool answered = false;

 private:
  std::shared_ptr<void> server_;
};

std::stop_source ServerCall::stop_source() {
  const std::lock_guard lock(stop_mutex_);
  if (!stop_.stop_possible()) stop_ = std::stop_source();
  return stop_;
}

void ServerCall::take_stop_source(ServerCall& from) noexcept {
  const std::lock_guard lock(from.stop_mutex_);
  stop_ = from.stop_;
}

void ServerCall::release() noexcept {
  if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete static_cast<DetachedCall*>(this);
}

ReplyFrame::~ReplyFrame() { give_buffer(std::move(buffer_)); }

Encoder& ReplyFrame::open(const Limits& limits, Encoding encoding) {
  if (!encoder_) buffer_ = take_buffer();
  buffer_.resize(frame_header_room);
  return encoder_.emplace(buffer_, limits, encoding);
}

namespace {

void answer(ServerCall& call, ReplyFrame& reply) {
  ServerTransport& connection = *call.request().connection;
  if (call.request().oneway) return connection.finished(call);
  if (!reply.opened()) reply.open(*call.request().limits, call.request().encoding);
  connection.reply(call, reply.buffer());
}

void answer_failure(ServerCall& call, const Error& error) noexcept {
  ServerTransport& connection = *call.request().connection;
  if (!call.request().oneway) return connection.fail(call, error);
  log(Severity::warning, error.what());
  connection.finished(call);
}

}  // namespace

struct Dispatch {
  static void run(ServerCall& call, const Skeleton& skeleton, std::uint16_t method) noexcept {
    Incoming incoming(call);
    try {
      skeleton.dispatch(skeleton.server, method, incoming);
      if (incoming.call_ != nullptr) answer(call, incoming.reply_);
    } catch (...) {
      if (incoming.call_ != nullptr) {
        answer_failure(call, failure_of(std::current_exception()));
      } else if (incoming.later_.call_ != nullptr) {
        incoming.later_.fail(std::current_exception());
      } else {
        log_lost_exception("a method that had handed its call over");
      }
    }
  }
};

void serve(ServerCall& call, const Skeleton& skeleton, std::uint16_t method) noexcept {
  ServerCall* outer = exchange_current(&call);
  Dispatch::run(call, skeleton, method);
  exchange_current(outer);
}

}  // namespace internal

using internal::DetachedCall;
using internal::ServerCall;

namespace {

Decoder arguments_of(const ServerCall& call, internal::ViewMemory& views) noexcept {
  const internal::Request& request = call.request();
  return Decoder(request.body.data(), request.body.size(), *request.limits, &views, request.encoding);
}

}  // namespace

Incoming::Incoming(ServerCall& call) noexcept : call_(&call), arguments_(arguments_of(call, views_)) {}

Encoder& Incoming::reply() { return reply_.open(*call_->request().limits, call_->request().encoding); }

Responder Incoming::hand_over() {
  auto* detached = new DetachedCall(call_->request(), *call_->request().server);
  detached->views = std::move(views_);
  ServerCall& call = *std::exchange(call_, nullptr);
  call.request().connection->handed_over(call, *detached);
  return Responder(detached);
}

void Incoming::detach() {
  later_ = hand_over();
  internal::exchange_current(later_.call_);
}

Responder::~Responder() {
  if (call_ == nullptr) return;
  if (!call_->answered) {
    internal::answer_failure(*call_, Error(Code::abandoned, "the server dropped the call without an answer"));
  }
  call_->release();
}

internal::ServerCall& Responder::server_call() const noexcept { return *call_; }

Decoder Responder::arguments() const noexcept { return arguments_of(*call_, call_->views); }

Encoder& Responder::reply() { return call_->reply.open(*call_->request().limits, call_->request().encoding); }

void Responder::send() {
  internal::answer(*call_, call_->reply);
  call_->answered = true;
}

void Responder::fail(std::exception_ptr exception) noexcept {
  if (call_->answered) {
    return internal::log(Severity::error,
                         std::string("threw after its reply: ") + internal::failure_of(exception).what());
  }
  call_->answered = true;
  internal::answer_failure(*call_, internal::failure_of(exception));
}

}  // namespace rpc
