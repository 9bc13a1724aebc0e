// Sleeping on a word in memory, without a lock beside it and without turning round first: for who waits longer than a
// thread takes to fall asleep.
//
//   while (word.load(std::memory_order_acquire) == 0) futex_wait(word, 0);
//   word.store(1, std::memory_order_release); futex_wake(word);          // the sleeper, and the word, may be gone by
//   then
#pragma once

#include "pending_call.h"

#include <atomic>
#include <cstdint>

namespace rpc::internal {

/// Until it is woken, or `until`, or for no reason. At once if the word has not this value.
void futex_wait(const std::atomic<std::uint32_t>& word, std::uint32_t value, Time until = never) noexcept;

/// One sleeper. Of the word only the address is used: another one's sleeper is woken for no reason at worst.
void futex_wake(const std::atomic<std::uint32_t>& word) noexcept;

}  // namespace rpc::internal
