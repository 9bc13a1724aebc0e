// File descriptors and the options of sockets.
//
//   net::Fd fd(::socket(…));
//   net::prepare(fd.get());
#pragma once

#include <sys/epoll.h>
#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace rpc::net {

/// Owns a descriptor.
class Fd {
 public:
  Fd() noexcept = default;
  explicit Fd(int fd) noexcept : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() { reset(); }

  void reset() noexcept;

  /// Gives the descriptor to the caller.
  int release() noexcept { return std::exchange(fd_, -1); }
  int get() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

// The calls every message makes. Those of the C library can be cancelled by pthread_cancel(), which nobody does here,
// and pay for it with two atomic operations each; sanitizers need to see them all the same.
ssize_t receive(int fd, void* to, std::size_t size, int flags) noexcept;
ssize_t send(int fd, const void* from, std::size_t size, int flags) noexcept;
int wait(int epoll, epoll_event* events, int count) noexcept;

/// Sets what every connection has: blocking (calls that must not block say so themselves), no Nagle, keepalive and a
/// limit for unacknowledged data, so that a peer that vanished without a word is noticed.
void prepare(int fd) noexcept;

/// The other end as logs name it: "tcp://10.0.0.7:50312", "unix:/run/t.sock (pid 12)". `local` is this end's address.
std::string peer_name(int fd, const std::string& local);

/// Whose process connected, as the kernel says of Unix sockets: "uid:1000". Empty if it does not.
std::string kernel_identity(int fd);

/// Whether bytes have arrived that nobody read.
bool has_unread(int fd) noexcept;

/// strerror() for threads.
std::string error_text(int error);

}  // namespace rpc::net
