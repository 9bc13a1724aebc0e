#include "net/waiter.h"

#include "futex.h"

#include <chrono>

namespace rpc::net {

using internal::futex_wait;
using internal::futex_wake;

void Waiter::sleep(internal::Time until) noexcept {
  while (why_.load(std::memory_order_acquire) == 0) {
    futex_wait(why_, 0, until);
    if (until != internal::never && std::chrono::steady_clock::now() >= until) return;
  }
}

void Waiter::await_completion() noexcept {
  for (std::uint32_t why; ((why = why_.load(std::memory_order_acquire)) & completed) == 0;) {
    futex_wait(why_, why);
  }
}

// The waiter may be gone right after the exchange.
void Waiter::wake(std::uint32_t why) noexcept {
  std::atomic<std::uint32_t>& word = why_;
  word.fetch_or(why, std::memory_order_release);
  futex_wake(word);
}

}  // namespace rpc::net
