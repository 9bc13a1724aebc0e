// Memory that a connection reads into. Counted, because requests and handed-over calls go on pointing into it after the
// connection has read on; what was read is never moved or written again while anybody but the reader holds a count.
//
//   ChunkRef chunk = Chunk::make(Chunk::usual_size);
//   read(fd, chunk->data(), chunk->capacity());
#pragma once

#include "server_call.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace rpc::net {

class ChunkRef;

/// The bytes lie behind the object, in the same allocation.
class Chunk final : public internal::RequestMemory {
 public:
  static constexpr std::size_t usual_size = std::size_t{64} << 10;

  /// One of the usual size comes from a store of the thread if it has one. Throws std::bad_alloc.
  static ChunkRef make(std::size_t capacity);

  Chunk(const Chunk&) = delete;
  Chunk& operator=(const Chunk&) = delete;

  std::byte* data() noexcept { return reinterpret_cast<std::byte*>(this + 1); }
  std::size_t capacity() const noexcept { return capacity_; }

  /// Nobody else can see the bytes.
  bool unique() const noexcept { return count_.load(std::memory_order_acquire) == 1; }

  void retain() noexcept override { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept override;

 private:
  explicit Chunk(std::size_t capacity) noexcept : capacity_(capacity) {}

  std::size_t capacity_;
  std::atomic<std::uint32_t> count_{1};
};

/// One count of a chunk, or none.
class ChunkRef {
 public:
  ChunkRef() noexcept = default;
  explicit ChunkRef(Chunk* adopted) noexcept : chunk_(adopted) {}
  ChunkRef(ChunkRef&& other) noexcept : chunk_(std::exchange(other.chunk_, nullptr)) {}
  ChunkRef& operator=(ChunkRef&& other) noexcept {
    std::swap(chunk_, other.chunk_);
    return *this;
  }
  ~ChunkRef() { reset(); }

  void reset() noexcept {
    if (Chunk* chunk = std::exchange(chunk_, nullptr)) chunk->release();
  }

  Chunk* get() const noexcept { return chunk_; }
  Chunk* operator->() const noexcept { return chunk_; }
  explicit operator bool() const noexcept { return chunk_ != nullptr; }

 private:
  Chunk* chunk_ = nullptr;
};

}  // namespace rpc::net
