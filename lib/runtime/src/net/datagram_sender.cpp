#include "net/datagram_sender.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <array>
#include <cerrno>
#include <new>
#include <utility>

namespace rpc::net {

namespace {

void set_port_to(sockaddr_storage& address, std::uint16_t port) noexcept {
  auto& field = address.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                              : reinterpret_cast<sockaddr_in&>(address).sin_port;
  field = htons(port);
}

/// Connected to `port` of the other end of `stream`.
Fd connect_beside(int stream, std::uint16_t port) noexcept {
  sockaddr_storage own{};
  sockaddr_storage peer{};
  socklen_t own_size = sizeof own;
  socklen_t peer_size = sizeof peer;
  if (::getsockname(stream, reinterpret_cast<sockaddr*>(&own), &own_size) != 0 ||
      ::getpeername(stream, reinterpret_cast<sockaddr*>(&peer), &peer_size) != 0) {
    return Fd();
  }
  set_port_to(own, 0);
  set_port_to(peer, port);
  Fd fd(::socket(peer.ss_family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const bool connected = ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&own), own_size) == 0 &&
                         ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&peer), peer_size) == 0;
  return connected ? std::move(fd) : Fd();
}

}  // namespace

std::shared_ptr<DatagramSender> DatagramSender::open(int stream, const DatagramOffer& offer,
                                                     const Limits& limits) noexcept {
  const std::size_t max_size = std::min(offer.max_size, max_datagram(limits));
  if (max_size < sizeof(DatagramHeader)) return nullptr;
  Fd fd = connect_beside(stream, offer.port);
  if (!fd) return nullptr;
  try {
    return std::make_shared<DatagramSender>(std::move(fd), offer.token, max_size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

// A path that takes the longest datagram takes all; once that is known, a short one tells whether it is there.
bool DatagramSender::ready(Time now, ChannelCounts& counts) noexcept {
  if (refused_.load(std::memory_order_relaxed) && refused_.exchange(false)) habit_.refused();
  if (habit_.due(now)) {
    DatagramHeader header = next_call(0, 0);
    header.kind = DatagramKind::probe;
    const std::size_t padding = habit_.arrives() ? 0 : max_size_ - sizeof header;
    const std::unique_ptr<std::byte[]> zeros(new (std::nothrow) std::byte[padding]());
    send(header, zeros.get(), zeros != nullptr ? padding : 0);
    counts.add(&ChannelCounters::probes_sent);
  }
  return habit_.arrives();
}

DatagramSender::Fate DatagramSender::send(const DatagramHeader& header, const std::byte* body,
                                          std::size_t size) noexcept {
  std::array<iovec, 2> parts = {iovec{const_cast<DatagramHeader*>(&header), sizeof header},
                                iovec{const_cast<std::byte*>(body), size}};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = parts.size();
  if (::sendmsg(fd_.get(), &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return &ChannelCounters::datagrams_sent;
  if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS) return &ChannelCounters::dropped_congested;
  refused_.store(true, std::memory_order_relaxed);
  return &ChannelCounters::dropped_refused;
}

void DatagramSender::heard(std::uint64_t accepted, Time now, ChannelCounts& counts) noexcept {
  habit_.answered(now);
  counts.add(&ChannelCounters::probes_answered);
  if (accepted <= heard_ || accepted > sequence_) return;  // an answer that was overtaken, or none of an honest server
  counts.add(&ChannelCounters::datagrams_heard, accepted - std::exchange(heard_, accepted));
}

}  // namespace rpc::net
