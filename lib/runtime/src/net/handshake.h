// The beginning of an encrypted connection, on the control thread: any number of them side by side, each within its
// own time.
//
//   std::shared_ptr<Handshake> handshake = Handshake::begin(std::move(fd), ciphers.make(), 10s, [](Link link) { … });
//   handshake->cancel();
#pragma once

#include "net/control.h"

#include <asio/posix/stream_descriptor.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace rpc::net::control {

/// All of it on the control thread.
class Handshake : public std::enable_shared_from_this<Handshake> {
 public:
  /// Called once, unless it is cancelled before; never by begin(). A link that failed has the socket all the same.
  using Done = std::function<void(Link link)>;

  static std::shared_ptr<Handshake> begin(Fd fd, std::unique_ptr<Cipher> cipher, std::chrono::milliseconds timeout,
                                          Done done);

  Handshake(Fd fd, std::unique_ptr<Cipher> cipher, Done done);

  void cancel();

 private:
  void step();
  void wait_for(asio::posix::stream_descriptor::wait_type what);
  void finish(Problem problem);

  const int fd_;
  asio::posix::stream_descriptor socket_;
  asio::steady_timer timer_;
  std::unique_ptr<Cipher> cipher_;
  Done done_;
};

}  // namespace rpc::net::control
