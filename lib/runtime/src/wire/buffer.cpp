#include <rpc/wire/buffer.h>

#include <cstdlib>
#include <cstring>
#include <new>

namespace rpc {

namespace {

// What a first small message needs, so that it does not grow in steps.
constexpr std::size_t first_capacity = 512;

}  // namespace

Buffer& Buffer::operator=(Buffer&& other) noexcept {
  if (this != &other) {
    release();
    data_ = other.data_;
    size_ = other.size_;
    capacity_ = other.capacity_;
    other.data_ = nullptr;
    other.size_ = other.capacity_ = 0;
  }
  return *this;
}

Buffer::~Buffer() { std::free(data_); }

void Buffer::release() noexcept {
  std::free(data_);
  data_ = nullptr;
  size_ = capacity_ = 0;
}

void Buffer::append(const void* bytes, std::size_t size) {
  if (size == 0) return;
  const std::size_t old_size = size_;
  resize(old_size + size);
  std::memcpy(data_ + old_size, bytes, size);
}

void Buffer::grow(std::size_t capacity) {
  if (capacity < capacity_ * 2) capacity = capacity_ * 2;
  if (capacity < first_capacity) capacity = first_capacity;
  void* data = std::realloc(data_, capacity);
  if (data == nullptr) throw std::bad_alloc();
  data_ = static_cast<std::byte*>(data);
  capacity_ = capacity;
}

}  // namespace rpc
