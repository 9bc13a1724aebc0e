#include "net/chunk.h"

#include <cstdlib>
#include <new>

#include "wire/large_memory.h"

namespace rpc::net {

namespace {

/// Most reads end with nothing kept: one spare chunk a thread saves an allocation for each, and lets ten thousand idle
/// connections do without any.
struct Store {
  ~Store() { std::free(spare); }
  void* spare = nullptr;
};
thread_local Store store;

void* usual_memory() {
  if (store.spare != nullptr) return std::exchange(store.spare, nullptr);
  void* memory = std::malloc(sizeof(Chunk) + Chunk::usual_size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
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
  if (capacity != usual_size) {
    wire::give_large({this, sizeof(Chunk) + capacity});
  } else if (store.spare == nullptr) {
    store.spare = this;
  } else {
    std::free(this);
  }
}

}  // namespace rpc::net
