// What was read from a connection and not handled yet: gives frames, takes bytes. Knows nothing of sockets, so that
// fuzzers and tests can feed it.
//
//   InBuffer in(max_body, call_header_size);
//   auto [to, room] = in.space();
//   in.add(recv(fd, to, room, 0));
//   while (in.next(frame) == Parse::frame) handle(frame);
#pragma once

#include "net/chunk.h"
#include "net/frame.h"

#include <rpc/wire/codec_of.h>

#include <cstddef>

namespace rpc::net {

/// Used by one thread at a time: the connection's reader.
class InBuffer {
 public:
  /// `header` is that of the frames whose bodies are to lie where views of large blocks may point into them: the first
  /// in a chunk, and all that are longer than one.
  InBuffer(std::size_t max_body, std::size_t header) noexcept
      : start_(wire::block_padding(header)), begin_(start_), end_(start_), max_body_(max_body) {}

  /// Where the next bytes go; there is always some room. Memory grows with what has arrived, not with what a header
  /// announces: an announcement costs the peer nothing.
  struct Space {
    std::byte* at;
    std::size_t size;
  };
  Space space();

  /// `size` bytes were written to space().
  void add(std::size_t size) noexcept { end_ += size; }

  /// The next whole frame, which is then handled. Its bytes stay until space() is called, longer with a count of
  /// chunk().
  Parse next(Frame& frame) noexcept;

  /// There is the beginning of a frame that has not arrived in full. Exact after next() said Parse::more.
  bool partial() const noexcept { return begin_ != end_; }

  /// Gives the memory back when nothing is in it.
  void idle() noexcept;

  /// Forgets what is in it.
  void clear() noexcept {
    begin_ = end_ = start_;
    chunk_.reset();
  }

  Chunk* chunk() const noexcept { return chunk_.get(); }
  void set_max_body(std::size_t max_body) noexcept { max_body_ = max_body; }

 private:
  void move_to(std::size_t room);

  const std::size_t start_;  // of the first frame in a chunk
  ChunkRef chunk_;
  std::size_t begin_;
  std::size_t end_;
  std::size_t wanted_ = 0;  // bytes the partial frame has in the end
  std::size_t max_body_;
};

}  // namespace rpc::net
