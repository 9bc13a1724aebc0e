#include "call_memory.h"

#include <array>

#include "thread_kept.h"

namespace rpc::internal {
namespace {

constexpr std::size_t block_size = 512;
constexpr std::align_val_t block_alignment{16};

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kept_blocks = 0;  // let it see what is used after its end
#else
constexpr std::size_t kept_blocks = 64;
#endif

struct Blocks {
  void drop() noexcept {
    while (count != 0) ::operator delete(blocks[--count], block_alignment);
  }

  std::array<void*, kept_blocks + 1> blocks;
  std::size_t count;
};

bool usual(std::size_t size, std::align_val_t alignment) { return size <= block_size && alignment <= block_alignment; }

}  // namespace

void* take_call_memory(std::size_t size, std::align_val_t alignment) {
  if (!usual(size, alignment)) return ::operator new(size, alignment);
  Blocks* const kept = ThreadKept<Blocks>::get();
  if (kept != nullptr && kept->count != 0) return kept->blocks[--kept->count];
  return ::operator new(block_size, block_alignment);
}

void give_call_memory(void* memory, std::size_t size, std::align_val_t alignment) noexcept {
  if (!usual(size, alignment)) return ::operator delete(memory, alignment);
  Blocks* const kept = ThreadKept<Blocks>::get();
  if (kept != nullptr && kept->count < kept_blocks) {
    kept->blocks[kept->count++] = memory;
  } else {
    ::operator delete(memory, block_alignment);
  }
}

}  // namespace rpc::internal
