// When a call has waited so long that it is sent to a second server, too: after a fixed time, or when it takes longer
// than most calls did lately.
//
//   HedgeDelay delay(0ns, 95);
//   delay.note(latency);                                          // of each call that was answered
//   if (std::optional<std::chrono::nanoseconds> after = delay.get()) hedge_at(now + *after);
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

namespace rpc::net {

class HedgeDelay {
 public:
  /// How many calls must have been answered before a percentile means something.
  static constexpr std::uint32_t least_calls = 100;

  /// Both 0: never. With both, the longer of the two.
  HedgeDelay(std::chrono::nanoseconds least, unsigned percentile) noexcept : least_(least), percentile_(percentile) {}

  bool on() const noexcept { return percentile_ != 0 || least_.count() > 0; }

  void note(std::chrono::nanoseconds latency) noexcept;

  /// Nothing: never, or not known yet.
  std::optional<std::chrono::nanoseconds> get() const noexcept;

 private:
  // Eight buckets for each doubling: at most an eighth too long.
  static constexpr unsigned steps = 8;
  static constexpr unsigned step_bits = 3;
  static constexpr std::uint32_t most_calls = 4096;  // then the counts are halved: the past fades
  static constexpr std::uint32_t look_every = 64;

  static unsigned bucket_of(std::uint64_t nanoseconds) noexcept;
  static std::uint64_t end_of(unsigned bucket) noexcept;
  void look() noexcept;

  const std::chrono::nanoseconds least_;
  const unsigned percentile_;
  std::array<std::uint32_t, (64 - step_bits + 1) * steps> counts_{};
  std::uint32_t calls_ = 0;
  std::uint32_t unlooked_ = 0;
  std::chrono::nanoseconds seen_{0};  // the percentile; 0: not known yet
};

}  // namespace rpc::net
