#include <rpc/wire/buffer.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "wire/large_memory.h"

namespace rpc {

namespace {

// What a first small message needs, so that it does not grow in steps.
constexpr std::size_t first_capacity = 512;

// Small messages begin at the start of a cache line, so that they lie in few: a value that lies in two is slower to
// write.
constexpr std::size_t cache_line = 64;

// Large blocks of memory, such as the user's vectors, begin at the start of a page. A copy between places that are
// almost the same distance from the start of a page is up to 17 % slower (their low address bits alias), so that large
// buffers begin in the middle of one.
constexpr std::size_t large_capacity = std::size_t{128} << 10;
constexpr std::size_t half_page = 2048;

bool is_large(std::size_t capacity) { return capacity >= large_capacity; }

std::byte* checked(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<std::byte*>(memory);
}

std::byte* allocate(std::size_t& capacity) {
  if (is_large(capacity)) {
    const wire::Memory memory = wire::take_large(half_page + capacity);
    capacity = memory.size - half_page;
    return static_cast<std::byte*>(memory.begin) + half_page;
  }
  return checked(std::aligned_alloc(cache_line, (capacity + cache_line - 1) / cache_line * cache_line));
}

}  // namespace

void Buffer::release() noexcept {
  if (is_large(capacity())) {
    wire::give_large({data_ - half_page, half_page + capacity()});
  } else {
    std::free(data_);
  }
  data_ = end_ = limit_ = nullptr;
}

void Buffer::append(const void* bytes, std::size_t size) {
  if (size == 0) return;
  const std::size_t old_size = this->size();
  resize(old_size + size);
  std::memcpy(data_ + old_size, bytes, size);
}

void Buffer::grow(std::size_t capacity) {
  const std::size_t old_size = size();
  const std::size_t old_capacity = this->capacity();
  capacity = std::max({capacity, old_capacity * 2, first_capacity});
  if (is_large(old_capacity)) {
    data_ = checked(std::realloc(data_ - half_page, half_page + capacity)) + half_page;
  } else {
    std::byte* const data = allocate(capacity);
    if (old_capacity != 0) std::memcpy(data, data_, old_capacity);
    std::free(data_);
    data_ = data;
  }
  end_ = data_ + old_size;
  limit_ = data_ + capacity;
}

}  // namespace rpc
