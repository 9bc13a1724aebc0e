#include "net/control.h"
#include "net/control_thread.h"
#include "net/inproc.h"

#include <asio/connect.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/local/stream_protocol.hpp>
#include <asio/post.hpp>

#include <utility>

namespace rpc::net::control {

namespace {

using asio::ip::tcp;
using local = asio::local::stream_protocol;

template <class Socket>
Fd take(Socket& socket) {
  Fd fd(socket.release());
  prepare(fd.get());
  return fd;
}

struct TcpAttempt {
  tcp::resolver resolver{context()};
  tcp::socket socket{context()};
};

void connect_tcp(const Url& url, const Connected& done) {
  auto attempt = std::make_shared<TcpAttempt>();
  auto connected = [attempt, done](const asio::error_code& error, const tcp::endpoint&) {
    if (error) return done(Fd(), error.message());
    done(take(attempt->socket), {});
  };
  auto resolved = [attempt, done, connected](const asio::error_code& error, const tcp::resolver::results_type& found) {
    if (error) return done(Fd(), error.message());
    asio::async_connect(attempt->socket, found, connected);
  };
  attempt->resolver.async_resolve(url.name, std::to_string(url.port), resolved);
}

void connect_unix(const Url& url, Connected done) {
  auto socket = std::make_shared<local::socket>(context());
  socket->async_connect(local::endpoint(url.name), [socket, done = std::move(done)](const asio::error_code& error) {
    if (error) return done(Fd(), error.message());
    done(take(*socket), {});
  });
}

}  // namespace

void connect(const Url& url, Connected done) {
  asio::post(context(), [url, done = std::move(done)]() mutable {
    if (url.scheme == Url::Scheme::tcp) return connect_tcp(url, done);
    if (url.scheme == Url::Scheme::unix_socket) return connect_unix(url, std::move(done));
    if (url.scheme == Url::Scheme::broker)
      return done(Fd(), "a broker takes messages only, no calls that are answered");
    Fd fd = connect_inproc(url.name);
    std::string problem = fd ? "" : "no server of this process listens there";
    done(std::move(fd), std::move(problem));
  });
}

}  // namespace rpc::net::control
