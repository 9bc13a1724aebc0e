#include "net/waiter.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <ctime>

namespace rpc::net {

namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == sizeof(std::uint32_t));

void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t value, internal::Time until) noexcept {
  const auto since_boot = until.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_boot);
  const timespec at{.tv_sec = seconds.count(), .tv_nsec = (since_boot - seconds).count()};
  ::syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, value, until == internal::never ? nullptr : &at, nullptr,
            FUTEX_BITSET_MATCH_ANY);
}

}  // namespace

void Waiter::sleep(internal::Time until) noexcept {
  while (why_.load(std::memory_order_acquire) == 0) {
    futex_wait(why_, 0, until);
    if (until != internal::never && std::chrono::steady_clock::now() >= until) return;
  }
}

void Waiter::await_completion() noexcept {
  for (std::uint32_t why; ((why = why_.load(std::memory_order_acquire)) & completed) == 0;) {
    futex_wait(why_, why, internal::never);
  }
}

// The waiter may be gone right after the exchange: a wake-up of another's futex is harmless, all sleepers look again.
void Waiter::wake(std::uint32_t why) noexcept {
  std::atomic<std::uint32_t>& word = why_;
  word.fetch_or(why, std::memory_order_release);
  ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

}  // namespace rpc::net
