#include "net/mutex.h"

#include "futex.h"

namespace rpc::net {

namespace {

/// Critical sections are shorter than going to sleep.
constexpr int tries = 100;

}  // namespace

void Mutex::lock_contended() noexcept {
  for (int i = 0; i < tries; ++i) {
    if (state_.load(std::memory_order_relaxed) == unlocked && try_lock()) return;
    __builtin_ia32_pause();
  }
  // Whoever took the lock while others may sleep says so again, since he cannot know that nobody does.
  while (state_.exchange(contended, std::memory_order_acquire) != unlocked) {
    internal::futex_wait(state_, contended);
  }
}

void Mutex::wake_one() noexcept { internal::futex_wake(state_); }

}  // namespace rpc::net
