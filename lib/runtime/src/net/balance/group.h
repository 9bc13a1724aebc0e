// All that is decided about the servers of a channel, without a socket, a clock or a lock: so that a simulation decides
// the same (test/bench/balance_bench.cpp).
//
//   Group group({.retry_percent = 10}, seed);
//   const Server server = group.add();
//   group.set_connected(server, true);
//   if (std::optional<Server> chosen = group.pick({})) …      // send it there
//   group.ended(*chosen, Outcome::success, now);
#pragma once

#include "net/balance/ejector.h"
#include "net/balance/hedge_delay.h"
#include "net/balance/picker.h"
#include "net/balance/retry_budget.h"

#include <rpc/balance.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace rpc::net {

/// What an attempt says about its server.
enum class Outcome : std::uint8_t {
  success,
  failure,  ///< it did not do its work: gone, overloaded, late
  neither,  ///< the caller took the call back
};

class Group {
 public:
  Group(const BalanceOptions& options, std::uint64_t seed)
      : budget(options.retry_percent), hedge_delay(options.hedge_after, options.hedge_percentile), picker_(seed) {}

  /// A server without a connection.
  Server add();

  /// Nothing of it is under way.
  void remove(Server server);

  void set_connected(Server server, bool connected);

  /// A server with a connection that is not among `but`, one that is not ejected if possible; nothing if there is none.
  /// An attempt there begins with that.
  std::optional<Server> pick(std::span<const Server> but);

  /// Whether the server is ejected by this.
  bool ended(Server server, Outcome outcome, Time now);

  /// Ends ejections whose time is over; the time of the next one.
  Time readmit(Time now);

  std::size_t size() const noexcept { return size_; }
  std::uint32_t under_way(Server server) const noexcept { return picker_.under_way(server); }

  /// How often a call is sent at most.
  std::size_t most_attempts() const noexcept { return std::min(size_, std::size_t{3}); }

  RetryBudget budget;
  HedgeDelay hedge_delay;

 private:
  void update(Server server);

  Picker picker_;
  Ejector ejector_;
  std::vector<bool> connected_;
  std::vector<Server> free_;
  std::size_t size_ = 0;
};

}  // namespace rpc::net
