#include <rpc/future.h>
#include <rpc/outgoing.h>
#include <rpc/reply.h>
#include <rpc/skeleton.h>

#include <new>
#include <utility>

#include "failure.h"
#include "future_call.h"

namespace rpc {
namespace internal {

/// A reply that waits for a call of the client's to complete, in the memory of that call.
class ReplyNext final : public Continuation {
 public:
  /// Answers `reply` when `call` is complete, at once if it is.
  static void attach(const Ref<PendingCall>& pending, ReplyBase&& reply) noexcept {
    static_assert(sizeof(ReplyNext) <= FutureCall::room_size);
    FutureCall& call = static_cast<FutureCall&>(*pending);
    auto* next = ::new (call.room(sizeof(ReplyNext), alignof(ReplyNext))) ReplyNext(pending, std::move(reply));
    if (!call.completed()) call.source().watch(call);
    if (!call.attach(*next)) go(*next);
  }

 private:
  ReplyNext(Ref<PendingCall> call, ReplyBase&& reply) noexcept
      : Continuation{&go}, call_(std::move(call)), reply_(std::move(reply)) {}

  static void go(Continuation& continuation) noexcept {
    auto& self = static_cast<ReplyNext&>(continuation);
    const Ref<PendingCall> call = std::move(self.call_);
    ReplyBase reply = std::move(self.reply_);
    self.~ReplyNext();
    reply.answer({.error = call->error(), .value = call->value()});
  }

  Ref<PendingCall> call_;
  ReplyBase reply_;
};

namespace {

Responder& responder(void* target) noexcept { return *static_cast<Responder*>(target); }

constexpr ReplyActions responder_actions = {
    .answer = [](void* target, Outcome outcome) { responder(target).answer(outcome); },
    .move =
        [](void* from, void* to) noexcept {
          ::new (to) Responder(std::move(responder(from)));
          responder(from).~Responder();
        },
    .destroy = [](void* target) noexcept { responder(target).~Responder(); },
    .told_when_dropped = false};

}  // namespace

ReplyBase::ReplyBase(Responder call) noexcept { aim(std::move(call), responder_actions); }

ReplyBase::ReplyBase(ReplyBase&& other) noexcept { take(other); }

ReplyBase& ReplyBase::operator=(ReplyBase&& other) noexcept {
  ReplyBase taken(std::move(other));
  const ReplyBase dropped(std::move(*this));
  take(taken);
  return *this;
}

void ReplyBase::take(ReplyBase& other) noexcept {
  actions_ = std::exchange(other.actions_, nullptr);
  if (actions_ != nullptr) actions_->move(other.target_, target_);
}

ReplyBase::~ReplyBase() {
  if (actions_ == nullptr) return;
  if (actions_->told_when_dropped) {
    fail(Error(Code::abandoned, "the reply was dropped without an answer"));
  } else {
    actions_->destroy(target_);
  }
}

void ReplyBase::check() const {
  if (actions_ != nullptr) return;
  throw Error(Code::internal, "the reply is empty: it was made of nothing, moved from, or has answered before");
}

// Moved out first: the function may destroy whatever the reply is part of.
void ReplyBase::answer(Outcome outcome) {
  check();
  const ReplyActions& actions = *std::exchange(actions_, nullptr);
  alignas(void*) std::byte target[room];
  actions.move(target_, target);
  try {
    actions.answer(target, outcome);
  } catch (...) {
    log_lost_exception("a completion handle");
  }
  actions.destroy(target);
}

void ReplyBase::fail(const std::exception_ptr& exception) { fail(failure_of(exception)); }

ServerCall* ReplyBase::server_call() const noexcept {
  if (actions_ != &responder_actions) return nullptr;
  return &reinterpret_cast<const Responder*>(target_)->server_call();
}

}  // namespace internal

void Outgoing::start_for(internal::ReplyBase& reply, const internal::ValueType* type, internal::AnyRead read) {
  reply.check();
  internal::ReplyNext::attach(start_any(type, read), std::move(reply));
}

void Outgoing::start(Reply<void>& reply) { start_for(reply, &internal::value_type<void>, nullptr); }

}  // namespace rpc
