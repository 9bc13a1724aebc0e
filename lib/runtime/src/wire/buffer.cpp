#include <rpc/wire/buffer.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

namespace rpc {

namespace {

// What a first small message needs, so that it does not grow in steps.
constexpr std::size_t first_capacity = 512;

// Large blocks of memory, such as the user's vectors, begin at the start of a page. A copy between places that are
// almost the same distance from the start of a page is up to 17 % slower (their low address bits alias), so that large
// buffers begin in the middle of one.
constexpr std::size_t large_capacity = std::size_t{128} << 10;
constexpr std::size_t half_page = 2048;

std::size_t lead(std::size_t capacity) { return capacity >= large_capacity ? half_page : 0; }

std::byte* checked(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return static_cast<std::byte*>(memory);
}

}  // namespace

void Buffer::release() noexcept {
  if (data_ != nullptr) std::free(data_ - lead(capacity_));
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
  capacity = std::max({capacity, capacity_ * 2, first_capacity});
  const std::size_t new_lead = lead(capacity);
  if (new_lead == lead(capacity_)) {
    std::byte* const memory = data_ != nullptr ? data_ - new_lead : nullptr;
    data_ = checked(std::realloc(memory, new_lead + capacity)) + new_lead;
  } else {
    std::byte* const data = checked(std::malloc(new_lead + capacity)) + new_lead;
    if (capacity_ != 0) std::memcpy(data, data_, capacity_);
    std::free(data_);
    data_ = data;
  }
  capacity_ = capacity;
}

}  // namespace rpc
