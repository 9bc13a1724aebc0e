#include "net/chunk.h"

#include <cstdlib>
#include <new>

#include "thread_kept.h"
#include "wire/large_memory.h"

namespace rpc::net {

namespace {

/// Most reads end with nothing kept: one spare chunk a thread saves an allocation for each, and lets ten thousand idle
/// connections do without any.
struct Spare {
  void drop() noexcept { std::free(std::exchange(memory, nullptr)); }
  void* memory;
};

void* usual_memory() {
  Spare* const spare = internal::ThreadKept<Spare>::get();
  if (spare != nullptr && spare->memory != nullptr) return std::exchange(spare->memory, nullptr);
  void* memory = std::malloc(sizeof(Chunk) + Chunk::usual_size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

void give_usual(void* memory) noexcept {
  Spare* const spare = internal::ThreadKept<Spare>::get();
  if (spare != nullptr && spare->memory == nullptr) {
    spare->memory = memory;
  } else {
    std::free(memory);
  }
}

}  // namespace

ChunkRef Chunk::make(std::size_t capacity) {
  if (capacity == usual_size) return ChunkRef(::new (usual_memory()) Chunk(usual_size));
  const wire::Memory memory = wire::take_large(sizeof(Chunk) + capacity);
  return ChunkRef(::new (memory.begin) Chunk(memory.size - sizeof(Chunk)));
}

void Chunk::release() noexcept {
  if (count_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const std::size_t capacity = capacity_;
  this->~Chunk();
  if (capacity == usual_size) {
    give_usual(this);
  } else {
    wire::give_large({this, sizeof(Chunk) + capacity});
  }
}

}  // namespace rpc::net
