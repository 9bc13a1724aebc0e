// Memory for the calls of futures. Many are in flight at a time, which is more than malloc() keeps at hand for a
// thread, so that a call would pay for its slow path twice.
//
//   void* memory = internal::take_call_memory(size, alignment);
//   internal::give_call_memory(memory, size, alignment);   // on any thread, with the same numbers
#pragma once

#include <cstddef>
#include <new>

namespace rpc::internal {

/// Throws std::bad_alloc.
void* take_call_memory(std::size_t size, std::align_val_t alignment);

/// Keeps some blocks of the usual size for the thread's next calls; frees the others.
void give_call_memory(void* memory, std::size_t size, std::align_val_t alignment) noexcept;

}  // namespace rpc::internal
