// Where OpenSSL reads and writes: in the handshake the socket, which never waits; then memory.
//
//   SSL_set_bio(ssl, pipe.bio(), pipe.bio());       // with a count of its own
//   pipe.use_socket(fd);  SSL_do_handshake(ssl);  pipe.use_memory();
//   recv(fd, space.at, …);  pipe.received(size);  SSL_read(ssl, …);
//   SSL_write(ssl, …);  pipe.send(fd);
#pragma once

#include "net/chunk.h"
#include "net/in_buffer.h"
#include "net/out_queue.h"
#include "openssl.h"

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rpc::tls {

/// OpenSSL and whoever receives may not be in it at the same time; one thread may send beside them with send_taken().
class Pipe {
 public:
  Pipe();
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() = default;

  BIO* bio() noexcept { return bio_.get(); }

  void use_socket(int fd) noexcept { fd_ = fd; }
  void use_memory() noexcept { fd_ = -1; }

  /// The socket's first byte began no TLS.
  bool foreign() const noexcept { return foreign_; }

  net::InBuffer::Space space();
  void received(std::size_t size) noexcept { end_ = size; }
  bool read_up() const noexcept { return begin_ == end_; }

  /// Gives the memory of space() back if all was read.
  void idle() noexcept;

  // What was written. wrote() is for everybody.
  std::size_t written() const noexcept { return written_.size(); }
  bool wrote() const noexcept { return wrote_.load(std::memory_order_acquire); }
  bool taken() const noexcept { return sent_ != sending_.size(); }
  void take() noexcept;
  net::Sent send_taken(int fd) noexcept;

 private:
  static const BIO_METHOD* method();
  int read(char* to, int size) noexcept;
  int read_socket(char* to, int size) noexcept;
  int write(const char* from, int size) noexcept;

  BioPtr bio_;
  int fd_ = -1;
  bool first_ = true;
  bool foreign_ = false;

  net::ChunkRef chunk_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;

  Buffer written_;
  std::atomic<bool> wrote_{false};  // it has something
  Buffer sending_;                  // the sending thread's
  std::size_t sent_ = 0;
};

}  // namespace rpc::tls
