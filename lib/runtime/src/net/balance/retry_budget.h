// How many calls may be sent a second time: a share of all calls, so that retries cannot multiply the load of servers
// that fail because they have too much of it.
//
//   RetryBudget budget(10);           // per cent
//   budget.earn();                    // with each call
//   if (budget.spend()) send_again();
#pragma once

#include <algorithm>
#include <cstdint>

namespace rpc::net {

class RetryBudget {
 public:
  /// What there is to begin with, and what can be saved at most, in retries: a server that dies takes all of its calls
  /// with it at once.
  static constexpr std::uint32_t first = 100;
  static constexpr std::uint32_t most = 1000;

  explicit RetryBudget(unsigned percent) noexcept
      : percent_(std::min(percent, 100U)), saved_(percent_ != 0 ? first * price : 0) {}

  void earn() noexcept { saved_ = std::min(saved_ + percent_, most * price); }

  bool spend() noexcept {
    if (saved_ < price) return false;
    saved_ -= price;
    return true;
  }

 private:
  static constexpr std::uint32_t price = 100;

  const std::uint32_t percent_;
  std::uint32_t saved_;
};

}  // namespace rpc::net
