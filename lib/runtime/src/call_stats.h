// What became of the calls of one method so far. Any thread adds to it.
//
//   stats.succeeded(now() - read_at, 3);           // three calls that were answered together
//   stats.failed(Code::deadline_exceeded);
//   run.add(stats, read_at);                       // one that is counted with those after it
//   const MethodMetrics now = stats.read(interface, method);
#pragma once

#include <rpc/error.h>
#include <rpc/metrics.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace rpc::internal {

/// In nanoseconds.
inline constexpr auto latency_bounds = [] {
  std::array<std::int64_t, Latencies{}.counts.size() - 1> bounds{};
  std::int64_t decade = 1'000;
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    constexpr std::array<std::int64_t, 3> steps = {1, 2, 5};
    bounds[i] = steps[i % 3] * decade;
    if (i % 3 == 2) decade *= 10;
  }
  return bounds;
}();

/// For each number of bits the first bucket that such a number may be in. Bounds at least double, so that it is in this
/// one or the next.
inline constexpr auto first_buckets = [] {
  std::array<std::uint8_t, 65> first{};
  for (std::size_t bits = 1; bits < first.size(); ++bits) {
    const std::uint64_t least = std::uint64_t{1} << (bits - 1);
    while (first[bits] < latency_bounds.size() && static_cast<std::uint64_t>(latency_bounds[first[bits]]) < least)
      ++first[bits];
  }
  return first;
}();

constexpr std::size_t bucket_of(std::chrono::nanoseconds time) noexcept {
  const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0));
  const std::size_t first = first_buckets[static_cast<std::size_t>(std::bit_width(count))];
  return first + (first < latency_bounds.size() && count > static_cast<std::uint64_t>(latency_bounds[first]) ? 1 : 0);
}

class CallStats {
 public:
  void begin_running() noexcept { add(running_); }
  void end_running() noexcept { running_.fetch_sub(1, std::memory_order_relaxed); }

  void failed(Code code) noexcept { add(failed_[std::min<std::size_t>(static_cast<std::uint8_t>(code), most_code)]); }

  /// So many calls each took this time.
  void took(std::chrono::nanoseconds time, std::uint64_t calls = 1) noexcept {
    add(latencies_[bucket_of(time)], calls);
    add(nanoseconds_, static_cast<std::uint64_t>(std::max<std::int64_t>(time.count(), 0)) * calls);
  }

  void succeeded(std::chrono::nanoseconds time, std::uint64_t calls = 1) noexcept {
    took(time, calls);
    add(succeeded_, calls);
  }
  void failed(Code code, std::chrono::nanoseconds time) noexcept {
    took(time);
    failed(code);
  }

  MethodMetrics read(const InterfaceInfo& interface, std::uint16_t method) const;

 private:
  using Count = std::atomic<std::uint64_t>;

  /// Codes come from peers, too.
  static constexpr std::size_t most_code = 31;

  static void add(Count& to, std::uint64_t more = 1) noexcept { to.fetch_add(more, std::memory_order_relaxed); }

  Count succeeded_{0};
  Count nanoseconds_{0};
  Count running_{0};
  std::array<Count, Latencies{}.counts.size()> latencies_{};
  std::array<Count, most_code + 1> failed_{};
};

/// Calls that were read together and went well, until they are counted: those of one method in a row together, since
/// looking at the clock for each would be what a small one spends most on.
class RunOfCalls {
 public:
  void add(CallStats& stats, std::chrono::steady_clock::time_point read_at) noexcept {
    if (stats_ != &stats) {
      count(read_at);
      stats_ = &stats;
    }
    ++calls_;
  }

  /// They have ended by now.
  void count(std::chrono::steady_clock::time_point read_at) noexcept {
    if (calls_ == 0) return;
    stats_->succeeded(std::chrono::steady_clock::now() - read_at, std::exchange(calls_, 0));
  }

 private:
  CallStats* stats_ = nullptr;
  std::uint64_t calls_ = 0;
};

}  // namespace rpc::internal
