// What the sockets of connections have.
#include "net/socket.h"

#include <gtest/gtest.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace {

int option(const rpc::net::Fd& fd, int level, int name) {
  int value = -1;
  socklen_t size = sizeof value;
  EXPECT_EQ(::getsockopt(fd.get(), level, name, &value, &size), 0);
  return value;
}

// What docs/many-servers.md says of servers whose machine vanishes rests on these.
TEST(Socket, NoticesWithinAMinuteThatTheOtherMachineIsGone) {
  const rpc::net::Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  rpc::net::prepare(fd.get());
  EXPECT_EQ(option(fd, SOL_SOCKET, SO_KEEPALIVE), 1);
  const int unread = option(fd, IPPROTO_TCP, TCP_KEEPIDLE) +
                     option(fd, IPPROTO_TCP, TCP_KEEPINTVL) * option(fd, IPPROTO_TCP, TCP_KEEPCNT);
  EXPECT_LE(unread, 60);
  EXPECT_EQ(option(fd, IPPROTO_TCP, TCP_USER_TIMEOUT), 60'000);
  EXPECT_EQ(option(fd, IPPROTO_TCP, TCP_NODELAY), 1);
}

}  // namespace
