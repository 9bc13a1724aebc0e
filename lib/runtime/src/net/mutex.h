// A lock that is almost always free: one atomic exchange each way, inlined, where a call into the C library costs as
// much as the rest of a small critical section. For the two locks that every call takes.
//
//   Mutex mutex;
//   const std::lock_guard lock(mutex);
#pragma once

#include <atomic>
#include <cstdint>

namespace rpc::net {

/// Not recursive, not fair. Satisfies Lockable.
class Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock() noexcept {
    std::uint32_t state = unlocked;
    if (!state_.compare_exchange_strong(state, locked, std::memory_order_acquire)) [[unlikely]]
      lock_contended();
  }

  bool try_lock() noexcept {
    std::uint32_t state = unlocked;
    return state_.compare_exchange_strong(state, locked, std::memory_order_acquire);
  }

  void unlock() noexcept {
    if (state_.exchange(unlocked, std::memory_order_release) == contended) [[unlikely]]
      wake_one();
  }

 private:
  static constexpr std::uint32_t unlocked = 0;
  static constexpr std::uint32_t locked = 1;
  static constexpr std::uint32_t contended = 2;  // locked, and somebody may sleep

  void lock_contended() noexcept;
  void wake_one() noexcept;

  std::atomic<std::uint32_t> state_{unlocked};
};

}  // namespace rpc::net
