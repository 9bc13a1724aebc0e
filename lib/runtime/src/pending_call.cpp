#include "pending_call.h"

#include <rpc/wire/reader.h>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ctime>
#include <exception>
#include <utility>

#include "failure.h"

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
  if (storage_ == Storage::callers) return type_.read(read_, reply, value_);
  type_.construct(value_);
  try {
    type_.read(read_, reply, value_);
  } catch (...) {
    type_.destroy(value_);
    throw;
  }
}

// The exchange hands the call over to whoever waits: one on a stack may be gone right after it. A continuation of the
// user's has a count of its own.
Continuation* PendingCall::publish() noexcept {
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
  static_assert(sizeof awake_ == sizeof(std::uint32_t));
  const auto since_boot = until.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_boot);
  const timespec at{.tv_sec = seconds.count(), .tv_nsec = (since_boot - seconds).count()};
  while (awake_.load(std::memory_order_acquire) == 0) {
    if (until != never && std::chrono::steady_clock::now() >= until) return false;
    syscall(SYS_futex, &awake_, FUTEX_WAIT_BITSET_PRIVATE, 0, until == never ? nullptr : &at, nullptr,
            FUTEX_BITSET_MATCH_ANY);
  }
  return true;
}

// The parker may be gone as soon as it reads the 1. The wake-up that then goes to an address that means something else
// is one that every sleeper on a futex must expect anyway.
void Parker::wake(Continuation& self) noexcept {
  std::atomic<std::uint32_t>& awake = static_cast<Parker&>(self).awake_;
  awake.store(1, std::memory_order_release);
  syscall(SYS_futex, &awake, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace rpc::internal
