// Counters that any thread adds to.
//
//   ServerCounts counts;
//   counts.add(&ServerCounters::ignored_forged);
//   const ServerCounters now = counts.read();
#pragma once

#include <rpc/counters.h>

#include <array>
#include <atomic>
#include <cstdint>

namespace rpc::net {

template <class Counters>
struct Counter {
  const char* name;
  std::uint64_t Counters::* field;
};

inline constexpr std::array channel_counters = {
    Counter<ChannelCounters>{"datagrams_sent", &ChannelCounters::datagrams_sent},
    Counter<ChannelCounters>{"frames_sent", &ChannelCounters::frames_sent},
    Counter<ChannelCounters>{"dropped_offline", &ChannelCounters::dropped_offline},
    Counter<ChannelCounters>{"dropped_congested", &ChannelCounters::dropped_congested},
    Counter<ChannelCounters>{"dropped_refused", &ChannelCounters::dropped_refused},
    Counter<ChannelCounters>{"probes_sent", &ChannelCounters::probes_sent},
    Counter<ChannelCounters>{"probes_answered", &ChannelCounters::probes_answered},
    Counter<ChannelCounters>{"datagrams_heard", &ChannelCounters::datagrams_heard},
    Counter<ChannelCounters>{"attempts", &ChannelCounters::attempts},
    Counter<ChannelCounters>{"retries", &ChannelCounters::retries},
    Counter<ChannelCounters>{"hedges", &ChannelCounters::hedges},
    Counter<ChannelCounters>{"retries_refused", &ChannelCounters::retries_refused},
    Counter<ChannelCounters>{"ejections", &ChannelCounters::ejections},
};
static_assert(channel_counters.size() * sizeof(std::uint64_t) == sizeof(ChannelCounters));

inline constexpr std::array server_counters = {
    Counter<ServerCounters>{"datagrams_received", &ServerCounters::datagrams_received},
    Counter<ServerCounters>{"frames_received", &ServerCounters::frames_received},
    Counter<ServerCounters>{"probes_received", &ServerCounters::probes_received},
    Counter<ServerCounters>{"ignored_foreign", &ServerCounters::ignored_foreign},
    Counter<ServerCounters>{"ignored_truncated", &ServerCounters::ignored_truncated},
    Counter<ServerCounters>{"ignored_forged", &ServerCounters::ignored_forged},
    Counter<ServerCounters>{"ignored_replayed", &ServerCounters::ignored_replayed},
    Counter<ServerCounters>{"ignored_unbound", &ServerCounters::ignored_unbound},
    Counter<ServerCounters>{"ignored_overloaded", &ServerCounters::ignored_overloaded},
    Counter<ServerCounters>{"ignored_stopping", &ServerCounters::ignored_stopping},
    Counter<ServerCounters>{"ignored_denied", &ServerCounters::ignored_denied},
    Counter<ServerCounters>{"overrun", &ServerCounters::overrun},
};
static_assert(server_counters.size() * sizeof(std::uint64_t) == sizeof(ServerCounters));

/// `all` are those of the struct. Each counter by itself is exact; several of them are not of one moment.
template <class Counters, const auto& all>
class Counts {
 public:
  void add(std::uint64_t Counters::* field, std::uint64_t more = 1) noexcept {
    std::atomic_ref(values_.*field).fetch_add(more, std::memory_order_relaxed);
  }

  Counters read() const noexcept {
    Counters read;
    for (const Counter<Counters>& each : all)
      read.*each.field = std::atomic_ref(values_.*each.field).load(std::memory_order_relaxed);
    return read;
  }

 private:
  mutable Counters values_;  // std::atomic_ref takes nothing constant
};

using ChannelCounts = Counts<ChannelCounters, channel_counters>;
using ServerCounts = Counts<ServerCounters, server_counters>;

}  // namespace rpc::net
