// Stands between a client and a server on the loopback: passes the connection on as it is, and lets a test decide what
// becomes of each datagram.
//
//   Relay relay(server_url, [](const Bytes& datagram) { return std::vector{datagram, datagram}; });   // all twice
//   rpc::Channel channel = rpc::connect(relay.url());
#pragma once

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/net/raw_datagrams.h"

/// One connection, on a thread of its own.
class Relay {
 public:
  /// What is passed on when `datagram` has come, in this order.
  using Policy = std::function<std::vector<Bytes>(const Bytes& datagram)>;

  Relay(const std::string& server, Policy policy)
      : server_(server),
        host_(rpc::net::parse_url(server).name),
        policy_(std::move(policy)),
        listener_(bound_socket(SOCK_STREAM, Address(host_, 0))),
        datagrams_(bound_socket(SOCK_DGRAM, Address(host_, 0))),
        stop_(::eventfd(0, EFD_CLOEXEC)) {
    ::listen(listener_.get(), 1);
    thread_ = std::thread([this] { run(); });
  }
  ~Relay() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(stop_.get(), &one, sizeof one);
    thread_.join();
  }

  std::string url() const { return rpc::net::Url{rpc::net::Url::Scheme::tcp, host_, port_of(listener_)}.text(); }

  /// Datagrams that were passed on.
  std::uint64_t passed() const { return passed_.load(); }

 private:
  void run() {
    if (!readable(listener_)) return;
    client_ = rpc::net::Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    upstream_ = connect_tcp(server_);
    while (pass_some()) {}
  }

  bool readable(const rpc::net::Fd& fd) const {
    pollfd fds[] = {{fd.get(), POLLIN, 0}, {stop_.get(), POLLIN, 0}};
    ::poll(fds, 2, -1);
    return fds[1].revents == 0;
  }

  bool pass_some() {
    pollfd fds[] = {{client_.get(), POLLIN, 0},
                    {upstream_.get(), POLLIN, 0},
                    {datagrams_.get(), POLLIN, 0},
                    {stop_.get(), POLLIN, 0}};
    ::poll(fds, 4, -1);
    if (fds[3].revents != 0) return false;
    if (fds[2].revents != 0) pass_datagram();
    if (fds[0].revents != 0 && !send(upstream_, receive(client_))) return false;
    return fds[1].revents == 0 || pass_down();
  }

  static Bytes receive(const rpc::net::Fd& from) {
    Bytes bytes(65'536);
    const ssize_t got = ::recv(from.get(), bytes.data(), bytes.size(), 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }

  static bool send(const rpc::net::Fd& to, const Bytes& bytes) {
    return !bytes.empty() && ::send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
  }

  /// The first thing is welcome, whose port becomes the relay's. It comes in one piece.
  bool pass_down() {
    Bytes bytes = receive(upstream_);
    if (server_port_ == 0 && !bytes.empty()) {
      rpc::net::Frame frame;
      rpc::net::parse_frame(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size(), 1024, frame);
      rpc::net::Welcome welcome = rpc::net::read_welcome(frame);
      server_port_ = std::exchange(welcome.datagrams.value().port, port_of(datagrams_));
      rpc::Buffer out;
      rpc::net::put_welcome(out, welcome);
      Bytes changed = bytes_of(out);
      append(changed, Bytes(bytes.begin() + static_cast<std::ptrdiff_t>(frame.total), bytes.end()));
      bytes = changed;
    }
    return send(client_, bytes);
  }

  void pass_datagram() {
    const Address to(host_, server_port_);
    for (const Bytes& each : policy_(receive(datagrams_))) {
      ::sendto(datagrams_.get(), each.data(), each.size(), 0, to.get(), to.size);
      ++passed_;
    }
  }

  const std::string server_;
  const std::string host_;
  const Policy policy_;
  const rpc::net::Fd listener_;
  const rpc::net::Fd datagrams_;
  const rpc::net::Fd stop_;
  rpc::net::Fd client_;
  rpc::net::Fd upstream_;
  std::uint16_t server_port_ = 0;
  std::atomic<std::uint64_t> passed_ = 0;
  std::thread thread_;
};
