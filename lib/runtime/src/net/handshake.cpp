#include "net/handshake.h"

#include "net/control_thread.h"

#include <asio/post.hpp>

#include <utility>

namespace rpc::net::control {

Handshake::Handshake(Fd fd, std::unique_ptr<Cipher> cipher, Done done)
    : fd_(fd.get()),
      socket_(context(), fd.release()),
      timer_(context()),
      cipher_(std::move(cipher)),
      done_(std::move(done)) {}

std::shared_ptr<Handshake> Handshake::begin(Fd fd, std::unique_ptr<Cipher> cipher, std::chrono::milliseconds timeout,
                                            Done done) {
  auto handshake = std::make_shared<Handshake>(std::move(fd), std::move(cipher), std::move(done));
  handshake->timer_.expires_after(timeout);
  handshake->timer_.async_wait([handshake](const asio::error_code& error) {
    if (!error) handshake->finish({.text = "no TLS handshake within Limits::handshake_timeout"});
  });
  asio::post(context(), [handshake] { handshake->step(); });
  return handshake;
}

void Handshake::step() {
  if (!done_) return;
  switch (cipher_->handshake(fd_)) {
    case Step::wants_read: return wait_for(asio::posix::stream_descriptor::wait_read);
    case Step::wants_write: return wait_for(asio::posix::stream_descriptor::wait_write);
    case Step::failed: return finish(cipher_->problem());
    case Step::done: return finish({});
  }
}

void Handshake::wait_for(asio::posix::stream_descriptor::wait_type what) {
  socket_.async_wait(what, [self = shared_from_this()](const asio::error_code& error) {
    if (!error) self->step();
  });
}

void Handshake::finish(Problem problem) {
  if (!done_) return;
  timer_.cancel();
  Link link{.fd = Fd(socket_.release()), .problem = std::move(problem)};
  if (!link.failed()) link.cipher = std::move(cipher_);
  prepare(fd_);
  std::exchange(done_, nullptr)(std::move(link));
}

void Handshake::cancel() {
  done_ = nullptr;
  timer_.cancel();
  asio::error_code ignored;
  socket_.close(ignored);
}

}  // namespace rpc::net::control
