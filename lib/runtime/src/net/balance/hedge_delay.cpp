#include "net/balance/hedge_delay.h"

#include <algorithm>
#include <bit>

namespace rpc::net {

// Below eight nanoseconds each has its own; from there on the highest bit says the row and the next three the column.
unsigned HedgeDelay::bucket_of(std::uint64_t nanoseconds) noexcept {
  if (nanoseconds < steps) return static_cast<unsigned>(nanoseconds);
  const auto row = static_cast<unsigned>(std::bit_width(nanoseconds)) - step_bits;
  return row * steps + static_cast<unsigned>((nanoseconds >> (row - 1)) & (steps - 1));
}

std::uint64_t HedgeDelay::end_of(unsigned bucket) noexcept {
  if (bucket < steps) return bucket + 1;
  const unsigned row = bucket / steps;
  return (std::uint64_t{steps} + bucket % steps + 1) << (row - 1);
}

void HedgeDelay::note(std::chrono::nanoseconds latency) noexcept {
  if (percentile_ == 0) return;
  ++counts_[bucket_of(static_cast<std::uint64_t>(std::clamp<std::int64_t>(latency.count(), 0, std::int64_t{1} << 60)))];
  if (++calls_ >= most_calls) {
    calls_ = 0;
    for (std::uint32_t& count : counts_) calls_ += count /= 2;
  }
  if (++unlooked_ >= look_every && calls_ >= least_calls) look();
}

void HedgeDelay::look() noexcept {
  unlooked_ = 0;
  const std::uint64_t wanted = (std::uint64_t{calls_} * std::min(percentile_, 100U) + 99) / 100;
  std::uint64_t below = 0;
  for (unsigned bucket = 0; bucket < counts_.size(); ++bucket) {
    below += counts_[bucket];
    if (below >= wanted) return void(seen_ = std::chrono::nanoseconds(end_of(bucket)));
  }
}

std::optional<std::chrono::nanoseconds> HedgeDelay::get() const noexcept {
  if (percentile_ == 0) return least_.count() > 0 ? std::optional(least_) : std::nullopt;
  if (seen_.count() == 0) return std::nullopt;
  return std::max(least_, seen_);
}

}  // namespace rpc::net
