// Memory for long messages, of which a thread keeps some for the next ones. An allocator gives so much back to the
// system when it is freed, which then has to clear it for whoever gets it next: that takes longer than to copy it.
//
//   wire::Memory memory = wire::take_large(size);   // memory.size may be more
//   …
//   wire::give_large(memory);                       // on any thread
#pragma once

#include <cstddef>

namespace rpc::wire {

/// From std::malloc.
struct Memory {
  void* begin = nullptr;
  std::size_t size = 0;
};

/// What this thread was given before, or new memory. Throws std::bad_alloc.
Memory take_large(std::size_t size);

/// Keeps it for this thread, unless the process keeps as much as it may already.
void give_large(Memory memory) noexcept;

/// Bytes that are kept for all threads.
std::size_t large_kept() noexcept;

}  // namespace rpc::wire
