#include "net/in_buffer.h"

#include <algorithm>
#include <cstring>

namespace rpc::net {

namespace {

/// Reading into less would cost too many system calls.
constexpr std::size_t least_room = 4096;

/// Once a usual chunk is full of a frame, the next is made as large as the frame says up to here; beyond, it doubles.
constexpr std::size_t trusted_size = std::size_t{1} << 20;

}  // namespace

Parse InBuffer::next(Frame& frame) noexcept {
  if (begin_ == end_) return wanted_ = 0, Parse::more;
  const Parse parse = parse_frame(chunk_->data() + begin_, end_ - begin_, max_body_, frame);
  if (parse == Parse::frame) begin_ += frame.total;
  wanted_ = parse == Parse::more ? frame.total : 0;
  return parse;
}

InBuffer::Space InBuffer::space() {
  if (!chunk_) {
    chunk_ = Chunk::make(Chunk::usual_size);
    begin_ = end_ = start_;
  } else if (begin_ == end_ && chunk_->unique()) {
    begin_ = end_ = start_;
  }
  const std::size_t held = end_ - begin_;
  const bool will_fit = begin_ == start_ || begin_ + wanted_ <= chunk_->capacity();
  if (!will_fit || chunk_->capacity() - end_ < least_room) {
    const std::size_t trusted = held + least_room > Chunk::usual_size ? trusted_size : 0;
    const std::size_t grown = std::min(wanted_ + least_room, std::max(trusted, 2 * held));
    move_to(std::max(grown, held + least_room));
  }
  return {chunk_->data() + end_, chunk_->capacity() - end_};
}

void InBuffer::move_to(std::size_t room) {
  const std::size_t held = end_ - begin_;
  const std::size_t capacity = std::max(start_ + room, Chunk::usual_size);
  if (chunk_->unique() && capacity <= chunk_->capacity()) {
    std::memmove(chunk_->data() + start_, chunk_->data() + begin_, held);
  } else {
    ChunkRef larger = Chunk::make(capacity);
    std::memcpy(larger->data() + start_, chunk_->data() + begin_, held);
    chunk_ = std::move(larger);
  }
  begin_ = start_;
  end_ = start_ + held;
}

void InBuffer::idle() noexcept {
  if (begin_ == end_) chunk_.reset();
}

}  // namespace rpc::net
