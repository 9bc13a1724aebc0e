// Brokers that messages can go by, each in a library of its own that a program may link. Linking it makes its schemes
// known.
//
//   const bool known = net::add_broker("amqp://", broker);         // when the program starts
//   if (const Broker* broker = net::find_broker(url)) …
#pragma once

#include <rpc/message.h>
#include <rpc/queue_control.h>
#include <rpc/ref.h>

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::queue {
class Courier;
class SqliteQueue;
}  // namespace rpc::queue

namespace rpc::net {

/// Lives until the process ends. Thread-safe.
class Broker {
 public:
  /// Throws Error (unavailable) that says what is wrong with an address of the broker's.
  virtual void check(const std::string& url) const = 0;

  /// Brings to the broker what a queue has stored.
  virtual std::unique_ptr<queue::Courier> courier(const std::string& url, const std::stop_token& stop) const = 0;

  /// Has a receiver's messages from the broker, and sends by the queue, which also notes what was handled.
  virtual internal::Ref<MessageTransport> transport(const std::string& url,
                                                    internal::Ref<queue::SqliteQueue> queue) const = 0;

  /// As those of queue_control.h.
  virtual std::shared_ptr<QueueControl> control(const std::string& url) const = 0;
  virtual std::vector<BrokerQueue> queues(const std::string& url, const std::vector<std::string>& interfaces) const = 0;

 protected:
  ~Broker() = default;
};

/// Gives true, for a constant that is made when the program starts.
bool add_broker(std::string_view prefix, const Broker& broker) noexcept;

/// Null if the address is none of a broker's. Throws Error (unavailable) if it is of one that the program does not
/// have, and says what to link.
const Broker* find_broker(std::string_view url);

/// The address for logs.
using rpc::without_password;

}  // namespace rpc::net
