// What all channels and servers of a process share: the loops, the threads that lead them, the timers. Made when first
// needed and never taken down, since user code may run on its threads until the process ends.
//
//   Loop& loop = Engine::get().next_loop();
#pragma once

#include "net/loop.h"
#include "net/timers.h"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace rpc::net {

class Engine {
 public:
  /// Handlers that block each keep a thread; when this many exist, loops whose leader blocks have to wait.
  static constexpr std::size_t max_threads = 512;

  static Engine& get();

  /// The loops in turn; one for each core.
  Loop& next_loop() noexcept;

  Timers& timers() noexcept { return timers_; }

  /// Whether a loop that loses its leader would find another.
  bool has_spare_thread() noexcept;

  /// Finds a further thread for a loop. False: there is none now; one comes when its handler lets it.
  bool appoint(Loop& loop) noexcept;

  /// A loop woke up: see that its leader does not stay in user code for long.
  void start_watching() noexcept {
    if (timers_.watching()) return;
    quiet_ticks_.store(0, std::memory_order_relaxed);
    timers_.start_watching();
  }

 private:
  Engine();
  static bool watch() noexcept;
  bool start_thread() noexcept;
  void lead_vacant_loops();

  std::vector<std::unique_ptr<Loop>> loops_;
  std::atomic<std::size_t> next_loop_{0};
  Timers timers_{&watch};
  std::atomic<int> quiet_ticks_{0};

  std::mutex mutex_;
  std::condition_variable vacancy_;
  std::deque<Loop*> vacant_;
  std::size_t threads_ = 0;
  std::size_t idle_ = 0;
  bool reported_ = false;  // that max_threads was reached
};

/// Starts a thread of the engine: named, never joined, and spared the signals of the process.
void start_engine_thread(const char* name, void (*run)());

}  // namespace rpc::net
