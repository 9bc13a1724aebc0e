// What encrypts one connection, and proves who is at its other end. Behind it is TLS, in a library of its own that a
// program may link; connections know no more than this.
//
//   while (cipher->handshake(fd) == Step::wants_read) wait(fd);             // on the control thread
//   Space space = cipher->space();  cipher->received(recv(fd, space…));     // the reader
//   size = cipher->decrypt(to, room);
//   cipher->encrypt(from, size);  cipher->send(fd);                         // the flusher
#pragma once

#include "net/in_buffer.h"
#include "net/out_queue.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace rpc::net {

/// Why a connection was not made.
struct Problem {
  std::string text{};

  /// Trying again would end in the same way, until somebody has changed something.
  bool lasting = false;

  /// The other end speaks another protocol.
  bool foreign = false;
};

enum class Step : std::uint8_t { wants_read, wants_write, done, failed };

/// A reader and a flusher may use it at the same time, each for its own part.
class Cipher {
 public:
  Cipher(const Cipher&) = delete;
  Cipher& operator=(const Cipher&) = delete;
  virtual ~Cipher() = default;

  /// Goes as far as it can without waiting. Takes no byte from the socket that comes after the handshake.
  virtual Step handshake(int fd) noexcept = 0;

  /// Why it failed; after the handshake, why the other end was not content with it.
  virtual const Problem& problem() const noexcept = 0;

  /// Who the other end is, verified, as in rpc::Peer: "x509:" and a name. Empty if it did not have to prove it.
  virtual std::string identity() const = 0;

  // The reader's.

  /// Where what is received goes. Throws std::bad_alloc.
  virtual InBuffer::Space space() = 0;

  /// `size` bytes were written there. All of them have to be decrypted before there is space again.
  virtual void received(std::size_t size) noexcept = 0;

  /// Whether decrypt() has something to give, or to say.
  virtual bool holds() const noexcept = 0;

  /// Gives what was received, at most `size` bytes of it; 0 when all was given. Throws Error (unavailable) at the end.
  virtual std::size_t decrypt(std::byte* to, std::size_t size) = 0;

  /// Whether decrypt() may have written an answer that waits for send().
  virtual bool answers() const noexcept = 0;

  /// There is the beginning of something that has not arrived in full.
  virtual bool partial() const noexcept = 0;

  /// Gives memory back when nothing is in it.
  virtual void idle() noexcept = 0;

  // The flusher's.

  /// Adds to what send() sends. False if that cannot be.
  virtual bool encrypt(const std::byte* from, std::size_t size) noexcept = 0;
  virtual Sent send(int fd) noexcept = 0;

  /// Something waits for send(): also what decrypt() had to answer. Under the connection's lock, while nobody flushes.
  virtual bool wants_send() const noexcept = 0;

  /// Tells the other end that nothing more comes, as far as the socket takes it at once. While nobody flushes.
  virtual void finish(int fd) noexcept = 0;

 protected:
  Cipher() = default;
};

/// Makes the ciphers of a channel or of a listener. Thread-safe.
class Ciphers {
 public:
  virtual ~Ciphers() = default;
  virtual std::unique_ptr<Cipher> make() = 0;
};

}  // namespace rpc::net
