#include "pending_call.h"

#include <rpc/wire/reader.h>

#include <exception>
#include <utility>

#include "failure.h"
#include "futex.h"

namespace rpc::internal {

Continuation* PendingCall::complete(const std::byte* body, std::size_t size, const Limits& limits,
                                    Encoding encoding) noexcept {
  try {
    Decoder reply(body, size, limits, nullptr, encoding);
    decode(reply);
  } catch (const Error& error) {
    error_ = error;
  } catch (...) {
    const Error thrown = failure_of(std::current_exception());
    error_ = Error(Code::internal, "decoding the reply threw " + thrown.remote_type() + ": " + thrown.what());
  }
  return publish();
}

Continuation* PendingCall::fail(Error error) noexcept {
  error_ = std::move(error);
  return publish();
}

void PendingCall::decode(Decoder& reply) {
  if (type_.read == nullptr) return reply.tagged() ? void() : reply.finish(reply.begin());
  if (storage_ != Storage::own) return type_.read(read_, reply, value_);
  type_.construct(value_);
  try {
    type_.read(read_, reply, value_);
  } catch (...) {
    type_.destroy(value_);
    throw;
  }
}

Continuation* PendingCall::publish() noexcept {
  if (storage_ == Storage::relayed) [[unlikely]]
    return static_cast<RelayedCall*>(this)->ended();
  return hand_over();
}

// The exchange hands the call over to whoever waits: one on a stack may be gone right after it. A continuation of the
// user's has a count of its own.
Continuation* PendingCall::hand_over() noexcept {
  const bool counted = storage_ == Storage::own;
  Continuation* next = next_.exchange(&done, std::memory_order_acq_rel);
  if (next != nullptr && next->quick) run(std::exchange(next, nullptr));
  if (counted) release(this);
  return next;
}

bool PendingCall::attach(Continuation& next) noexcept {
  Continuation* expected = nullptr;
  return next_.compare_exchange_strong(expected, &next, std::memory_order_acq_rel);
}

bool PendingCall::detach(Continuation& next) noexcept {
  Continuation* expected = &next;
  return next_.compare_exchange_strong(expected, nullptr, std::memory_order_acq_rel);
}

void PendingCall::await_completion(Time until) noexcept {
  Parker parker;
  if (!attach(parker) || parker.park(until) || detach(parker)) return;
  parker.park(never);
}

void retain(CallSource* object) noexcept { object->count_.fetch_add(1, std::memory_order_relaxed); }

void release(CallSource* object) noexcept {
  if (object->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) object->destroy();
}

void retain(ClientTransport* object) noexcept { retain(static_cast<CallSource*>(object)); }
void release(ClientTransport* object) noexcept { release(static_cast<CallSource*>(object)); }

bool Parker::park(Time until) noexcept {
  while (awake_.load(std::memory_order_acquire) == 0) {
    if (until != never && std::chrono::steady_clock::now() >= until) return false;
    futex_wait(awake_, 0, until);
  }
  return true;
}

// The parker may be gone as soon as it reads the 1.
void Parker::wake(Continuation& self) noexcept {
  std::atomic<std::uint32_t>& awake = static_cast<Parker&>(self).awake_;
  awake.store(1, std::memory_order_release);
  futex_wake(awake);
}

}  // namespace rpc::internal
