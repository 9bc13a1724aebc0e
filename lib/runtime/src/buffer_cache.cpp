#include "buffer_cache.h"

#include <cstddef>
#include <memory>
#include <utility>

#include "thread_kept.h"

namespace rpc::internal {
namespace {

constexpr std::size_t kept_buffers = 4;
constexpr std::size_t largest_kept = std::size_t{64} << 10;

/// A stack of buffers.
struct Cache {
  void push(Buffer&& buffer) noexcept { std::construct_at(place(count++), std::move(buffer)); }

  Buffer pop() noexcept {
    Buffer* const last = place(--count);
    Buffer buffer = std::move(*last);
    std::destroy_at(last);
    return buffer;
  }

  void drop() noexcept {
    while (count != 0) pop();
  }

  Buffer* place(std::size_t index) noexcept { return reinterpret_cast<Buffer*>(memory + index * sizeof(Buffer)); }

  alignas(Buffer) std::byte memory[kept_buffers * sizeof(Buffer)];
  std::size_t count;
};

}  // namespace

Buffer take_buffer() noexcept {
  Cache* const cache = ThreadKept<Cache>::get();
  return cache != nullptr && cache->count != 0 ? cache->pop() : Buffer();
}

void give_buffer(Buffer buffer) noexcept {
  if (buffer.capacity() == 0 || buffer.capacity() > largest_kept) return;
  Cache* const cache = ThreadKept<Cache>::get();
  if (cache == nullptr || cache->count == kept_buffers) return;
  buffer.clear();
  cache->push(std::move(buffer));
}

}  // namespace rpc::internal
