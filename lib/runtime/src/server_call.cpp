#include "server_call.h"

#include <rpc/skeleton.h>

#include <utility>

#include "buffer_cache.h"
#include "detached_call.h"
#include "failure.h"
#include "log.h"
#include "pending_call.h"

namespace rpc {
namespace internal {

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

void answer(ServerCall& call, ReplyFrame& reply) {
  ServerTransport& connection = *call.request().connection;
  if (call.request().oneway) return connection.finished(call, nullptr);
  if (!reply.opened()) reply.open(*call.request().limits, call.request().encoding);
  connection.reply(call, reply.buffer());
}

void answer_failure(ServerCall& call, const Error& error) noexcept {
  ServerTransport& connection = *call.request().connection;
  if (!call.request().oneway) return connection.fail(call, error);
  log(Severity::warning, error.what(), {{"code", to_string(error.code())}}, ThisCall(&call));
  connection.finished(call, &error);
}

Decoder arguments_of(const ServerCall& call, ViewMemory& views) noexcept {
  const Request& request = call.request();
  return Decoder(request.body.data(), request.body.size(), *request.limits, &views, request.encoding);
}

struct Dispatch {
  static void run(ServerCall& call, const Skeleton& skeleton, std::uint16_t method) noexcept {
    Incoming incoming(call);
    DetachedCall* const& later = incoming.later_.call_;
    try {
      skeleton.dispatch(skeleton.server, method, incoming);
      if (incoming.call_ != nullptr) answer(call, incoming.reply_);
    } catch (...) {
      if (incoming.call_ != nullptr) {
        answer_failure(call, failure_of(std::current_exception()));
      } else if (later != nullptr && !later->has_others()) {
        incoming.later_.fail(std::current_exception());
      } else {
        log_lost_exception("a method that had handed its call over");
      }
    }
    if (later != nullptr) later->release_server();
  }
};

void serve(ServerCall& call, const Skeleton& skeleton, std::uint16_t method) noexcept {
  ServerCall* outer = exchange_current(&call);
  Dispatch::run(call, skeleton, method);
  exchange_current(outer);
}

}  // namespace internal

Incoming::Incoming(internal::ServerCall& call) noexcept
    : call_(&call), arguments_(internal::arguments_of(call, views_)) {}

Encoder& Incoming::reply() { return reply_.open(*call_->request().limits, call_->request().encoding); }

}  // namespace rpc
