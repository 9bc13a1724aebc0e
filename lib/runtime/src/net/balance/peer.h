// One of the servers of a channel to several: a channel of its own, and how that is.
//
//   auto peer = std::make_shared<Peer>(balancer, url, options);
//   peer->core().connect_early();
#pragma once

#include "net/balance/picker.h"
#include "net/channel_core.h"
#include "net/url.h"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace rpc::net {

class Balancer;

class Peer final : public ConnectionObserver {
 public:
  Peer(Balancer& balancer, Url url, const ChannelOptions& options);
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer();

  ChannelCore& core() const noexcept { return *core_; }
  const Url& url() const noexcept { return url_; }

  void on_up() noexcept override;
  void on_leaving() noexcept override;
  void on_idle(std::string_view reason) noexcept override;

  // Under the balancer's lock.
  Server server = 0;
  bool up = false;
  bool retired = false;  ///< its name has the address no more; it finishes what it has
  std::string problem;   ///< why there is no connection
  Time connect_at = never;
  std::chrono::milliseconds backoff{0};
  std::size_t name = none;  ///< of which name of the balancer's it is an address

  static constexpr std::size_t none = static_cast<std::size_t>(-1);

 private:
  Balancer& balancer_;
  const Url url_;
  ChannelCore* core_;  // counted
};

}  // namespace rpc::net
