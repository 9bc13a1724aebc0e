// The part of Balancer that begins attempts and ends them.
#include "net/balance/balancer.h"

#include "net/engine.h"

#include <new>
#include <utility>

namespace rpc::net {

using internal::CallRequest;
using internal::Continuation;
using internal::PendingCall;

namespace {

/// What an attempt says about its server. What a method throws, and a version that does not fit, is none of its health.
Outcome outcome_of(const Error* error) noexcept {
  if (error == nullptr) return Outcome::success;
  switch (error->code()) {
    case Code::unavailable:
    case Code::deadline_exceeded:
    case Code::abandoned:
    case Code::overloaded:
    case Code::internal: return Outcome::failure;
    case Code::cancelled: return Outcome::neither;
    default: return Outcome::success;
  }
}

/// Whether a server refused the call since it is stopping, as it has told before: that is no failure of anybody's.
bool met_goodbye(const Attempt& attempt) noexcept {
  return attempt.transport.unbegun && attempt.error()->code() == Code::unavailable && !attempt.peer->up;
}

Error out_of_memory() { return Error(Code::unavailable, "out of memory"); }

}  // namespace

void Balancer::start(PendingCall& pending, CallRequest& request) noexcept {
  Call call;
  try {
    call = BalancedCall::make(*this, pending, request);
  } catch (const std::bad_alloc&) {
    return internal::run(pending.fail(out_of_memory()));
  }
  {
    const Lock lock(mutex_);
    call->retain();  // for the caller's call
    pending.transport.connection = call.get();
    group_.budget.earn();
  }
  dispatch(*call, Why::first);
}

void Balancer::dispatch(BalancedCall& call, Why why) noexcept {
  try {
    try_dispatch(call, why);
  } catch (const std::bad_alloc&) {
    fail(call, out_of_memory());
  } catch (const Error& error) {
    fail(call, error);
  }
}

// Until a server has taken it, or there is none to ask. A large frame goes away with what is sent of it, and a server
// may refuse it.
void Balancer::try_dispatch(BalancedCall& call, Why why) {
  const bool hedged = call.idempotent && group_.hedge_delay.on();
  for (;;) {
    const Time at = why == Why::first && !hedged ? call.made : now();
    Buffer copy;
    const bool copied = call.frame.size() > large_frame;
    if (copied) copy.append(call.frame.data(), call.frame.size());
    Attempt* attempt = nullptr;
    {
      const Lock lock(mutex_);
      attempt = choose(call, why, at);
    }
    if (attempt == nullptr) return;
    const bool waited_for = why == Why::first && call.waiter_keeps_time && !call.interruptible && !hedged;
    CallRequest request = call.request(copied ? copy : call.frame, at, waited_for);
    if (attempt->peer->core().start_if_up(*attempt, request)) return settle(call, *attempt, why);
    not_sent(call, *attempt);
  }
}

// A server that the call was not sent to yet; if there is none, any but for a hedge.
Attempt* Balancer::choose(BalancedCall& call, Why why, Time at) {
  call.starting = false;
  if (call.taken()) return nullptr;
  std::optional<Server> server = group_.pick(call.tried());
  if (!server && call.under_way() == 0) server = group_.pick({});
  if (!server) {
    if (call.under_way() == 0) enqueue(call);
    return nullptr;
  }
  try {
    Attempt& attempt = call.begin_attempt(peers_[*server], at);
    if (why == Why::first || why == Why::queued) plan_hedge(call, at);
    call.retain();  // for the attempt
    call.starting = true;
    return &attempt;
  } catch (...) {
    group_.ended(*server, Outcome::neither, at);
    throw;
  }
}

void Balancer::plan_hedge(BalancedCall& call, Time at) {
  if (!call.idempotent || call.hedge_at != never || group_.most_attempts() < 2) return;
  const std::optional<std::chrono::nanoseconds> delay = group_.hedge_delay.get();
  if (!delay) return;
  hedges_.push_back(Call::share(&call));
  call.hedge_at = internal::time_after(at, *delay);
  wake_at(call.hedge_at);
}

// It may have ended already, and its caller may be gone.
void Balancer::settle(BalancedCall& call, Attempt& attempt, Why why) noexcept {
  bool over = false;
  bool taken = false;
  bool watched = false;
  {
    const Lock lock(mutex_);
    counts_.add(&ChannelCounters::attempts);
    if (why == Why::hedge) {
      counts_.add(&ChannelCounters::hedges);
    } else if (call.sent_before()) {
      counts_.add(&ChannelCounters::retries);
    }
    call.starting = false;
    over = attempt.state == Attempt::State::over;
    if (!over) attempt.state = Attempt::State::sent;
    taken = call.taken();
    watched = call.watched;
  }
  if (over) {
    if (Continuation* next = go_on(call, attempt)) loop_.post(*next);
  } else if (taken) {
    take_back({{&attempt}, 1}, Outcome::neither);
  } else if (watched) {
    attempt.peer->core().watch(attempt);
  }
}

void Balancer::not_sent(BalancedCall& call, Attempt& attempt) noexcept {
  const std::shared_ptr<Peer> peer = attempt.peer;  // must not go under the lock
  {
    const Lock lock(mutex_);
    group_.ended(peer->server, Outcome::neither, Time());
    call.drop_last_attempt();
  }
  call.release();  // the attempt's; whoever sends it has one, too
}

bool Balancer::answered(Attempt& attempt) noexcept {
  BalancedCall::Sent others;
  {
    const Lock lock(mutex_);
    attempt.won = attempt.whole.take();
    account(attempt, Outcome::success);
    if (attempt.won != nullptr && attempt.whole.idempotent && group_.hedge_delay.on())
      group_.hedge_delay.note(now() - attempt.begun);
    others = attempt.whole.sent();
  }
  take_back(others, Outcome::neither);
  return attempt.won != nullptr;
}

Continuation* Balancer::ended(Attempt& attempt) noexcept {
  BalancedCall& call = attempt.whole;
  PendingCall* const won = attempt.won;
  const Error* const error = attempt.error();
  Continuation* next = nullptr;
  if (won != nullptr) {
    next = error == nullptr ? won->complete() : won->fail(*error);
    call.release();  // the caller's call
  } else if (error != nullptr) {
    {
      const Lock lock(mutex_);
      attempt.counts = !met_goodbye(attempt);
      account(attempt, attempt.counts ? outcome_of(error) : Outcome::neither);
    }
    next = go_on(call, attempt);
  }
  internal::run(attempt.hand_over());
  call.release();  // the attempt
  return next;
}

// After an attempt that failed: waits for another one, sends the call again, or fails it.
Continuation* Balancer::go_on(BalancedCall& call, const Attempt& failed) noexcept {
  PendingCall* caller = nullptr;
  {
    const Lock lock(mutex_);
    if (call.taken() || call.starting || call.under_way() != 0) return nullptr;
    call.starting = may_retry(call, failed);
    if (!call.starting) caller = call.take();
  }
  if (caller == nullptr) return dispatch(call, Why::retry), nullptr;
  Continuation* const next = caller->fail(*failed.error());
  call.release();
  return next;
}

// Servers that stop one after the other cost nothing: they do not have too much to do, and have taken no call.
bool Balancer::may_retry(const BalancedCall& call, const Attempt& failed) noexcept {
  const Code code = failed.error()->code();
  const bool other_server_may = code == Code::unavailable || code == Code::overloaded;
  const bool harmless = call.idempotent || failed.transport.unbegun;
  if (!harmless || !other_server_may || call.cancelled || closed_ || now() >= call.deadline) return false;
  if (!failed.counts) return true;
  if (call.attempts() >= group_.most_attempts()) return false;
  if (group_.budget.spend()) return true;
  counts_.add(&ChannelCounters::retries_refused);
  return false;
}

void Balancer::account(Attempt& attempt, Outcome outcome) noexcept {
  Peer& peer = *attempt.peer;
  attempt.state = Attempt::State::over;
  const Time at = outcome == Outcome::failure ? now() : Time();
  if (group_.ended(peer.server, outcome, at)) {
    counts_.add(&ChannelCounters::ejections);
    wake_at(readmit_at_ = group_.readmit(at));
  }
  if (outcome == Outcome::success) peer.backoff = {};
  if (peer.retired && group_.under_way(peer.server) == 0) request_work();
}

// What cannot be withdrawn is about to end by itself.
void Balancer::take_back(const BalancedCall::Sent& sent, Outcome outcome) noexcept {
  for (Attempt* attempt : sent) {
    if (!attempt->peer->core().withdraw(*attempt)) continue;
    {
      const Lock lock(mutex_);
      account(*attempt, outcome);
    }
    internal::run(attempt->hand_over());
    attempt->whole.release();
  }
}

void Balancer::fail(BalancedCall& call, const Error& error) noexcept {
  PendingCall* caller = nullptr;
  {
    const Lock lock(mutex_);
    call.starting = false;
    unqueue(call);
    caller = call.take();
  }
  if (caller == nullptr) return;
  if (Continuation* next = caller->fail(error)) loop_.post(*next);
  call.release();
}

}  // namespace rpc::net
