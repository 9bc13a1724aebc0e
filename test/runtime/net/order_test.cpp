// Calls of one thread on one channel are dispatched in their order, however long their handlers take.
#include <gtest/gtest.h>

#include <rpc/error.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "net/engine.h"
#include "net/loop.h"
#include "runtime/net/running.h"

namespace {

/// Calls are "thread number". Every eighth of them keeps its handler until another call was dispatched, so that the
/// reading goes on on another thread of the server.
class Order final : public Probe {
 public:
  void act(std::string what) override {
    const std::size_t space = what.find(' ');
    const int thread = std::stoi(what.substr(0, space));
    const int number = std::stoi(what.substr(space));
    const int arrived = arrived_.fetch_add(1) + 1;
    {
      const std::lock_guard lock(mutex_);
      const auto [last, is_first] = last_.emplace(thread, number);
      if (!is_first && std::exchange(last->second, number) > number) ++late;
      server_threads_.insert(std::this_thread::get_id());
    }
    if (number % 8 != 7) return;
    EXPECT_TRUE(soon([&] { return arrived_ > arrived || over; }));
  }

  std::size_t server_threads() {
    const std::lock_guard lock(mutex_);
    return server_threads_.size();
  }

  std::atomic<int> late = 0;
  std::atomic<bool> over = false;

 private:
  std::atomic<int> arrived_ = 0;
  std::mutex mutex_;
  std::map<int, int> last_;  // by the client's thread
  std::set<std::thread::id> server_threads_;
};

class Ordering : public testing::TestWithParam<std::string> {};

TEST_P(Ordering, CallsOfOneThreadAreDispatchedInOrder) {
  constexpr int threads = 3;
  constexpr int calls = 200;
  auto object = std::make_shared<Order>();
  rpc::Server server;
  server.serve<Probe>(object);
  const Folder folder;
  const ProbeClient probe(rpc::connect(server.listen(GetParam().empty() ? folder.url() : GetParam())));
  {
    std::vector<std::jthread> callers;
    for (int thread = 0; thread < threads; ++thread) {
      callers.emplace_back([&probe, &object, thread] {
        std::vector<rpc::Future<void>> pending;
        const auto name = [thread](int number) { return std::to_string(thread) + ' ' + std::to_string(number); };
        for (int number = 0; number < calls; ++number) {
          pending.push_back(probe.async_act(name(number)));
          if (number % 60 == 0) probe.act(name(++number));  // one that waits, behind those whose handlers are kept
        }
        if (thread == 0) object->over = true;
        for (rpc::Future<void>& each : pending) each.get();
      });
    }
  }
  // A handler that the system takes off its processor before its first line is overtaken by the next one, rightly.
  EXPECT_LT(object->late, threads * calls / 20);
  EXPECT_GT(object->server_threads(), 1U) << "or this shows nothing";
}

// Others read the connection from before the handler begins, and not only when it turns out to take long.
TEST(Unordered, HandlersDoNotKeepTheThreadThatReads) {
  const Running running;
  std::atomic<bool> reads = false;
  running.object->on_act = [&reads](const std::string&) { reads = rpc::net::Loop::in_batch(); };
  const ProbeClient probe(rpc::connect(running.url));
  probe.act("in order");
  EXPECT_TRUE(reads);
  probe.with({.ordered = false}).act("at any time");
  EXPECT_FALSE(reads);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Ordering, testing::Values("", "tcp://127.0.0.1:0", "inproc:order"),
                         [](const testing::TestParamInfo<std::string>& info) {
                           return std::string(info.param.empty() ? "unix" : info.param.substr(0, info.param.find(':')));
                         });

/// A task of a loop.
struct Task : rpc::internal::Continuation {
  explicit Task(std::function<void()> work)
      : Continuation{[](Continuation& self) noexcept { static_cast<Task&>(self).work(); }}, work(std::move(work)) {}

  std::function<void()> work;
};

// The first task adds the others while it runs, so that they are taken together; the second one adds another one, which
// the thread that goes on with the third has not looked for when it is stuck itself.
TEST(LoopTasks, ThatCameBeforeTwoThreadsWereStuckAreRun) {
  rpc::net::Loop& loop = rpc::net::Engine::get().next_loop();
  std::atomic<bool> ran = false;
  std::atomic<int> ended = 0;
  const auto wait_for_last = [&] {
    EXPECT_TRUE(soon([&] { return ran.load(); }));
    ++ended;
  };
  Task last([&] { ran = true; });
  Task second([&] {
    loop.post(last);
    wait_for_last();
  });
  Task third(wait_for_last);
  Task first([&] {
    loop.post(second);
    loop.post(third);
  });
  loop.post(first);
  EXPECT_TRUE(soon([&] { return ended == 2; }, 2 * patience));
}

}  // namespace
