// Which servers get no calls for a while, since theirs fail: outlier ejection.
//
//   Ejector ejector;
//   ejector.add(0);
//   if (ejector.failed(0, now)) stop_using(0);
//   ejector.readmit(now, [](Server server) { use_again(server); });
#pragma once

#include "net/balance/picker.h"
#include "net/timers.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rpc::net {

/// A server is ejected when `in_a_row` of its calls failed one after the other, or half of its last calls while three
/// quarters of the others' went well. The first time for a second, then twice as long each time, until it has done well
/// for some time. Never more than half of the servers: when most fail, it is not they who are to blame.
class Ejector {
 public:
  static constexpr unsigned in_a_row = 5;
  static constexpr std::uint32_t least_calls = 20;  ///< before a share of failures says anything
  static constexpr std::chrono::seconds first_time{1};
  static constexpr std::chrono::seconds longest_time{60};

  void add(Server server);
  void remove(Server server) noexcept;

  void succeeded(Server server) noexcept;

  /// Whether the server is ejected by this, from now on.
  bool failed(Server server, Time now) noexcept;

  bool ejected(Server server) const noexcept { return health_[server].out_until != never; }

  /// Ends ejections whose time is over; the time of the next one.
  template <class Back>
  Time readmit(Time now, Back back) {
    Time next = never;
    for (Server server = 0; server < health_.size(); ++server) {
      Health& health = health_[server];
      if (health.out_until <= now) {
        end_ejection(health);
        back(server);
      }
      next = std::min(next, health.out_until);
    }
    return next;
  }

 private:
  struct Health {
    bool present = false;
    unsigned failures_in_a_row = 0;
    unsigned times = 0;  // it was ejected without doing well since
    std::uint32_t calls = 0;
    std::uint32_t failures = 0;
    Time out_until = never;
  };

  static void count(Health& health, bool failure) noexcept;
  void end_ejection(Health& health) noexcept;
  bool worse_than_others(const Health& health) const noexcept;

  std::vector<Health> health_;
  std::size_t present_ = 0;
  std::size_t out_ = 0;
};

}  // namespace rpc::net
