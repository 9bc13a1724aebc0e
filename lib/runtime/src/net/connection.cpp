#include "net/connection.h"

#include "net/messages.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <new>
#include <utility>

namespace rpc::net {

namespace {

/// A thread waits for one connection at most so long; then that is idle, and its turn goes to another.
constexpr timeval longest_direct_wait{.tv_sec = 1, .tv_usec = 0};

}  // namespace

// The first count is the loop's: events carry the plain pointer.
Connection::Connection(Link link, Loop& loop, Mutex& mutex, std::size_t header)
    : fd_(std::move(link.fd)),
      cipher_(std::move(link.cipher)),
      loop_(loop),
      mutex_(mutex),
      in_(max_handshake_body, header) {}

bool Connection::on_events(std::uint32_t events) noexcept {
  if ((events & EPOLLOUT) != 0 && !on_writable()) return false;
  if ((events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0 || direct_ || !take_reading()) return true;
  unread_ = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  const Next received = receive(MSG_DONTWAIT);
  return finish(received == Next::more ? process() : received);
}

void Connection::begin_direct() noexcept {
  retain();
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &longest_direct_wait, sizeof longest_direct_wait);
  const Lock lock(mutex_);
  direct_ = true;
  update_interest();
}

bool Connection::make_room() noexcept {
  try {
    room_ = cipher_ == nullptr ? in_.space() : cipher_->space();
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

void Connection::await() noexcept {
  got_ = net::receive(fd_.get(), room_.at, room_.size, 0);
  error_ = errno;
}

bool Connection::on_received() noexcept {
  take_reading();
  unread_ = false;
  const Next received = take_in(got_, error_);
  return finish(received == Next::more ? process() : received);
}

// What has arrived meanwhile is reported by the epoll.
void Connection::end_direct() noexcept {
  {
    const Lock lock(mutex_);
    direct_ = false;
    update_interest();
  }
  release();
}

bool Connection::resume() noexcept { return finish(process()); }

bool Connection::finish(Next how) noexcept {
  if (how == Next::lost) return false;
  if (how != Next::closed) end_batch(how);
  return true;
}

// To be called with the lock when the loop goes on reading. One recv() for each event keeps the others' turn short.
void Connection::ask_again() noexcept {
  if (std::exchange(unread_, false) && interest_ != 0) loop_.interest(*this, fd_.get(), interest_, interest_);
}

void Connection::taken_over() noexcept { retain(); }

Next Connection::process() noexcept {
  if (closed_) return Next::closed;
  try {
    return handle_frames();
  } catch (const Error& error) {
    on_broken(error);
  } catch (const std::bad_alloc&) {
    on_broken(Error(Code::unavailable, "out of memory"));
  }
  return Next::closed;
}

Next Connection::handle_frames() {
  Next next = finish_frames();  // the last reader's
  Frame frame;
  while (next == Next::more) {
    const Parse parse = in_.next(frame);
    if (parse == Parse::bad) throw Error(Code::malformed, std::string("the peer sent ") + frame.problem);
    if (parse == Parse::frame) {
      ++handled_;
      next = handle(frame);
    } else if (next = finish_frames(); cipher_ == nullptr || next != Next::more || !decrypt()) {
      return next;
    }
  }
  return next;
}

// What there is to answer to the peer's TLS goes out with it.
bool Connection::decrypt() {
  if (!cipher_->holds()) return false;
  const InBuffer::Space room = in_.space();
  const std::size_t got = cipher_->decrypt(room.at, room.size);
  in_.add(got);
  if (cipher_->answers()) {
    Lock lock(mutex_);
    flush(lock);
  }
  return got != 0;
}

void Connection::idle() noexcept {
  in_.idle();
  if (cipher_ != nullptr) cipher_->idle();
}

Next Connection::receive(int flags) noexcept {
  if (!make_room()) return on_broken(Error(Code::unavailable, "out of memory")), Next::closed;
  const ssize_t got = net::receive(fd_.get(), room_.at, room_.size, flags);
  return take_in(got, errno);
}

Next Connection::take_in(ssize_t got, int error) noexcept {
  handled_ = 0;
  if (got > 0) {
    cipher_ == nullptr ? in_.add(static_cast<std::size_t>(got)) : cipher_->received(static_cast<std::size_t>(got));
    unread_ |= static_cast<std::size_t>(got) == room_.size;
    return Next::more;
  }
  if (got < 0 && (error == EAGAIN || error == EWOULDBLOCK || error == EINTR)) return Next::pause;
  try {
    on_broken(got == 0 ? Error(Code::unavailable, "the other end closed the connection")
                       : Error(Code::unavailable, "the connection was lost: " + error_text(error)));
  } catch (const std::bad_alloc&) {
    on_broken(Error(Code::unavailable, "out of memory"));
  }
  return Next::closed;
}

void Connection::flush(Lock& lock) noexcept {
  if (flushing_ || blocked_ || closed_ || drained()) return;
  flushing_ = true;
  retain();  // the reader may close while this thread sends
  while (!drained() && !blocked_) {
    out_.begin();
    lock.unlock();
    const Sent sent = cipher_ == nullptr ? out_.send(fd_.get()) : out_.send(fd_.get(), *cipher_);
    lock.lock();
    out_.end();
    if (sent == Sent::failed) {
      out_.clear();
      shut_down();
      break;
    }
    if (sent == Sent::some) blocked_ = true;
    if (closed_) break;
  }
  flushing_ = false;
  if (closed_) {
    fd_.reset();
    out_.clear();
  } else {
    update_interest();
    on_flushed();
  }
  release();
}

bool Connection::defer() noexcept {
  if (!Loop::in_batch()) return false;
  if (!deferred_) deferred_ = Loop::defer_flush(*this);
  return deferred_;
}

void Connection::flush_soon(Lock& lock) noexcept {
  if (out_.size() >= flush_at || !defer()) flush(lock);
}

void Connection::flush_deferred() noexcept {
  {
    Lock lock(mutex_);
    deferred_ = false;
    flush(lock);
  }
  release();
}

void Connection::set_reading(bool reading) noexcept {
  reading_ = reading;
  update_interest();
}

void Connection::update_interest() noexcept {
  const std::uint32_t wanted = closed_ ? 0U : (reading_ && !direct_ ? EPOLLIN : 0U) | (blocked_ ? EPOLLOUT : 0U);
  if (wanted != interest_) loop_.interest(*this, fd_.get(), std::exchange(interest_, wanted), wanted);
}

void Connection::close() noexcept {
  closed_ = true;
  update_interest();
  if (!flushing_) {
    if (cipher_ != nullptr) cipher_->finish(fd_.get());
    fd_.reset();
    out_.clear();
  }
  loop_.retire(*this);
}

void Connection::shut_down() noexcept {
  if (closed_) return;
  if (cipher_ != nullptr && !flushing_) cipher_->finish(fd_.get());
  ::shutdown(fd_.get(), SHUT_RDWR);
  expect_end();
}

}  // namespace rpc::net
