// Makes amqp:// known to the runtime of a program that is linked with this library.
#include "address.h"
#include "consumer.h"
#include "dead_letters.h"
#include "net/broker.h"
#include "publisher.h"

#include <openssl/crypto.h>

#include <memory>
#include <utility>

namespace rpc::amqp {

namespace {

class RabbitMq final : public net::Broker {
 public:
  void check(const std::string& url) const override { parse_address(url); }

  std::unique_ptr<queue::Courier> courier(const std::string& url, const std::stop_token& stop) const override {
    return publisher_to(parse_address(url), stop);
  }

  internal::Ref<MessageTransport> transport(const std::string& url,
                                            internal::Ref<queue::SqliteQueue> queue) const override {
    return internal::Ref<MessageTransport>::adopt(new Consumer(parse_address(url), std::move(queue)));
  }

  std::shared_ptr<QueueControl> control(const std::string& url) const override {
    return std::make_shared<DeadLetters>(parse_address(url));
  }

  std::vector<BrokerQueue> queues(const std::string& url, const std::vector<std::string>& interfaces) const override {
    return sizes_of(parse_address(url), interfaces);
  }
};

/// Threads of the runtime go on while exit() runs, and must find OpenSSL then. Who initialises it first decides whether
/// it is taken down at exit, so this happens before main().
const RabbitMq& rabbit_mq() noexcept {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
  static const RabbitMq made{};  // nothing happens when it is destroyed
  return made;
}

}  // namespace

}  // namespace rpc::amqp

/// Asked for by CMakeLists.txt, so that the linker takes this file though nobody calls it.
extern "C" const bool farcall_amqp = rpc::net::add_broker(rpc::amqp::scheme, rpc::amqp::rabbit_mq()) &&
                                     rpc::net::add_broker(rpc::amqp::tls_scheme, rpc::amqp::rabbit_mq());
