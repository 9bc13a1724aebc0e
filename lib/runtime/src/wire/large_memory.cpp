#include "wire/large_memory.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <iterator>
#include <new>
#include <utility>

namespace rpc::wire {
namespace {

/// Of all threads together.
constexpr std::size_t most_kept = std::size_t{32} << 20;

/// What has memory of another size than it needs keeps it from others.
constexpr std::size_t most_for_one = 4;

std::atomic<std::size_t> kept_bytes = 0;

/// A thread's, the one given last in front.
struct Kept {
  std::array<Memory, 4> memories;
  bool ended;
};

constinit thread_local Kept kept = {};

void drop(Memory& memory) noexcept {
  kept_bytes.fetch_sub(memory.size, std::memory_order_relaxed);
  std::free(std::exchange(memory, {}).begin);
}

/// Other objects of the thread may live longer than what it keeps.
struct End {
  ~End() {
    kept.ended = true;
    for (Memory& memory : kept.memories) drop(memory);
  }
};

bool reserve(std::size_t size) noexcept {
  if (kept_bytes.fetch_add(size, std::memory_order_relaxed) + size <= most_kept) return true;
  kept_bytes.fetch_sub(size, std::memory_order_relaxed);
  return false;
}

}  // namespace

Memory take_large(std::size_t size) {
  for (Memory& memory : kept.memories) {
    if (memory.size < size || memory.size / most_for_one > size) continue;
    kept_bytes.fetch_sub(memory.size, std::memory_order_relaxed);
    return std::exchange(memory, {});
  }
  void* const begin = std::malloc(size);
  if (begin == nullptr) throw std::bad_alloc();
  return {begin, size};
}

void give_large(Memory memory) noexcept {
  static thread_local const End end;
  if (kept.ended || memory.size > most_kept) return std::free(memory.begin);
  const auto empty = std::ranges::find(kept.memories, nullptr, &Memory::begin);
  const auto place = empty != kept.memories.end() ? empty : std::prev(empty);
  drop(*place);
  if (!reserve(memory.size)) return std::free(memory.begin);
  std::rotate(kept.memories.begin(), place, std::next(place));
  kept.memories.front() = memory;
}

std::size_t large_kept() noexcept { return kept_bytes.load(std::memory_order_relaxed); }

}  // namespace rpc::wire
