// Memory for views of a request whose own bytes will not do. Most spans point into the request; a block of numbers that
// begins at an address where no number may be read is copied here, and so are numbers that travel in another form than
// they have in memory. They live as long as the call.
//
//   internal::ViewMemory views;
//   Decoder in(bytes, size, limits, &views);
//   at.read(span);        // copies 800 bytes at an odd address, none at an even one
#pragma once

#include <cstddef>
#include <utility>

namespace rpc::internal {

/// Movable; what it keeps stays where it is. Used by one thread at a time.
class ViewMemory {
 public:
  ViewMemory() noexcept = default;
  ViewMemory(ViewMemory&& other) noexcept : last_(std::exchange(other.last_, nullptr)) {}
  ViewMemory& operator=(ViewMemory&& other) noexcept {
    std::swap(last_, other.last_);
    return *this;
  }
  ~ViewMemory() {
    if (last_ != nullptr) release();
  }

  /// `size` bytes at a multiple of `alignment`. Throws std::bad_alloc.
  std::byte* room(std::size_t size, std::size_t alignment);

 private:
  struct Piece;

  void release() noexcept;

  Piece* last_ = nullptr;
};

}  // namespace rpc::internal
