#include "net/broker.h"

#include <rpc/error.h>

#include <mutex>
#include <utility>
#include <vector>

namespace rpc::net {

namespace {

struct Known {
  std::mutex mutex;
  std::vector<std::pair<std::string_view, const Broker*>> brokers;
};

Known& known() {
  static Known& known = *new Known;
  return known;
}

}  // namespace

bool add_broker(std::string_view prefix, const Broker& broker) noexcept {
  Known& all = known();
  const std::lock_guard lock(all.mutex);
  all.brokers.emplace_back(prefix, &broker);
  return true;
}

const Broker* find_broker(std::string_view url) {
  Known& all = known();
  const std::lock_guard lock(all.mutex);
  for (const auto& [prefix, broker] : all.brokers) {
    if (url.starts_with(prefix)) return broker;
  }
  if (!url.starts_with("amqp://") && !url.starts_with("amqps://")) return nullptr;
  throw Error(Code::unavailable,
              "this program was built without RabbitMQ: link Farcall::amqp to use " + without_password(url));
}

}  // namespace rpc::net

namespace rpc {

namespace {

const net::Broker& broker_at(const std::string& url) {
  if (const net::Broker* const found = net::find_broker(url)) return *found;
  throw Error(Code::unavailable, "\"" + without_password(url) + "\" is no broker's address, such as amqp://host/vhost");
}

}  // namespace

std::shared_ptr<QueueControl> control_broker(const std::string& url) { return broker_at(url).control(url); }

std::vector<BrokerQueue> broker_queues(const std::string& url, const std::vector<std::string>& interfaces) {
  return broker_at(url).queues(url, interfaces);
}

// A password with a slash in it makes an address malformed, which is shown all the same.
std::string without_password(std::string_view url) {
  const std::size_t begin = url.find("://");
  if (begin == std::string_view::npos) return std::string(url);
  const std::size_t host = begin + 3;
  std::size_t at = url.substr(0, url.find('/', host)).rfind('@');
  if (at == std::string_view::npos) at = url.find('@', host);
  const std::size_t colon = url.find(':', host);
  if (at == std::string_view::npos || colon >= at) return std::string(url);
  return std::string(url.substr(0, colon)) + std::string(url.substr(at));
}

}  // namespace rpc
