// How a thread waits for a connection whose calls come one at a time: in epoll_wait() like for all others, or in recv()
// for it alone. Which costs less depends on the transport and on the cores the two ends run on, so both are tried, and
// the one with the shorter time between calls is kept for a while.
//
//   if (habit.next(now)) wait_in_recv(); else wait_in_epoll();
#pragma once

#include "net/timers.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace rpc::net {

/// Used by one thread at a time: the connection's reader.
class ReadHabit {
 public:
  /// Calls that each way is tried for, and calls for which the better one is kept.
  static constexpr std::uint32_t trial = 32;
  static constexpr std::uint32_t kept_for = 16'384;

  /// Something else came than one call at a time, or nothing for long.
  void restart() noexcept {
    stage_ = Stage::epoll;
    count_ = 0;
    last_ = {};
  }

  /// A call came at the time `at`. Whether to wait for the next one in recv().
  bool next(Time at) noexcept {
    const Time before = std::exchange(last_, at);
    if (before == Time{}) return false;
    if (stage_ == Stage::settled) return keep();
    gaps_[count_++] = std::chrono::nanoseconds(at - before).count();
    if (count_ == trial) end_trial();
    return stage_ == Stage::recv || (stage_ == Stage::settled && recv_is_better_);
  }

 private:
  enum class Stage : std::uint8_t { epoll, recv, settled };

  bool keep() noexcept {
    if (++count_ < kept_for) return recv_is_better_;
    stage_ = Stage::epoll;
    count_ = 0;
    return false;
  }

  void end_trial() noexcept {
    std::nth_element(gaps_.begin(), gaps_.begin() + trial / 2, gaps_.end());
    const std::int64_t median = gaps_[trial / 2];
    count_ = 0;
    if (stage_ == Stage::epoll) {
      stage_ = Stage::recv;
      with_epoll_ = median;
    } else {
      stage_ = Stage::settled;
      recv_is_better_ = median < with_epoll_;
    }
  }

  Stage stage_ = Stage::epoll;
  bool recv_is_better_ = false;
  std::uint32_t count_ = 0;  // calls in this stage
  std::int64_t with_epoll_ = 0;
  Time last_{};
  std::array<std::int64_t, trial> gaps_{};
};

}  // namespace rpc::net
