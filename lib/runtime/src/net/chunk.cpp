#include "net/chunk.h"

#include <cstdlib>
#include <new>

namespace rpc::net {

namespace {

/// Most reads end with nothing kept: one spare chunk a thread saves an allocation for each, and lets ten thousand idle
/// connections do without any.
struct Store {
  ~Store() { std::free(spare); }
  void* spare = nullptr;
};
thread_local Store store;

void* allocate(std::size_t capacity) {
  if (capacity == Chunk::usual_size && store.spare != nullptr) return std::exchange(store.spare, nullptr);
  void* memory = std::malloc(sizeof(Chunk) + capacity);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

ChunkRef Chunk::make(std::size_t capacity) { return ChunkRef(::new (allocate(capacity)) Chunk(capacity)); }

void Chunk::release() noexcept {
  if (count_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  const bool keep = capacity_ == usual_size && store.spare == nullptr;
  this->~Chunk();
  if (keep) {
    store.spare = this;
  } else {
    std::free(this);
  }
}

}  // namespace rpc::net
