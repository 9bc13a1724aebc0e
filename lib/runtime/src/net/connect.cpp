#include "net/control.h"
#include "net/control_thread.h"
#include "net/handshake.h"
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
    if (error) return done({.problem = {.text = error.message()}});
    done({.fd = take(attempt->socket)});
  };
  auto resolved = [attempt, done, connected](const asio::error_code& error, const tcp::resolver::results_type& found) {
    if (error) return done({.problem = {.text = error.message()}});
    asio::async_connect(attempt->socket, found, connected);
  };
  attempt->resolver.async_resolve(url.address.empty() ? url.name : url.address, std::to_string(url.port), resolved);
}

void connect_unix(const Url& url, Connected done) {
  auto socket = std::make_shared<local::socket>(context());
  socket->async_connect(local::endpoint(url.name), [socket, done = std::move(done)](const asio::error_code& error) {
    if (error) return done({.problem = {.text = error.message()}});
    done({.fd = take(*socket)});
  });
}

/// Goes on with what was connected: `done` gets it encrypted.
Connected then_encrypt(std::shared_ptr<Ciphers> ciphers, std::chrono::milliseconds timeout, Connected done) {
  return [ciphers = std::move(ciphers), timeout, done = std::move(done)](Link link) {
    if (link.failed()) return done(std::move(link));
    Handshake::begin(std::move(link.fd), ciphers->make(), timeout, done);
  };
}

}  // namespace

void connect(const Url& url, std::shared_ptr<Ciphers> ciphers, std::chrono::milliseconds handshake_timeout,
             Connected done) {
  if (ciphers != nullptr) done = then_encrypt(std::move(ciphers), handshake_timeout, std::move(done));
  asio::post(context(), [url, done = std::move(done)]() mutable {
    if (url.scheme == Url::Scheme::tcp || url.scheme == Url::Scheme::tls) return connect_tcp(url, done);
    if (url.scheme == Url::Scheme::unix_socket) return connect_unix(url, std::move(done));
    if (url.scheme == Url::Scheme::broker)
      return done({.problem = {.text = "a broker takes messages only, no calls that are answered"}});
    Fd fd = connect_inproc(url.name);
    std::string problem = fd ? "" : "no server of this process listens there";
    done({.fd = std::move(fd), .problem = {.text = std::move(problem)}});
  });
}

void look_up(const Url& url, Found done) {
  asio::post(context(), [url, done = std::move(done)] {
    auto resolver = std::make_shared<tcp::resolver>(context());
    auto resolved = [resolver, url, done](const asio::error_code& error, const tcp::resolver::results_type& found) {
      std::vector<Url> urls;
      for (const auto& each : found) {
        urls.push_back(url);
        urls.back().address = each.endpoint().address().to_string();
      }
      done(std::move(urls), error ? error.message() : "");
    };
    resolver->async_resolve(url.name, std::to_string(url.port), resolved);
  });
}

}  // namespace rpc::net::control
