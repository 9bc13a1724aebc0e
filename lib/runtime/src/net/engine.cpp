#include "net/engine.h"

#include "log.h"
#include "no_signals.h"

#include <pthread.h>

#include <algorithm>
#include <system_error>
#include <thread>

namespace rpc::net {

namespace {

/// Threads that have nothing to lead and stay anyway, since the next handler may block soon.
constexpr std::size_t kept_idle = 8;

/// Ticks without anything to watch before the watching stops.
constexpr int patience = 50;

}  // namespace

Engine& Engine::get() {
  static Engine& engine = *new Engine;
  return engine;
}

Engine::Engine() {
  const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
  for (std::size_t i = 0; i < cores; ++i) loops_.push_back(std::make_unique<Loop>(*this));
  start_engine_thread("rpc-timers", [] { get().timers_.run(); });
}

Loop& Engine::next_loop() noexcept {
  return *loops_[next_loop_.fetch_add(1, std::memory_order_relaxed) % loops_.size()];
}

bool Engine::watch() noexcept {
  Engine& engine = get();
  bool busy = false;
  for (const std::unique_ptr<Loop>& loop : engine.loops_) busy |= loop->watch();
  const int quiet = busy ? 0 : engine.quiet_ticks_.load(std::memory_order_relaxed) + 1;
  engine.quiet_ticks_.store(quiet, std::memory_order_relaxed);
  return quiet < patience;
}

bool Engine::has_spare_thread() noexcept {
  {
    const std::lock_guard lock(mutex_);
    if (idle_ > vacant_.size() || threads_ < max_threads) return true;
    if (std::exchange(reported_, true)) return false;
  }
  internal::log(Severity::warning, "all " + std::to_string(max_threads) +
                                       " threads are kept by handlers that block; other calls have to wait");
  return false;
}

bool Engine::appoint(Loop& loop) noexcept {
  const std::lock_guard lock(mutex_);
  vacant_.push_back(&loop);
  if (idle_ < vacant_.size()) return start_thread();
  vacancy_.notify_one();
  return true;
}

// Without a thread the loop stays vacant until one that leads nothing comes back.
bool Engine::start_thread() noexcept {
  ++threads_;
  try {
    start_engine_thread("rpc-loop", [] { get().lead_vacant_loops(); });
    return true;
  } catch (const std::system_error& error) {
    --threads_;
    internal::log(Severity::warning, std::string("no new thread: ") + error.what());
    return false;
  }
}

void Engine::lead_vacant_loops() {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (vacant_.empty() && idle_ >= kept_idle) break;
    ++idle_;
    vacancy_.wait(lock, [this] { return !vacant_.empty(); });
    --idle_;
    Loop& loop = *vacant_.front();
    vacant_.pop_front();
    lock.unlock();
    loop.lead();
    lock.lock();
  }
  --threads_;
}

void start_engine_thread(const char* name, void (*run)()) {
  const internal::NoSignals none;
  std::thread([name, run] {
    ::pthread_setname_np(::pthread_self(), name);
    run();
  }).detach();
}

}  // namespace rpc::net
