// Ten thousand calls at once, answered in random order, some cancelled, given up or late, while the connection is lost
// now and then: each ends exactly once, and with its own answer.
//
//   FARCALL_STORM_SEED=17 runtime_net_test --gtest_filter='Storm*'      repeats a run, but for what threads make of it
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/testing.h>

#include <algorithm>
#include <atomic>
#include <coroutine>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/net/running.h"

namespace {

using Random = std::mt19937;

constexpr int callers = 4;
constexpr int calls_of_each = 2500;

unsigned seed() {
  const char* given = std::getenv("FARCALL_STORM_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device()();
  std::cout << "FARCALL_STORM_SEED=" << seed << std::endl;
  return seed;
}

int below(Random& random, int end) { return std::uniform_int_distribution(0, end - 1)(random); }

/// Keeps its calls until release() lets one go, whichever.
class Hoard : public ProbeService {
 public:
  rpc::Task<std::string> echo(std::string text) override {
    co_await Kept{*this};
    co_return text;
  }

  /// Answers one on this thread. False if there is none.
  bool release(Random& random) {
    std::coroutine_handle<> chosen;
    {
      const std::lock_guard lock(mutex_);
      if (kept_.empty()) return false;
      std::swap(kept_[static_cast<std::size_t>(below(random, static_cast<int>(kept_.size())))], kept_.back());
      chosen = kept_.back();
      kept_.pop_back();
    }
    chosen.resume();
    return true;
  }

 private:
  struct Kept {
    Hoard& hoard;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const {
      const std::lock_guard lock(hoard.mutex_);
      hoard.kept_.push_back(handle);
    }
    void await_resume() const noexcept {}
  };

  std::mutex mutex_;
  std::vector<std::coroutine_handle<>> kept_;
};

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

class Storm : public testing::Test {
 protected:
  void end(std::size_t call, const rpc::Result<std::string>& result) {
    ++ends_[call];
    ++ended_;
    if (result) {
      EXPECT_EQ(*result, std::to_string(call));
    } else {
      const rpc::Code code = result.error().code();
      EXPECT_TRUE(code == rpc::Code::cancelled || code == rpc::Code::deadline_exceeded ||
                  code == rpc::Code::unavailable)
          << result.error().what();
    }
  }

  Detached await(std::size_t call, rpc::Future<std::string> future) {
    rpc::Result<std::string> result = rpc::Error(rpc::Code::internal, "none");
    try {
      result = co_await std::move(future);
    } catch (const rpc::Error& error) {
      result = error;
    }
    end(call, result);
  }

  /// A call of any kind. One that is to be looked at later goes to `kept`.
  void start(std::size_t call, Random& random, std::vector<std::pair<std::size_t, rpc::Future<std::string>>>& kept) {
    const std::string text = std::to_string(call);
    const auto then = [this, call](const rpc::Result<std::string>& result) { end(call, result); };
    switch (below(random, 4)) {
      case 0: return probe_.async_echo(text).then(then);
      case 1: return void(await(call, probe_.async_echo(text)));
      case 2:
        return probe_.with({.deadline = std::chrono::milliseconds(1 + below(random, 20))}).async_echo(text).then(then);
      default: kept.emplace_back(call, probe_.async_echo(text));
    }
  }

  void finish(std::size_t call, rpc::Future<std::string>& future, Random& random) {
    switch (below(random, 4)) {
      case 0: future.cancel(); break;
      case 1: future.abandon(); break;
      case 2: static_cast<void>(future.wait_for(std::chrono::microseconds(below(random, 100)))); break;
      default: break;
    }
    end(call, future.result());
  }

  void run_caller(int caller, unsigned seed) {
    Random random(seed + static_cast<unsigned>(caller));
    std::vector<std::pair<std::size_t, rpc::Future<std::string>>> kept;
    for (int i = 0; i < calls_of_each; ++i) {
      start(static_cast<std::size_t>(caller * calls_of_each + i), random, kept);
    }
    std::shuffle(kept.begin(), kept.end(), random);
    for (auto& [call, future] : kept) finish(call, future, random);
  }

  void run_releaser(unsigned seed) {
    Random random(seed);
    while (hoard_->release(random) || ended_ < callers * calls_of_each) std::this_thread::yield();
  }

  static constexpr rpc::Limits wide{.max_in_flight = 2 * callers * calls_of_each};

  std::shared_ptr<Hoard> hoard_ = std::make_shared<Hoard>();
  rpc::testing::Pair<Probe> pair_{hoard_, {.limits = wide}, {.limits = wide}};
  ProbeClient probe_{pair_.channel(), {.deadline = rpc::no_deadline}};
  std::vector<std::atomic<int>> ends_ = std::vector<std::atomic<int>>(callers * calls_of_each);
  std::atomic<int> ended_ = 0;
};

TEST_F(Storm, EveryCallEndsOnce) {
  const unsigned seed = ::seed();
  Random random(seed);
  for (int i = 0; i < 3; ++i) {
    pair_.faults().disconnect(1 + static_cast<std::uint64_t>(below(random, callers * calls_of_each / 2)));
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < callers; ++i) threads.emplace_back([this, i, seed] { run_caller(i, seed); });
  for (unsigned i = 0; i < 2; ++i) threads.emplace_back([this, i, seed] { run_releaser(seed + 100 + i); });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t call = 0; call < ends_.size(); ++call) ASSERT_EQ(ends_[call], 1) << call;
  // On a busy machine the disconnects may have taken all of them. The next one is answered.
  rpc::Future<std::string> next = probe_.async_echo("next");
  EXPECT_TRUE(soon([&] { return hoard_->release(random), next.ready(); }));
  EXPECT_EQ(next.get(), "next");
}

}  // namespace
