#include "wire/large_memory.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <iterator>
#include <new>
#include <utility>

#include "thread_kept.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace rpc::wire {
namespace {

/// Of all threads together.
constexpr std::size_t most_kept = std::size_t{32} << 20;

/// What has memory of another size than it needs keeps it from others.
constexpr std::size_t most_for_one = 4;

std::atomic<std::size_t> kept_bytes = 0;

#ifdef __SANITIZE_ADDRESS__
/// What nobody has must not be used.
void hide(Memory memory) noexcept { __asan_poison_memory_region(memory.begin, memory.size); }
void show(Memory memory) noexcept { __asan_unpoison_memory_region(memory.begin, memory.size); }
#else
void hide(Memory) noexcept {}
void show(Memory) noexcept {}
#endif

bool reserve(std::size_t size) noexcept {
  if (kept_bytes.fetch_add(size, std::memory_order_relaxed) + size <= most_kept) return true;
  kept_bytes.fetch_sub(size, std::memory_order_relaxed);
  return false;
}

/// A thread's, the one given last in front.
struct Pieces {
  static Memory release(Memory& memory) noexcept {
    kept_bytes.fetch_sub(memory.size, std::memory_order_relaxed);
    show(memory);
    return std::exchange(memory, {});
  }

  void drop() noexcept {
    for (Memory& memory : memories) std::free(release(memory).begin);
  }

  /// One of `size` or more; an empty one if there is none.
  Memory take(std::size_t size) noexcept {
    for (Memory& memory : memories) {
      if (memory.size >= size && memory.size / most_for_one <= size) return release(memory);
    }
    return {};
  }

  /// False if there is no place for it.
  bool give(Memory memory) noexcept {
    const auto empty = std::ranges::find(memories, nullptr, &Memory::begin);
    const auto place = empty != memories.end() ? empty : std::prev(empty);
    std::free(release(*place).begin);
    if (!reserve(memory.size)) return false;
    hide(memory);
    std::rotate(memories.begin(), place, std::next(place));
    memories.front() = memory;
    return true;
  }

  std::array<Memory, 4> memories;
};

}  // namespace

Memory take_large(std::size_t size) {
  Pieces* const pieces = internal::ThreadKept<Pieces>::get();
  if (pieces != nullptr) {
    const Memory memory = pieces->take(size);
    if (memory.begin != nullptr) return memory;
  }
  void* const begin = std::malloc(size);
  if (begin == nullptr) throw std::bad_alloc();
  return {begin, size};
}

void give_large(Memory memory) noexcept {
  Pieces* const pieces = internal::ThreadKept<Pieces>::get();
  if (pieces == nullptr || memory.size > most_kept || !pieces->give(memory)) std::free(memory.begin);
}

std::size_t large_kept() noexcept { return kept_bytes.load(std::memory_order_relaxed); }

}  // namespace rpc::wire
