// Bytes that grow: what messages are encoded into. New bytes are not initialised, and clear() keeps the memory, so
// a buffer that is used again does not allocate.
//
//   rpc::Buffer buffer;
//   rpc::Encoder out(buffer);
//   …
//   send(buffer.data(), buffer.size());
//   buffer.clear();
#pragma once

#include <cstddef>
#include <utility>

namespace rpc {

/// Movable, not copyable. data() is aligned for every type of the language (to 16 bytes).
class Buffer {
 public:
  Buffer() = default;
  Buffer(Buffer&& other) noexcept : data_(other.data_), size_(other.size_), capacity_(other.capacity_) {
    other.data_ = nullptr;
    other.size_ = other.capacity_ = 0;
  }
  Buffer& operator=(Buffer&& other) noexcept {
    if (this == &other) return *this;
    if (data_ != nullptr) release();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
    return *this;
  }
  ~Buffer() {
    if (data_ != nullptr) release();
  }

  std::byte* data() noexcept { return data_; }
  const std::byte* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bool empty() const noexcept { return size_ == 0; }

  /// Forgets the bytes and keeps the memory.
  void clear() noexcept { size_ = 0; }

  /// Gives the memory back as well.
  void release() noexcept;

  /// Makes the capacity at least `capacity`. Pointers into the buffer become invalid. Throws std::bad_alloc.
  void reserve(std::size_t capacity) {
    if (capacity > capacity_) grow(capacity);
  }

  /// Sets the size; bytes this adds have any value.
  void resize(std::size_t size) {
    reserve(size);
    size_ = size;
  }

  /// Adds a copy of `size` bytes, which must not be the buffer's own.
  void append(const void* bytes, std::size_t size);

 private:
  friend class Encoder;

  void grow(std::size_t capacity);

  std::byte* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace rpc
