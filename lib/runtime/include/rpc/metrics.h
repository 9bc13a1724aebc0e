// What a server counts: calls of each method and how long they took, connections, queues of messages.
//
//   for (const rpc::MethodMetrics& each : server.metrics().methods) {
//     std::cout << each.method << ": " << each.succeeded << " calls, half of them within " <<
//     each.latency.quantile(0.5);
//   }
//
// <rpc/metrics_endpoint.h> shows it to Prometheus, and farcallctl top on a terminal.
#pragma once

#include <rpc/counters.h>
#include <rpc/duration.h>
#include <rpc/interface.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rpc {

/// How long calls took, in buckets whose bounds are 1, 2, 5, 10, 20, 50 … µs, up to 100 s.
struct Latencies {
  std::array<std::uint64_t, 26> counts{};  ///< those up to upper_bound(i), and longer than the one before
  std::chrono::nanoseconds sum{0};

  /// Of the last one std::chrono::nanoseconds::max().
  static std::chrono::nanoseconds upper_bound(std::size_t bucket) noexcept;

  std::uint64_t total() const noexcept;

  /// What this share of the calls, from 0 to 1, took at most. Within a bucket it is taken for evenly spread; zero if
  /// there were no calls.
  std::chrono::nanoseconds quantile(double share) const noexcept;
};

/// Of one method of a server, since that was made.
struct MethodMetrics {
  std::string interface;  ///< wire names
  std::string method;
  Mode mode = Mode::call;

  std::uint64_t succeeded = 0;

  /// By the names of their codes, those that there were: {{"deadline_exceeded", 3}}. Also those that were refused
  /// before they began, of which ServerCounters has the maybe calls unless they were denied, and as `unavailable` those
  /// that could not be answered since the client was gone. A message that is tried again fails each time.
  std::map<std::string, std::uint64_t> failed;

  /// Now: those that wait for something, or have taken longer than some milliseconds. Shorter ones are not seen.
  std::uint64_t running = 0;

  /// From when the request was read to when its reply was sent, and of maybe calls to when their handler was done: with
  /// what they waited for others that were read together with them. Of messages the time of their handlers. What was
  /// refused before it began has none.
  Latencies latency;

  std::uint64_t failures() const noexcept;
};

/// What is in one box of a queue.
struct BoxMetrics {
  std::uint64_t waiting = 0;
  std::uint64_t dead = 0;   ///< put aside
  std::uint64_t bytes = 0;  ///< of both, as QueueOptions::max_bytes counts them
};

struct QueueMetrics {
  std::string folder;
  BoxMetrics outbox;
  BoxMetrics inbox;
  std::uint64_t max_bytes = 0;
};

/// Of one server. Each number by itself is exact; several of them are not of one moment.
struct ServerMetrics {
  std::vector<MethodMetrics> methods;  ///< of all interfaces that are served, by their names
  ServerCounters counters;
  std::uint64_t connections = 0;     ///< now
  std::vector<QueueMetrics> queues;  ///< that of its messages, if it has any
};

}  // namespace rpc
