#include "pipe.h"

#include "net/socket.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace rpc::tls {

namespace {

/// A record of TLS begins with its type; the first of a handshake is one of these.
constexpr unsigned char first_type = 20;
constexpr unsigned char last_type = 22;

bool would_wait(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

}  // namespace

const BIO_METHOD* Pipe::method() {
  static BIO_METHOD& made = []() -> BIO_METHOD& {
    BIO_METHOD* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "farcall");
    if (method == nullptr) throw std::bad_alloc();
    BIO_meth_set_read(
        method, [](BIO* bio, char* to, int size) { return static_cast<Pipe*>(BIO_get_data(bio))->read(to, size); });
    BIO_meth_set_write(method, [](BIO* bio, const char* from, int size) {
      return static_cast<Pipe*>(BIO_get_data(bio))->write(from, size);
    });
    BIO_meth_set_ctrl(method, [](BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1L : 0L; });
    return *method;
  }();
  return &made;
}

Pipe::Pipe() : bio_(BIO_new(method())) {
  if (bio_ == nullptr) throw std::bad_alloc();
  BIO_set_data(bio_.get(), this);
  BIO_set_init(bio_.get(), 1);
}

net::InBuffer::Space Pipe::space() {
  if (!chunk_) chunk_ = net::Chunk::make(net::Chunk::usual_size);
  begin_ = end_ = 0;
  return {chunk_->data(), chunk_->capacity()};
}

void Pipe::idle() noexcept {
  if (read_up()) chunk_.reset();
}

int Pipe::read(char* to, int size) noexcept {
  BIO_clear_retry_flags(bio_.get());
  if (fd_ >= 0) return read_socket(to, size);
  if (read_up()) {
    BIO_set_retry_read(bio_.get());
    return -1;
  }
  const std::size_t count = std::min(end_ - begin_, static_cast<std::size_t>(size));
  std::memcpy(to, chunk_->data() + begin_, count);
  begin_ += count;
  return static_cast<int>(count);
}

// A peer of another protocol gets no alert, which it would not understand.
int Pipe::read_socket(char* to, int size) noexcept {
  const ssize_t got = net::receive(fd_, to, static_cast<std::size_t>(size), MSG_DONTWAIT);
  if (got < 0 && would_wait(errno)) BIO_set_retry_read(bio_.get());
  if (got > 0 && std::exchange(first_, false)) {
    const auto type = static_cast<unsigned char>(to[0]);
    foreign_ = type < first_type || type > last_type;
  }
  return foreign_ ? -1 : static_cast<int>(got);
}

int Pipe::write(const char* from, int size) noexcept {
  BIO_clear_retry_flags(bio_.get());
  if (fd_ >= 0) {
    if (foreign_) return -1;
    const ssize_t sent = net::send(fd_, from, static_cast<std::size_t>(size), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && would_wait(errno)) BIO_set_retry_write(bio_.get());
    return static_cast<int>(sent);
  }
  try {
    written_.append(from, static_cast<std::size_t>(size));
  } catch (const std::bad_alloc&) {
    return -1;
  }
  wrote_.store(true, std::memory_order_release);
  return size;
}

void Pipe::take() noexcept {
  if (taken()) return;
  sending_.clear();
  std::swap(sending_, written_);
  sent_ = 0;
  wrote_.store(false, std::memory_order_relaxed);
}

net::Sent Pipe::send_taken(int fd) noexcept {
  while (taken()) {
    const ssize_t sent = net::send(fd, sending_.data() + sent_, sending_.size() - sent_, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return would_wait(errno) ? net::Sent::some : net::Sent::failed;
    sent_ += static_cast<std::size_t>(sent);
  }
  return net::Sent::all;
}

}  // namespace rpc::tls
