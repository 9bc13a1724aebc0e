// Raw peers that speak TLS: what they send in it is up to the test.
//
//   const RawTls client = RawTls::client(authority.file());
//   RawPeer peer = client.over(connect_to(port));
//   peer.send(hello());
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <memory>
#include <string>

#include "runtime/net/raw_peer.h"
#include "tls/authority.h"

/// A socket to that port of this machine, on which nothing waits for longer than patience.
inline rpc::net::Fd connect_to(const std::string& port) {
  rpc::net::Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const timeval limit{.tv_sec = patience.count(), .tv_usec = 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected = ::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  return connected ? std::move(fd) : rpc::net::Fd();
}

/// Listens on a free port of this machine.
struct TcpPort {
  TcpPort() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
    ::listen(listener.get(), 16);
    socklen_t size = sizeof address;
    ::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size);
    url = "tls://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }

  rpc::net::Fd listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::string url;
};

class RawTls {
 public:
  static RawTls client() { return RawTls(TLS_client_method()); }
  static RawTls server(const Issued& files) {
    RawTls made(TLS_server_method());
    SSL_CTX_use_certificate_chain_file(made.context_.get(), files.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(made.context_.get(), files.key.c_str(), SSL_FILETYPE_PEM);
    SSL_CTX_set_session_id_context(made.context_.get(), protocol, sizeof protocol);
    SSL_CTX_set_alpn_select_cb(made.context_.get(), &choose, nullptr);
    return made;
  }

  /// One whose handshake is done; null if that fails.
  std::shared_ptr<SSL> session(const rpc::net::Fd& fd, bool accepts = false) const {
    std::shared_ptr<SSL> ssl(SSL_new(context_.get()), &SSL_free);
    SSL_set_fd(ssl.get(), fd.get());
    SSL_set_alpn_protos(ssl.get(), protocol, sizeof protocol);
    return (accepts ? SSL_accept(ssl.get()) : SSL_connect(ssl.get())) == 1 ? ssl : nullptr;
  }

  /// The same as a peer; none if the handshake fails.
  RawPeer over(rpc::net::Fd fd, bool accepts = false, bool* resumed = nullptr) const {
    const std::shared_ptr<SSL> ssl = session(fd, accepts);
    if (ssl == nullptr) return RawPeer(rpc::net::Fd());
    if (resumed != nullptr) *resumed = SSL_session_reused(ssl.get()) == 1;
    return RawPeer(std::move(fd), {.send = [ssl](int, const void* from, std::size_t size) -> ssize_t {
                                     return SSL_write(ssl.get(), from, static_cast<int>(size));
                                   },
                                   .receive = [ssl](int, void* to, std::size_t size) -> ssize_t {
                                     return SSL_read(ssl.get(), to, static_cast<int>(size));
                                   }});
  }

 private:
  static constexpr unsigned char protocol[] = {7, 'f', 'a', 'r', 'c', 'a', 'l', 'l'};

  explicit RawTls(const SSL_METHOD* method) : context_(SSL_CTX_new(method), &SSL_CTX_free) {
    ::signal(SIGPIPE, SIG_IGN);  // OpenSSL's own sockets know no better
  }

  static int choose(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char*, unsigned, void*) {
    *chosen = protocol + 1;
    *size = sizeof protocol - 1;
    return SSL_TLSEXT_ERR_OK;
  }

  std::shared_ptr<SSL_CTX> context_;
};
