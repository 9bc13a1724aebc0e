// What the ways to wait for a call cost, as ratios to the blocking call, and what each allocates: an addition on a
// Unix socket, client and server in one process, 64 calls in flight where the way allows that.
//
//   future       start and get(), one at a time
//   futures      64 started, then got in turn
//   callbacks    64 started with then()
//   coroutine    co_await, one at a time
//   coroutines   64 that each co_await
//
// Bar: one allocation a call, the future's own; a coroutine's frame is the program's and counts once more where each
// call has one. Rounds of all ways alternate.
#include <rpc/channel.h>
#include <rpc/server.h>

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "runtime/net/probe.h"

namespace {

std::atomic<std::size_t> allocations = 0;

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using Clock = std::chrono::steady_clock;

constexpr int window = 64;
constexpr int windows = 32;
constexpr int calls = window * windows;
constexpr int rounds = 21;

/// A coroutine that nobody waits for.
struct Detached {
  struct promise_type {
    Detached get_return_object() const noexcept { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { std::terminate(); }
  };
};

/// Counts what has come back; the thread that started it waits.
class Arrivals {
 public:
  void note() {
    if (count_.fetch_add(1, std::memory_order_acq_rel) + 1 == expected_) count_.notify_one();
  }
  void await() {
    for (int now = count_.load(std::memory_order_acquire); now != expected_; now = count_.load()) count_.wait(now);
    count_.store(0, std::memory_order_relaxed);
  }
  void expect(int count) { expected_ = count; }

 private:
  std::atomic<int> count_ = 0;
  int expected_ = window;
};

Arrivals arrivals;

Detached add_in_turn(const ProbeClient& probe) {
  for (int i = 0; i < calls; ++i) co_await probe.async_add(i, 1);
  arrivals.note();
}

Detached add_once(const ProbeClient& probe, int number) {
  co_await probe.async_add(number, 1);
  arrivals.note();
}

void wait_for_futures(const ProbeClient& probe) {
  std::vector<rpc::Future<int>> sums;
  sums.reserve(window);
  for (int i = 0; i < windows; ++i) {
    for (int j = 0; j < window; ++j) sums.push_back(probe.async_add(j, 1));
    for (rpc::Future<int>& sum : sums) sum.get();
    sums.clear();
  }
}

void start_windows(const std::function<void(int)>& start) {
  arrivals.expect(window);
  for (int i = 0; i < windows; ++i) {
    for (int j = 0; j < window; ++j) start(j);
    arrivals.await();
  }
}

struct Way {
  const char* name;
  std::size_t bar;  // allocations a call
  std::function<void()> run;
  std::vector<double> nanoseconds = {};
  std::size_t allocated = 0;

  void round() {
    const std::size_t before = allocations;
    const Clock::time_point start = Clock::now();
    run();
    nanoseconds.push_back(std::chrono::duration<double, std::nano>(Clock::now() - start).count() / calls);
    allocated = allocations - before;  // of the last round: the first ones fill what is used again
  }
  double median() {
    std::nth_element(nanoseconds.begin(), nanoseconds.begin() + rounds / 2, nanoseconds.end());
    return nanoseconds[rounds / 2];
  }
};

std::vector<Way> ways(const ProbeClient& probe) {
  return {
      {"blocking", 0,
       [&] {
         for (int i = 0; i < calls; ++i) probe.add(i, 1);
       }},
      {"future", 1,
       [&] {
         for (int i = 0; i < calls; ++i) probe.async_add(i, 1).get();
       }},
      {"futures", 1, [&] { wait_for_futures(probe); }},
      {"callbacks", 1,
       [&] {
         start_windows([&](int i) { probe.async_add(i, 1).then([](const rpc::Result<int>&) { arrivals.note(); }); });
       }},
      {"coroutine", 1,
       [&] {
         arrivals.expect(1);
         add_in_turn(probe);
         arrivals.await();
       }},
      {"coroutines", 2, [&] { start_windows([&](int i) { add_once(probe, i); }); }},
  };
}

}  // namespace

int main() {
  rpc::Server server;
  server.serve<Probe>(std::make_shared<Probe>());
  const std::string url = server.listen("unix:/tmp/rpc-async-bench-" + std::to_string(::getpid()));
  const ProbeClient probe(rpc::connect(url));
  std::vector<Way> all = ways(probe);
  for (int i = 0; i < rounds; ++i) {
    for (Way& way : all) way.round();
  }
  bool good = true;
  std::printf("%-12s %10s %8s %18s\n", "", "ns a call", "ratio", "allocations a call");
  const double blocking = all.front().median();
  for (Way& way : all) {
    const double each = static_cast<double>(way.allocated) / calls;
    const bool met = each < static_cast<double>(way.bar) + 0.05;  // a window's vector, a buffer that grows
    good = good && met;
    std::printf("%-12s %10.0f %7.2fx %18.2f%s\n", way.name, way.median(), way.median() / blocking, each,
                met ? "" : "  MISSED");
  }
  return good ? 0 : 1;
}
