#include "net/socket.h"

#include "net/url.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>

namespace rpc::net {

namespace {

constexpr int keepalive_idle_s = 30;
constexpr int keepalive_interval_s = 10;
constexpr int keepalive_probes = 3;
constexpr unsigned unacknowledged_ms = 60'000;

template <class T>
void set(int fd, int level, int option, T value) noexcept {
  ::setsockopt(fd, level, option, &value, sizeof value);
}

std::string tcp_peer(Url::Scheme scheme, const sockaddr_storage& address, socklen_t size) {
  std::array<char, NI_MAXHOST> host{};
  std::array<char, NI_MAXSERV> port{};
  if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(), port.data(),
                    port.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return "tcp";
  }
  Url url{scheme, host.data()};
  std::from_chars(port.data(), port.data() + std::strlen(port.data()), url.port);
  return url.text();
}

std::optional<ucred> credentials(int fd) noexcept {
  int domain = 0;
  socklen_t size = sizeof domain;
  if (::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain != AF_UNIX) return std::nullopt;
  ucred who{};
  size = sizeof who;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) != 0) return std::nullopt;
  return who;
}

}  // namespace

void Fd::reset() noexcept {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
ssize_t receive(int fd, void* to, std::size_t size, int flags) noexcept { return ::recv(fd, to, size, flags); }

ssize_t send(int fd, const void* from, std::size_t size, int flags) noexcept { return ::send(fd, from, size, flags); }

int wait(int epoll, epoll_event* events, int count) noexcept { return ::epoll_wait(epoll, events, count, -1); }
#else
ssize_t receive(int fd, void* to, std::size_t size, int flags) noexcept {
  return ::syscall(SYS_recvfrom, fd, to, size, flags, nullptr, nullptr);
}

ssize_t send(int fd, const void* from, std::size_t size, int flags) noexcept {
  return ::syscall(SYS_sendto, fd, from, size, flags, nullptr, 0);
}

int wait(int epoll, epoll_event* events, int count) noexcept {
  return static_cast<int>(::syscall(SYS_epoll_wait, epoll, events, count, -1));
}
#endif

void prepare(int fd) noexcept {
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
  ::fcntl(fd, F_SETFD, FD_CLOEXEC);
  int domain = 0;
  socklen_t size = sizeof domain;
  if (::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0 || domain == AF_UNIX) return;
  set(fd, IPPROTO_TCP, TCP_NODELAY, 1);
  set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
  set(fd, IPPROTO_TCP, TCP_KEEPIDLE, keepalive_idle_s);
  set(fd, IPPROTO_TCP, TCP_KEEPINTVL, keepalive_interval_s);
  set(fd, IPPROTO_TCP, TCP_KEEPCNT, keepalive_probes);
  set(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, unacknowledged_ms);
}

std::string peer_name(int fd, const std::string& local) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return local;
  if (address.ss_family != AF_UNIX) {
    return tcp_peer(local.starts_with("tls://") ? Url::Scheme::tls : Url::Scheme::tcp, address, size);
  }
  const std::optional<ucred> who = credentials(fd);
  return who ? local + " (pid " + std::to_string(who->pid) + ")" : local;
}

std::string kernel_identity(int fd) {
  const std::optional<ucred> who = credentials(fd);
  return who ? "uid:" + std::to_string(who->uid) : std::string();
}

bool has_unread(int fd) noexcept {
  int bytes = 0;
  return ::ioctl(fd, FIONREAD, &bytes) == 0 && bytes > 0;
}

std::string error_text(int error) { return std::system_category().message(error); }

}  // namespace rpc::net
