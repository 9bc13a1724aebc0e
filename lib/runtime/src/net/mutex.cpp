#include "net/mutex.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

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
    ::syscall(SYS_futex, &state_, FUTEX_WAIT_PRIVATE, contended, nullptr, nullptr, 0);
  }
}

void Mutex::wake_one() noexcept { ::syscall(SYS_futex, &state_, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0); }

}  // namespace rpc::net
