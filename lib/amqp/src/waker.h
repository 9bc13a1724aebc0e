// Lets a thread wait for its connection and for other threads at the same time.
//
//   waker.wait(link ? link->fd() : -1, 1s);     // the owner
//   waker.wake();                               // any other thread
#pragma once

#include "net/socket.h"

#include <chrono>

namespace rpc::amqp {

class Waker {
 public:
  Waker();

  /// Until the descriptor has input (-1: there is none), somebody wakes, or the time is over. What was woken for before
  /// counts.
  void wait(int fd, std::chrono::milliseconds most) noexcept;

  void wake() noexcept;

 private:
  const net::Fd event_;
};

}  // namespace rpc::amqp
