#include "buffer_cache.h"

#include <array>
#include <cstddef>
#include <utility>

namespace rpc::internal {
namespace {

constexpr std::size_t kept_buffers = 4;
constexpr std::size_t largest_kept = std::size_t{64} << 10;

struct Cache {
  std::array<Buffer, kept_buffers> buffers;
  std::size_t count = 0;
};

thread_local Cache cache;

}  // namespace

Buffer take_buffer() noexcept {
  if (cache.count == 0) return {};
  return std::move(cache.buffers[--cache.count]);
}

void give_buffer(Buffer buffer) noexcept {
  if (cache.count == kept_buffers || buffer.capacity() == 0 || buffer.capacity() > largest_kept) return;
  buffer.clear();
  cache.buffers[cache.count++] = std::move(buffer);
}

}  // namespace rpc::internal
