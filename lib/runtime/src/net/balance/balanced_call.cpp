#include "net/balance/balanced_call.h"

#include "buffer_cache.h"
#include "call_memory.h"
#include "net/balance/balancer.h"

#include <new>

namespace rpc::net {

using internal::CallRequest;
using internal::PendingCall;

const internal::ValueType Attempt::type{.read = &Attempt::read_reply};

Attempt::Attempt(BalancedCall& whole, std::shared_ptr<Peer> peer, Time at) noexcept
    : RelayedCall(type, this, whole.interruptible), whole(whole), peer(std::move(peer)), begun(at) {}

void Attempt::read_reply(internal::AnyRead, Decoder& reply, void* self) {
  Attempt& attempt = *static_cast<Attempt*>(self);
  if (attempt.whole.balancer.answered(attempt)) attempt.won->decode(reply);
}

internal::Continuation* Attempt::ended() noexcept { return whole.balancer.ended(*this); }

internal::Ref<BalancedCall> BalancedCall::make(Balancer& balancer, PendingCall& caller, CallRequest& request) {
  void* const memory = internal::take_call_memory(sizeof(BalancedCall), std::align_val_t(alignof(BalancedCall)));
  return internal::Ref<BalancedCall>::adopt(::new (memory) BalancedCall(balancer, caller, request));
}

BalancedCall::BalancedCall(Balancer& balancer, PendingCall& caller, CallRequest& request) noexcept
    : balancer(balancer),
      interface(request.interface),
      method(request.method),
      idempotent(request.interface.methods[request.method].idempotent),
      interruptible(caller.interruptible()),
      waiter_keeps_time(request.waiter_keeps_time),
      made(request.now),
      deadline(request.deadline),
      frame(std::move(request.frame)),
      caller_(&caller),
      encoding_(request.encoding),
      ordered_(request.ordered),
      has_metadata_(request.has_metadata),
      inherited_(request.inherited),
      priority_(request.priority) {
  balancer.retain();
}

BalancedCall::~BalancedCall() { internal::give_buffer(std::move(frame)); }

void BalancedCall::release() noexcept {
  if (references_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  Balancer& owner = balancer;
  this->~BalancedCall();
  internal::give_call_memory(this, sizeof(BalancedCall), std::align_val_t(alignof(BalancedCall)));
  owner.release();
}

CallRequest BalancedCall::request(Buffer& sent, Time now, bool waited_for) const noexcept {
  return {.interface = interface,
          .method = method,
          .frame = sent,
          .encoding = encoding_,
          .ordered = ordered_,
          .has_metadata = has_metadata_,
          .now = now,
          .deadline = deadline,
          .priority = priority_,
          .inherited = inherited_,
          .waiter_keeps_time = waited_for};
}

PendingCall* BalancedCall::take() noexcept {
  PendingCall* const caller = std::exchange(caller_, nullptr);
  if (caller != nullptr) caller->transport.connection = nullptr;
  return caller;
}

Attempt& BalancedCall::begin_attempt(std::shared_ptr<Peer> peer, Time at) {
  if (count_ == 0) {
    first_.emplace(*this, std::move(peer), at);
  } else {
    more_.push_back(std::make_unique<Attempt>(*this, std::move(peer), at));
  }
  return this->at(count_++);
}

void BalancedCall::drop_last_attempt() noexcept {
  if (--count_ == 0) {
    first_.reset();
  } else {
    more_.pop_back();
  }
}

std::size_t BalancedCall::attempts() const noexcept {
  std::size_t attempts = 0;
  for (std::size_t i = 0; i < count_; ++i) attempts += at(i).counts ? 1 : 0;
  return attempts;
}

std::size_t BalancedCall::under_way() const noexcept {
  std::size_t under_way = 0;
  for (std::size_t i = 0; i < count_; ++i) under_way += at(i).state != Attempt::State::over ? 1 : 0;
  return under_way;
}

BalancedCall::Servers BalancedCall::tried() const noexcept {
  Servers tried;
  for (std::size_t i = 0; i < count_; ++i) {
    if (at(i).counts) tried.servers[tried.count++] = at(i).peer->server;
  }
  return tried;
}

BalancedCall::Sent BalancedCall::sent() noexcept {
  Sent sent;
  for (std::size_t i = 0; i < count_; ++i) {
    if (at(i).state == Attempt::State::sent) sent.attempts[sent.count++] = &at(i);
  }
  return sent;
}

}  // namespace rpc::net
