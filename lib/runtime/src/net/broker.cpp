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
  if (!url.starts_with("amqp://")) return nullptr;
  throw Error(Code::unavailable,
              "this program was built without RabbitMQ: link Farcall::amqp to use " + without_password(url));
}

std::string without_password(std::string_view url) {
  const std::size_t begin = url.find("://");
  const std::size_t at = url.substr(0, url.find('/', begin == std::string_view::npos ? 0 : begin + 3)).rfind('@');
  if (begin == std::string_view::npos || at == std::string_view::npos) return std::string(url);
  const std::size_t colon = url.find(':', begin + 3);
  if (colon >= at) return std::string(url);
  return std::string(url.substr(0, colon)) + std::string(url.substr(at));
}

}  // namespace rpc::net
