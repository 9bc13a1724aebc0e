#include <rpc/view_memory.h>

#include <cstdint>
#include <new>

#include "buffer_cache.h"

namespace rpc::internal {

/// Lies at the start of the buffer it holds.
struct ViewMemory::Piece {
  Buffer memory;
  Piece* before;
};

std::byte* ViewMemory::room(std::size_t size, std::size_t alignment) {
  const auto place_in = [&](const Buffer& memory) {
    const auto end = reinterpret_cast<std::uintptr_t>(memory.data()) + memory.size();
    return memory.size() + -end % alignment;
  };
  if (last_ == nullptr || place_in(last_->memory) + size > last_->memory.capacity()) {
    Buffer memory = take_buffer();
    memory.reserve(sizeof(Piece) + alignment + size);
    memory.resize(sizeof(Piece));
    std::byte* const start = memory.data();
    last_ = ::new (start) Piece{std::move(memory), last_};
  }
  const std::size_t place = place_in(last_->memory);
  last_->memory.resize(place + size);
  return last_->memory.data() + place;
}

void ViewMemory::release() noexcept {
  while (last_ != nullptr) {
    Piece* const piece = last_;
    last_ = piece->before;
    Buffer memory = std::move(piece->memory);
    piece->~Piece();
    give_buffer(std::move(memory));
  }
}

}  // namespace rpc::internal
