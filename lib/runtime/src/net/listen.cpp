#include "log.h"
#include "net/control.h"
#include "net/control_thread.h"
#include "net/inproc.h"

#include <rpc/error.h>

#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace rpc::net::control {

namespace {

using asio::ip::tcp;
using local = asio::local::stream_protocol;

/// After an error such as too many open files, which accepting again at once would only repeat.
constexpr std::chrono::milliseconds pause_after_error{50};

[[noreturn]] void refuse(const Url& url, const std::string& problem) {
  throw Error(Code::unavailable, "cannot listen on " + url.text() + ": " + problem);
}

template <class Protocol>
class SocketListener : public Listener, public std::enable_shared_from_this<SocketListener<Protocol>> {
 public:
  SocketListener(Url url, Protocol::acceptor acceptor)
      : Listener(std::move(url)), acceptor_(std::move(acceptor)), again_(context()) {}

  int fd() noexcept override { return acceptor_.native_handle(); }

  void begin(Accept accept) override {
    accept_ = std::move(accept);
    asio::post(context(), [self = this->shared_from_this()] { self->accept_next(); });
  }

  void close() override {
    control::run_there([this] {
      asio::error_code ignored;
      acceptor_.close(ignored);
      again_.cancel();
    });
    remove_file();
  }

 protected:
  virtual void remove_file() {}

 private:
  void accept_next() {
    if (!acceptor_.is_open()) return;
    acceptor_.async_accept([self = this->shared_from_this()](const asio::error_code& error, Protocol::socket socket) {
      self->accepted(error, socket);
    });
  }

  void accepted(const asio::error_code& error, Protocol::socket& socket) {
    if (!acceptor_.is_open()) return;
    if (!error) {
      Fd fd(socket.release());
      prepare(fd.get());
      std::string peer = peer_name(fd.get(), url_.text());
      accept_({.fd = std::move(fd), .peer = std::move(peer)});
      return accept_next();
    }
    internal::log(Severity::warning, "accepting on " + url_.text() + ": " + error.message());
    again_.expires_after(pause_after_error);
    again_.async_wait([self = this->shared_from_this()](const asio::error_code&) { self->accept_next(); });
  }

  Protocol::acceptor acceptor_;
  asio::steady_timer again_;
  Accept accept_;
};

/// Removes its file, unless another server has put its own there.
class UnixListener final : public SocketListener<local> {
 public:
  UnixListener(const Url& url, local::acceptor acceptor) : SocketListener(url, std::move(acceptor)) {
    ::stat(url_.name.c_str(), &file_);
  }

 private:
  void remove_file() override {
    struct stat now{};
    if (::stat(url_.name.c_str(), &now) == 0 && now.st_ino == file_.st_ino && now.st_dev == file_.st_dev) {
      ::unlink(url_.name.c_str());
    }
  }

  struct stat file_{};
};

/// The socket of a server that died refuses connections, that of a live one takes them.
bool left_over(const std::string& path) {
  struct stat file{};
  if (::stat(path.c_str(), &file) != 0 || !S_ISSOCK(file.st_mode)) return false;
  local::socket probe(context());
  asio::error_code error;
  probe.connect(local::endpoint(path), error);
  return error == asio::error::connection_refused;
}

std::shared_ptr<Listener> listen_unix(const Url& url) {
  local::acceptor acceptor(context(), local());
  const local::endpoint endpoint(url.name);
  asio::error_code error;
  acceptor.bind(endpoint, error);
  if (error == asio::error::address_in_use) {
    if (!left_over(url.name)) refuse(url, "another server listens there, or the file is no socket");
    ::unlink(url.name.c_str());
    acceptor.bind(endpoint, error);
  }
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) refuse(url, error.message());
  return std::make_shared<UnixListener>(url, std::move(acceptor));
}

/// Whoever is between two machines can read and change what plain TCP carries, and whoever reaches it can call.
void check_plain(const Url& url, const asio::ip::address& address) {
  if (address.is_loopback()) return;
  refuse(url, "other machines reach " + address.to_string() +
                  ", and plain TCP does not say who calls nor hide what is said: listen at tls://" +
                  url.text().substr(url.text().find("://") + 3) +
                  ", or on 127.0.0.1, or set ServerOptions::plain_tcp_to_others where nobody else is on the network");
}

std::shared_ptr<Listener> listen_tcp(const Url& url, bool plain_tcp_to_others) {
  asio::error_code error;
  tcp::resolver resolver(context());
  const auto found = resolver.resolve(url.name, std::to_string(url.port), tcp::resolver::passive, error);
  if (error) refuse(url, error.message());
  const tcp::endpoint endpoint = found.begin()->endpoint();
  if (!plain_tcp_to_others) check_plain(url, endpoint.address());
  tcp::acceptor acceptor(context(), endpoint.protocol());
  acceptor.set_option(tcp::acceptor::reuse_address(true));
  acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) refuse(url, error.message());
  Url bound = url;
  bound.port = acceptor.local_endpoint().port();
  return std::make_shared<SocketListener<tcp>>(bound, std::move(acceptor));
}

}  // namespace

std::shared_ptr<Listener> listen(const Url& url, bool plain_tcp_to_others) {
  if (url.scheme == Url::Scheme::tls) return listen_tcp(url, true);
  if (url.scheme == Url::Scheme::tcp) return listen_tcp(url, plain_tcp_to_others);
  if (url.scheme == Url::Scheme::unix_socket) return listen_unix(url);
  return listen_inproc(url);
}

}  // namespace rpc::net::control
