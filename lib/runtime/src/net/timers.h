// One coarse wheel for every time-out of the process. A connection is in it at most once, at the earliest time any of
// its calls cares about, so a call costs no timer.
//
//   timers.schedule(connection, now + 30s);
//   …  Time ServerConnection::on_time(Time now) { close_if_stalled(now); return next_deadline(); }
#pragma once

#include "pending_call.h"

#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

namespace rpc::net {

using internal::never;
using internal::Time;

inline Time now() noexcept { return std::chrono::steady_clock::now(); }

/// What can be woken at a time.
class Timed {
 public:
  /// Called on the timers' thread with no lock held; must be short and run no user code. Returns when to call again.
  virtual Time on_time(Time now) noexcept = 0;

  virtual void retain() noexcept = 0;
  virtual void release() noexcept = 0;

 protected:
  ~Timed() = default;

 private:
  friend class Timers;
  std::uint64_t due_ = 0;  // guarded by Timers; 0: not scheduled
};

/// Ticks once a millisecond while something is due soon or a loop is to be watched, and sleeps otherwise.
class Timers {
 public:
  /// `watch` is called every tick while watching; returns false when there was nothing to watch for some time.
  explicit Timers(bool (*watch)() noexcept) noexcept : watch_(watch) {}

  /// Has on_time() called at `when` or up to two milliseconds later; sooner if that was scheduled before.
  void schedule(Timed& timed, Time when);

  /// Begins to watch. Cheap when that is so already.
  void start_watching() noexcept;

  /// Whether start_watching() is needed. Sequentially consistent: a loop that leaves its sleep asks after it said so.
  bool watching() const noexcept { return watching_.load(); }

  [[noreturn]] void run();

 private:
  struct Entry {
    Timed* timed;
    std::uint64_t tick;
  };
  static constexpr std::size_t slot_count = 1024;

  void put(Timed& timed, std::uint64_t tick);
  void advance(std::unique_lock<std::mutex>& lock, std::uint64_t to);
  void fire(std::unique_lock<std::mutex>& lock, Entry entry);
  std::uint64_t next_tick() const;
  void stop_watching();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<std::vector<Entry>, slot_count> slots_;
  std::size_t entries_ = 0;
  std::uint64_t tick_ = 0;       // all up to it have fired
  std::uint64_t sleeps_to_ = 0;  // where the thread wakes by itself
  std::atomic<bool> watching_{false};
  bool (*watch_)() noexcept;
};

}  // namespace rpc::net
