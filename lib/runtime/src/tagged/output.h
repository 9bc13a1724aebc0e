// A body that is being written in the tagged encoding: the encoder's memory, at hand.
//
//   at = out.room(at, max_varint);        // at may be another place now, and all pointers into the body are
//   at = put_varint(at, size);
#pragma once

#include <rpc/wire/writer.h>

namespace rpc::tagged {

class Output {
 public:
  explicit Output(Encoder& encoder) : begin_(encoder.begin().place()), encoder_(encoder) { find_end(); }

  Encoder& encoder() { return encoder_; }

  std::byte* begin() const { return begin_; }

  /// Keeps what was written up to there. Throws Error (too_large).
  void commit(std::byte* at) { encoder_.commit(Writer(encoder_, at)); }

  /// Bytes from the start of the body, and the place that many bytes from it.
  std::size_t offset(const std::byte* at) const { return static_cast<std::size_t>(at - begin_); }
  std::byte* place(std::size_t offset) const { return begin_ + offset; }

  bool has_room(const std::byte* at, std::size_t size) const { return static_cast<std::size_t>(end_ - at) >= size; }

  /// Makes sure that `size` bytes can be put at the place it returns, which is where `at` is then.
  [[gnu::always_inline]] std::byte* room(std::byte* at, std::size_t size) {
    if (!has_room(at, size)) [[unlikely]]
      return grow(at, size);
    return at;
  }

  /// The same of a place up to which the encoder itself was written to, and may have moved.
  std::byte* adopt(std::byte* at) {
    begin_ = encoder_.place(0);
    find_end();
    return at;
  }

 private:
  std::byte* grow(std::byte* at, std::size_t size);

  void find_end() { end_ = begin_ + encoder_.left(begin_); }

  std::byte* begin_;
  Encoder& encoder_;
  std::byte* end_;  // not beside begin_: the buffer's two would be loaded at once, which waits for the store of either
};

}  // namespace rpc::tagged
