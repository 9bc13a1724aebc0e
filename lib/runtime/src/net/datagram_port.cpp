#include "net/datagram_port.h"

#include "log.h"
#include "net/engine.h"
#include "net/server_connection.h"

#include <linux/sock_diag.h>
#include <sys/random.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace rpc::net {

namespace {

/// Asked for; the system gives what it allows.
constexpr int receive_buffer = 4 << 20;

/// In the memory of one, so that views may point into its arguments.
constexpr std::size_t datagram_start = wire::block_padding(sizeof(DatagramHeader));

/// Then the loop's other sources have their turn.
constexpr unsigned most_batches = 8;

sockaddr* any(sockaddr_storage& address) noexcept { return reinterpret_cast<sockaddr*>(&address); }

void set_port(sockaddr_storage& address, std::uint16_t port) noexcept {
  auto& field = address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                              : reinterpret_cast<sockaddr_in&>(address).sin_port;
  field = htons(port);
}

std::uint16_t port_of(const sockaddr_storage& address) noexcept {
  return ntohs(address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                             : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

/// Without its port.
in6_addr host_of(const sockaddr_storage& address) noexcept {
  if (address.ss_family == AF_INET6) return reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  in6_addr mapped{};
  mapped.s6_addr[10] = mapped.s6_addr[11] = 0xff;
  std::memcpy(&mapped.s6_addr[12], &reinterpret_cast<const sockaddr_in&>(address).sin_addr, sizeof(in_addr));
  return mapped;
}

bool same(const in6_addr& a, const in6_addr& b) noexcept { return std::memcmp(&a, &b, sizeof a) == 0; }

/// Takes as long wherever they differ.
bool same(const Token& a, const Token& b) noexcept {
  std::byte difference{};
  for (std::size_t i = 0; i < a.size(); ++i) difference |= a[i] ^ b[i];
  return difference == std::byte{};
}

std::uint64_t key_of(const Token& token) noexcept {
  std::uint64_t key = 0;
  std::memcpy(&key, token.data(), sizeof key);
  return key;
}

/// Bound to `address`, and then to any port if that one is taken. An IPv6 socket takes IPv4 if `listener` does.
Fd bind_beside(int listener, sockaddr_storage& address, socklen_t size) noexcept {
  Fd fd(::socket(address.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  int only_ipv6 = 0;
  socklen_t option_size = sizeof only_ipv6;
  if (address.ss_family == AF_INET6 &&
      ::getsockopt(listener, IPPROTO_IPV6, IPV6_V6ONLY, &only_ipv6, &option_size) == 0) {
    ::setsockopt(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, &only_ipv6, sizeof only_ipv6);
  }
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  if (::bind(fd.get(), any(address), size) == 0) return fd;
  if (errno == EADDRINUSE) set_port(address, 0);
  return ::bind(fd.get(), any(address), size) == 0 ? std::move(fd) : Fd();
}

}  // namespace

internal::Ref<DatagramPort> DatagramPort::open(int listener, const Limits& limits,
                                               std::shared_ptr<ServerCounts> counts) {
  const std::uint16_t max_size = max_datagram(limits);
  if (max_size == 0) return {};
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  Fd fd;
  if (::getsockname(listener, any(address), &size) == 0) fd = bind_beside(listener, address, size);
  if (!fd || ::getsockname(fd.get(), any(address), &size) != 0) {
    internal::log(Severity::warning, "no datagrams for maybe calls: " + error_text(errno));
    return {};
  }
  auto* const port = new DatagramPort(std::move(fd), port_of(address), max_size, std::move(counts));
  port->loop_.interest(*port, port->fd_.get(), 0, EPOLLIN);
  return internal::Ref<DatagramPort>::share(port);
}

DatagramPort::DatagramPort(Fd fd, std::uint16_t port, std::uint16_t max_size, std::shared_ptr<ServerCounts> counts)
    : loop_(Engine::get().next_loop()),
      port_(port),
      max_size_(max_size),
      room_((datagram_start + max_size + 7) / 8 * 8),
      slots_(std::min(most_at_once, Chunk::usual_size / room_)),
      counts_(std::move(counts)),
      fd_(std::move(fd)) {}

std::optional<DatagramOffer> DatagramPort::admit(ServerConnection& connection, int fd) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  DatagramOffer offer{.port = port_, .max_size = max_size_};
  if (::getpeername(fd, any(peer), &size) != 0 ||
      ::getrandom(offer.token.data(), offer.token.size(), 0) != static_cast<ssize_t>(offer.token.size())) {
    return std::nullopt;
  }
  const std::lock_guard lock(mutex_);
  const Session session{.token = offer.token, .peer = host_of(peer), .connection = &connection};
  if (!fd_ || !sessions_.emplace(key_of(offer.token), session).second) return std::nullopt;
  connection.retain();
  return offer;
}

void DatagramPort::remove(const Token& token) noexcept {
  ServerConnection* removed = nullptr;
  {
    const std::lock_guard lock(mutex_);
    const auto found = sessions_.find(key_of(token));
    if (found == sessions_.end()) return;
    removed = found->second.connection;
    sessions_.erase(found);
  }
  removed->release();
}

void DatagramPort::close() noexcept {
  const std::uint64_t lost = overrun();
  {
    const std::lock_guard lock(mutex_);
    if (!fd_) return;
    loop_.interest(*this, fd_.get(), EPOLLIN, 0);
    fd_.reset();
  }
  counts_->add(&ServerCounters::overrun, lost);
  loop_.retire(*this);
}

std::uint64_t DatagramPort::overrun() const noexcept {
  std::array<std::uint32_t, SK_MEMINFO_VARS> memory{};
  socklen_t size = sizeof memory;
  const std::lock_guard lock(mutex_);
  if (!fd_ || ::getsockopt(fd_.get(), SOL_SOCKET, SO_MEMINFO, memory.data(), &size) != 0) return 0;
  return memory[SK_MEMINFO_DROPS];
}

bool DatagramPort::on_events(std::uint32_t) noexcept {
  received_ = next_ = batches_ = 0;
  return receive() ? serve_batches() : true;
}

bool DatagramPort::resume() noexcept { return serve_batches(); }

void DatagramPort::taken_over() noexcept {
  retain();
  chunk_->retain();
}

// Events come for what arrives: a batch that is not full was the last, until the next event.
bool DatagramPort::serve_batches() noexcept {
  do {
    while (next_ < received_) {
      if (!serve(next_++)) return false;
    }
    if (received_ < slots_) break;
  } while (receive());
  chunk_.reset();
  return true;
}

bool DatagramPort::make_room() noexcept {
  if (chunk_ && chunk_->unique()) return true;
  try {
    chunk_ = Chunk::make(Chunk::usual_size);
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

// False: there is nothing more to serve now.
bool DatagramPort::receive() noexcept {
  received_ = next_ = 0;
  const bool goes_on = batches_++ < most_batches && make_room();
  const std::lock_guard lock(mutex_);
  if (!fd_) return false;
  if (!goes_on) return loop_.interest(*this, fd_.get(), EPOLLIN, EPOLLIN), false;
  for (std::size_t i = 0; i < slots_; ++i) {
    places_[i] = {chunk_->data() + datagram_start + i * room_, max_size_};
    messages_[i].msg_hdr = {.msg_name = &senders_[i],
                            .msg_namelen = sizeof senders_[i],
                            .msg_iov = &places_[i],
                            .msg_iovlen = 1,
                            .msg_control = nullptr,
                            .msg_controllen = 0,
                            .msg_flags = 0};
  }
  const int got = ::recvmmsg(fd_.get(), messages_.data(), static_cast<unsigned>(slots_), MSG_DONTWAIT, nullptr);
  received_ = got > 0 ? static_cast<std::size_t>(got) : 0;
  if (received_ != 0) read_at_ = now();
  return received_ != 0;
}

// False: the leadership was lost.
bool DatagramPort::serve(std::size_t index) noexcept {
  const bool cut = (messages_[index].msg_hdr.msg_flags & MSG_TRUNC) != 0;
  Datagram datagram;
  const Reading reading =
      read_datagram(chunk_->data() + datagram_start + index * room_, messages_[index].msg_len, datagram);
  if (reading == Reading::foreign) return counts_->add(&ServerCounters::ignored_foreign), true;
  if (cut || reading == Reading::truncated) return counts_->add(&ServerCounters::ignored_truncated), true;
  const std::optional<Accepted> accepted = accept(datagram, senders_[index]);
  if (!accepted) return true;
  Chunk* const chunk = chunk_.get();
  bool leads = true;
  if (datagram.kind == DatagramKind::call) {
    leads = accepted->connection->serve_datagram(datagram.frame, read_at_, loop_, *chunk);
  } else {
    counts_->add(&ServerCounters::probes_received);
    accepted->connection->confirm_datagrams(accepted->calls);
  }
  accepted->connection->release();
  if (!leads) chunk->release();
  return leads;
}

std::optional<DatagramPort::Accepted> DatagramPort::accept(const Datagram& datagram,
                                                           const sockaddr_storage& from) noexcept {
  const std::lock_guard lock(mutex_);
  const auto found = sessions_.find(key_of(datagram.token));
  const bool known =
      found != sessions_.end() && same(found->second.token, datagram.token) && same(found->second.peer, host_of(from));
  if (!known) return counts_->add(&ServerCounters::ignored_forged), std::nullopt;
  Session& session = found->second;
  if (!session.seen.admit(datagram.sequence)) return counts_->add(&ServerCounters::ignored_replayed), std::nullopt;
  if (datagram.kind == DatagramKind::call) ++session.accepted;
  session.connection->retain();
  return Accepted{session.connection, session.accepted};
}

}  // namespace rpc::net
