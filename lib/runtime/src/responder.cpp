#include <rpc/reply.h>
#include <rpc/skeleton.h>

#include <string>
#include <utility>

#include "detached_call.h"
#include "failure.h"
#include "log.h"

namespace rpc {

using internal::DetachedCall;
using internal::ServerCall;

Responder Incoming::hand_over(bool kept) {
  auto* detached = new DetachedCall(call_->request(), *call_->request().server, kept);
  detached->views = std::move(views_);
  ServerCall& call = *std::exchange(call_, nullptr);
  call.request().connection->handed_over(call, *detached);
  return Responder(detached);
}

Responder Incoming::hand_over() { return hand_over(false); }

void Incoming::detach() {
  later_ = hand_over(false);
  internal::exchange_current(later_.call_);
}

// The dispatch keeps the call, too: the method may still use its parameters and this_call() when it is answered.
Responder Incoming::share_with(internal::ReplyWriter writer) {
  later_ = hand_over(true);
  later_.call_->writer = writer;
  internal::exchange_current(later_.call_);
  return later_.share();
}

internal::ReplyBase Incoming::reply_with(internal::ReplyWriter writer) {
  return internal::ReplyBase(share_with(writer));
}

Responder::~Responder() {
  if (call_ == nullptr) return;
  if (call_->last_responder_gone() && !call_->answered()) {
    internal::answer_failure(*call_, Error(Code::abandoned, "the server dropped the call without an answer"));
  }
  call_->release();
}

Responder Responder::share() const noexcept {
  call_->add_responder();
  call_->retain();
  return Responder(call_);
}

ServerCall& Responder::server_call() const noexcept { return *call_; }

Decoder Responder::arguments() const noexcept { return internal::arguments_of(*call_, call_->views); }

Encoder& Responder::reply() { return call_->reply.open(*call_->request().limits, call_->request().encoding); }

void Responder::send() {
  call_->release_server();
  internal::answer(*call_, call_->reply);
  call_->claim();
}

void Responder::fail(const std::exception_ptr& exception) noexcept {
  call_->release_server();
  if (call_->claim()) return internal::answer_failure(*call_, internal::failure_of(exception));
  internal::log(Severity::error, std::string("threw after its reply: ") + internal::failure_of(exception).what(), {},
                ThisCall(call_));
}

// What cannot be encoded fails the call: whoever answers may be far from what could handle it.
void Responder::answer(internal::Outcome outcome) const {
  if (!call_->claim()) throw Error(Code::internal, "the call was answered before");
  if (outcome.error != nullptr) return internal::answer_failure(*call_, *outcome.error);
  try {
    Encoder& reply = call_->reply.open(*call_->request().limits, call_->request().encoding);
    if (call_->writer.call != nullptr) call_->writer.call(call_->writer.write, reply, outcome.value);
    internal::answer(*call_, call_->reply);
  } catch (...) {
    internal::answer_failure(*call_, internal::failure_of(std::current_exception()));
  }
}

}  // namespace rpc
