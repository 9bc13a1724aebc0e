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
  Buffer(Buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)),
        end_(std::exchange(other.end_, nullptr)),
        limit_(std::exchange(other.limit_, nullptr)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    if (this == &other) return *this;
    if (data_ != nullptr) release();
    data_ = std::exchange(other.data_, nullptr);
    end_ = std::exchange(other.end_, nullptr);
    limit_ = std::exchange(other.limit_, nullptr);
    return *this;
  }
  ~Buffer() {
    if (data_ != nullptr) release();
  }

  std::byte* data() noexcept { return data_; }
  const std::byte* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return static_cast<std::size_t>(end_ - data_); }
  std::size_t capacity() const noexcept { return static_cast<std::size_t>(limit_ - data_); }
  bool empty() const noexcept { return end_ == data_; }

  /// Forgets the bytes and keeps the memory.
  void clear() noexcept { end_ = data_; }

  /// Gives the memory back as well.
  void release() noexcept;

  /// Makes the capacity at least `capacity`. Pointers into the buffer become invalid. Throws std::bad_alloc.
  void reserve(std::size_t capacity) {
    if (capacity > this->capacity()) grow(capacity);
  }

  /// Sets the size; bytes this adds have any value.
  void resize(std::size_t size) {
    reserve(size);
    end_ = data_ + size;
  }

  /// Adds a copy of `size` bytes, which must not be the buffer's own.
  void append(const void* bytes, std::size_t size);

 private:
  friend class Encoder;

  void grow(std::size_t capacity);

  std::byte* data_ = nullptr;
  std::byte* end_ = nullptr;    // of the bytes
  std::byte* limit_ = nullptr;  // of the memory
};

}  // namespace rpc
