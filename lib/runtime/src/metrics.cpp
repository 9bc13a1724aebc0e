#include <rpc/metrics.h>

#include <algorithm>
#include <numeric>

#include "call_stats.h"

namespace rpc {

using std::chrono::nanoseconds;

nanoseconds Latencies::upper_bound(std::size_t bucket) noexcept {
  return bucket < internal::latency_bounds.size() ? nanoseconds(internal::latency_bounds[bucket]) : nanoseconds::max();
}

std::uint64_t Latencies::total() const noexcept {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

// Beyond the last bound nothing is known but that.
nanoseconds Latencies::quantile(double share) const noexcept {
  double left = std::clamp(share, 0.0, 1.0) * static_cast<double>(total());
  for (std::size_t i = 0; i < internal::latency_bounds.size(); ++i) {
    const auto count = static_cast<double>(counts[i]);
    if (count == 0 || left > count) {
      left -= count;
      continue;
    }
    const std::int64_t lower = i == 0 ? 0 : internal::latency_bounds[i - 1];
    const auto width = static_cast<double>(internal::latency_bounds[i] - lower);
    return nanoseconds(lower + static_cast<std::int64_t>(width * left / count));
  }
  return total() == 0 ? nanoseconds(0) : nanoseconds(internal::latency_bounds.back());
}

std::uint64_t MethodMetrics::failures() const noexcept {
  return std::accumulate(failed.begin(), failed.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const auto& each) { return sum + each.second; });
}

namespace internal {

MethodMetrics CallStats::read(const InterfaceInfo& interface, std::uint16_t method) const {
  const MethodInfo& info = interface.methods[method];
  MethodMetrics read{.interface = interface.name, .method = info.name, .mode = info.mode};
  const auto value = [](const std::atomic<std::uint64_t>& of) { return of.load(std::memory_order_relaxed); };
  read.succeeded = value(succeeded_);
  read.running = value(running_);
  for (std::size_t code = 0; code < failed_.size(); ++code) {
    if (const std::uint64_t count = value(failed_[code])) read.failed[to_string(static_cast<Code>(code))] += count;
  }
  std::ranges::transform(latencies_, read.latency.counts.begin(), value);
  read.latency.sum = nanoseconds(value(nanoseconds_));
  return read;
}

}  // namespace internal
}  // namespace rpc
