// Bytes that wait to be sent on a connection. Small frames are gathered into common buffers, large ones queue as they
// are, and one sendmsg() takes them all.
//
//   queue.append(frame.data(), frame.size());
//   switch (queue.send(fd)) { case Sent::all: …  case Sent::some: wait_until_writable();  case Sent::failed: close(); }
#pragma once

#include <rpc/wire/buffer.h>

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rpc::net {

class Cipher;

/// Bodies longer than this are not copied.
inline constexpr std::size_t large_frame = std::size_t{16} << 10;

/// A gathering buffer that holds this much is sent without waiting for the end of the batch.
inline constexpr std::size_t flush_at = std::size_t{64} << 10;

enum class Sent : std::uint8_t { all, some, failed };

/// Guarded by the connection's lock, except between begin() and end(): then the thread that said begin() sends without
/// the lock while others append.
class OutQueue {
 public:
  bool empty() const noexcept { return size_ == 0; }

  /// Bytes not sent yet.
  std::size_t size() const noexcept { return size_; }

  /// Adds a frame by copying it.
  void append(const std::byte* bytes, std::size_t size);

  /// Adds the frame that begins at `offset`: takes the buffer if it is large, else copies.
  void append(Buffer& frame, std::size_t offset);

  /// Adds frames that were gathered elsewhere: takes the buffer, and gives an emptied one for it if there is one.
  void append_batch(Buffer& frames);

  /// The buffer that gathers small frames, for writing a frame straight into it; gathered() must follow.
  Buffer& gather();
  void gathered(std::size_t size_before) noexcept { size_ += waiting_.back().bytes.size() - size_before; }

  /// Under the lock: everything that waits becomes what send() sends.
  void begin();

  /// Without the lock: sends until all is gone, the socket takes no more, or it fails.
  Sent send(int fd) noexcept;

  /// The same, encrypted. What the cipher took counts as not sent until the socket has it.
  Sent send(int fd, Cipher& cipher) noexcept;

  /// Under the lock: accounts for what was sent and keeps the emptied buffer.
  void end();

  void clear() noexcept;

 private:
  struct Segment {
    Buffer bytes;
    std::size_t begin = 0;
    bool gathers = false;
  };

  ssize_t send_some(int fd) noexcept;
  bool encrypt_some(Cipher& cipher) noexcept;
  void take(std::size_t sent) noexcept;

  std::vector<Segment> waiting_;
  std::vector<Segment> sending_;  // from begin() to end() only the sender's
  std::size_t first_ = 0;         // of sending_
  std::size_t sent_ = 0;          // bytes since begin()
  std::size_t encrypted_ = 0;     // bytes that a cipher took, and the socket did not yet
  std::size_t size_ = 0;
  Buffer spare_;
};

}  // namespace rpc::net
