// When a client asks whether its datagrams arrive, and what it makes of the answers.
//
//   if (habit.due(now)) send_probe();
//   if (habit.arrives()) send_datagram(call); else send_frame(call);
//   …  habit.answered(now);
#pragma once

#include "net/timers.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace rpc::net {

/// Knows no clock and has no timer: it is asked with each call, so a client that makes none sends no probes.
class ProbeHabit {
 public:
  /// A call is made. Whether a probe goes with it, which counts as sent.
  bool due(Time now) noexcept {
    if (now < next_) return false;
    if (unanswered_ >= tolerated) arrives_ = false;
    next_ = now + std::min(first_pause * (std::int64_t{1} << std::min(unanswered_, 16U)), last_pause);
    ++unanswered_;
    return true;
  }

  void answered(Time now) noexcept {
    unanswered_ = 0;
    arrives_ = true;
    next_ = now + interval;
  }

  /// The system was told that nobody is there.
  void refused() noexcept { arrives_ = false; }

  bool arrives() const noexcept { return arrives_; }

 private:
  /// Between an answer and the next probe.
  static constexpr std::chrono::milliseconds interval{5'000};

  /// Between probes without an answer; doubles from the first to the last.
  static constexpr std::chrono::milliseconds first_pause{100};
  static constexpr std::chrono::milliseconds last_pause{60'000};

  /// So many probes in a row may be lost before datagrams count as blocked.
  static constexpr unsigned tolerated = 3;

  Time next_{};
  unsigned unanswered_ = 0;
  bool arrives_ = false;
};

}  // namespace rpc::net
