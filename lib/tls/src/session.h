// TLS of one connection.
//
//   auto session = std::make_unique<Session>(context, Role::client, "db.example.org", tickets);
#pragma once

#include "context.h"
#include "net/cipher.h"
#include "net/mutex.h"
#include "openssl.h"
#include "pipe.h"
#include "reasons.h"

#include <memory>
#include <mutex>
#include <string>

namespace rpc::tls {

/// What a channel needs to resume a session with its server: the last ticket, which is used once. Thread-safe.
class Tickets {
 public:
  void put(std::shared_ptr<const Context> context, SSL_SESSION* session) noexcept;

  /// One that was got with `context`, or null.
  SessionPtr take(const Context& context) noexcept;

 private:
  std::mutex mutex_;
  std::shared_ptr<const Context> context_;  // kept, so that no later one is taken for it
  SessionPtr session_;
};

class Session final : public net::Cipher {
 public:
  /// `host`, and `tickets`, are a client's.
  Session(std::shared_ptr<const Context> context, Role role, std::string host = {},
          std::shared_ptr<Tickets> tickets = nullptr);
  ~Session() override;

  net::Step handshake(int fd) noexcept override;
  const net::Problem& problem() const noexcept override { return problem_; }
  std::string identity() const override;

  net::InBuffer::Space space() override { return pipe_.space(); }
  void received(std::size_t size) noexcept override;
  bool holds() const noexcept override { return !drained_ || !problem_.text.empty(); }
  std::size_t decrypt(std::byte* to, std::size_t size) override;
  bool answers() const noexcept override { return pipe_.wrote(); }
  bool partial() const noexcept override { return SSL_has_pending(ssl_.get()) == 1; }
  void idle() noexcept override { pipe_.idle(); }

  bool encrypt(const std::byte* from, std::size_t size) noexcept override;
  net::Sent send(int fd) noexcept override;
  bool wants_send() const noexcept override { return pipe_.wrote() || pipe_.taken(); }
  void finish(int fd) noexcept override;

  /// For load().
  static int on_session(SSL* ssl, SSL_SESSION* session) noexcept;

 private:
  static int verify(int valid, X509_STORE_CTX* store) noexcept;
  void expect_server();
  bool speaks_farcall() const noexcept;
  void fail(int result) noexcept;

  const std::shared_ptr<const Context> context_;
  const Role role_;
  const std::string host_;
  const std::shared_ptr<Tickets> tickets_;
  net::Problem problem_;     // the reader's after the handshake
  std::string certificate_;  // why that was not accepted
  bool drained_ = true;      // the reader's: nothing to decrypt
  bool finished_ = false;

  net::Mutex mutex_;  // for what follows, except for what is one thread's
  Pipe pipe_;
  SslPtr ssl_;
};

}  // namespace rpc::tls
