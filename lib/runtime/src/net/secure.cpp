// The listener of tls:// addresses: what another one accepts, after a handshake.
#include "net/control.h"
#include "net/control_thread.h"
#include "net/handshake.h"

#include <unordered_set>
#include <utility>

namespace rpc::net::control {

namespace {

class SecureListener final : public Listener, public std::enable_shared_from_this<SecureListener> {
 public:
  SecureListener(std::shared_ptr<Listener> plain, std::shared_ptr<Ciphers> ciphers, const Limits& limits)
      : Listener(plain->url()), plain_(std::move(plain)), ciphers_(std::move(ciphers)), limits_(limits) {}

  int fd() noexcept override { return plain_->fd(); }

  void begin(Accept accept) override {
    accept_ = std::move(accept);
    plain_->begin([weak = weak_from_this()](Link link) {
      if (const std::shared_ptr<SecureListener> self = weak.lock()) self->accepted(std::move(link));
    });
  }

  void close() override {
    plain_->close();
    run_there([this] {
      for (const std::shared_ptr<Handshake>& handshake : std::exchange(handshakes_, {})) handshake->cancel();
    });
  }

 private:
  void accepted(Link link) {
    if (handshakes_.size() >= limits_.max_connections) {
      link.problem.text = "the server's Limits::max_connections allows no more TLS handshakes at a time";
      return accept_(std::move(link));
    }
    auto current = std::make_shared<std::weak_ptr<Handshake>>();
    auto done = [weak = weak_from_this(), current, peer = std::move(link.peer)](Link made) mutable {
      const std::shared_ptr<SecureListener> self = weak.lock();
      if (self == nullptr) return;
      self->handshakes_.erase(current->lock());
      made.peer = std::move(peer);
      self->accept_(std::move(made));
    };
    std::shared_ptr<Handshake> handshake =
        Handshake::begin(std::move(link.fd), ciphers_->make(), limits_.handshake_timeout, std::move(done));
    *current = handshake;
    handshakes_.insert(std::move(handshake));
  }

  const std::shared_ptr<Listener> plain_;
  const std::shared_ptr<Ciphers> ciphers_;
  const Limits limits_;
  Accept accept_;
  std::unordered_set<std::shared_ptr<Handshake>> handshakes_;  // under way; the control thread's
};

}  // namespace

std::shared_ptr<Listener> secure(std::shared_ptr<Listener> plain, std::shared_ptr<Ciphers> ciphers,
                                 const Limits& limits) {
  return std::make_shared<SecureListener>(std::move(plain), std::move(ciphers), limits);
}

}  // namespace rpc::net::control
