// The part of Balancer that callers come back to: waiting, cancelling, withdrawing; and calls without a reply.
#include "net/balance/balancer.h"

#include "net/loop.h"

#include <algorithm>

namespace rpc::net {

using internal::CallRequest;
using internal::PendingCall;

namespace {

/// Of a call of the caller's; null once it was taken out. Under the balancer's lock.
BalancedCall* linked(const PendingCall& pending) noexcept {
  return static_cast<BalancedCall*>(pending.transport.connection);
}

}  // namespace

void Balancer::wait(PendingCall& pending, Time until) noexcept {
  while (!pending.completed() && wait_once(pending, until)) {}
  if (!pending.completed()) fail_unsent(pending);
}

// A caller reads its reply itself as long as it can only come from one server, and nobody but the transport ends the
// call. False when the time is up.
bool Balancer::wait_once(PendingCall& pending, Time until) noexcept {
  Call call;
  Attempt* attempt = nullptr;
  {
    const Lock lock(mutex_);
    call = Call::share(linked(pending));
    if (call && !call->interruptible && call->under_way() == 1) {
      const BalancedCall::Sent sent = call->sent();
      const bool to_be_hedged = call->hedge_at == never || now() < call->hedge_at;
      if (sent.count == 1 && to_be_hedged) attempt = sent.attempts[0];
    }
  }
  if (attempt != nullptr) {
    attempt->peer->core().wait(*attempt, std::min(until, call->hedge_at));
  } else {
    watch(pending);
    Loop::before_blocking();
    pending.await_completion(until);
  }
  return pending.completed() || now() < until;
}

// A blocking call that no server could be found for until its deadline fails for that reason, not for the deadline.
void Balancer::fail_unsent(PendingCall& pending) noexcept {
  Call call;
  std::optional<Error> error;
  {
    const Lock lock(mutex_);
    call = Call::share(linked(pending));
    if (!call || !call->queued || !call->waiter_keeps_time) return;
    error = unreachable();
  }
  fail(*call, *error);
}

void Balancer::watch(PendingCall& pending) noexcept {
  Call call;
  BalancedCall::Sent sent;
  {
    const Lock lock(mutex_);
    call = Call::share(linked(pending));
    if (!call) return;
    call->watched = true;
    sent = call->sent();
  }
  for (Attempt* attempt : sent) attempt->peer->core().watch(*attempt);
}

bool Balancer::withdraw(PendingCall& pending) noexcept {
  Call call;
  BalancedCall::Sent sent;
  {
    const Lock lock(mutex_);
    call = Call::adopt(linked(pending));  // the caller's call had that count
    if (!call) return false;
    call->take();
    unqueue(*call);
    sent = call->sent();
  }
  const bool late = call->deadline != never && now() >= call->deadline;
  take_back(sent, late ? Outcome::failure : Outcome::neither);
  return true;
}

void Balancer::cancel(PendingCall& pending) noexcept {
  Call call;
  BalancedCall::Sent sent;
  {
    const Lock lock(mutex_);
    call = Call::share(linked(pending));
    if (!call) return;
    call->cancelled = true;
    sent = call->sent();
  }
  for (Attempt* attempt : sent) attempt->peer->core().cancel(*attempt);
}

void Balancer::send_oneway(CallRequest& request) {
  std::shared_ptr<Peer> peer;
  {
    const Lock lock(mutex_);
    if (const std::optional<Server> server = group_.pick({})) {
      peer = peers_[*server];
      group_.ended(*server, Outcome::neither, request.now);
    }
  }
  if (!peer) return counts_.add(&ChannelCounters::dropped_offline);
  peer->core().send_oneway(request);
}

MessageTransport& Balancer::queue() {
  throw Error(Code::not_stored, "messages go to one address, in order and once, and " + text_ +
                                    " are several: connect to one of them, or to a broker, amqp://host/vhost");
}

}  // namespace rpc::net
