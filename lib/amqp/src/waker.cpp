#include "waker.h"

#include <poll.h>
#include <sys/eventfd.h>

namespace rpc::amqp {

Waker::Waker() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

void Waker::wait(int fd, std::chrono::milliseconds most) noexcept {
  pollfd polled[] = {{event_.get(), POLLIN, 0}, {fd, POLLIN, 0}};
  ::poll(polled, 2, static_cast<int>(most.count()));
  eventfd_t count = 0;
  if (polled[0].revents != 0) ::eventfd_read(event_.get(), &count);
}

void Waker::wake() noexcept { ::eventfd_write(event_.get(), 1); }

}  // namespace rpc::amqp
