// Handlers and continuations that block: nobody else may have to wait for them.
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/this_call.h>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/running.h"

namespace {

TEST(Blocking, HandlerDoesNotStallItsOwnConnection) {
  Gate gate;
  Running running;
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(gate.wait()); };
  const ProbeClient probe(rpc::connect(running.url));
  rpc::Future<void> blocked = probe.async_act("x");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(probe.add(i, 1), i + 1);
  EXPECT_FALSE(blocked.ready());
  gate.open();
  blocked.get();
}

// A call ends with the one that it is made for, whatever it would wait itself.
TEST(Blocking, ACallWithinACallEndsWithIt) {
  Running inner;
  inner.object->on_act = [](const std::string&) {
    Gate stopped;
    const std::stop_callback on_stop(rpc::this_call().stop_token(), [&] { stopped.open(); });
    EXPECT_TRUE(stopped.wait());
  };
  const ProbeClient within(rpc::connect(inner.url), {.deadline = rpc::no_deadline});
  EXPECT_EQ(within.add(1, 1), 2);
  Running outer;
  std::atomic<int> code = -1;
  outer.object->on_act = [&](const std::string&) {
    code = static_cast<int>(error_of([&] { within.act("x"); }).code());
  };
  const ProbeClient probe(rpc::connect(outer.url));
  EXPECT_EQ(probe.add(1, 1), 2);
  EXPECT_TRUE(soon([&] {  // a call that comes too late is not started, and a reply may be just in time
    static_cast<void>(error_of([&] { probe.with({.deadline = 50ms}).act("x"); }));
    return code == static_cast<int>(rpc::Code::deadline_exceeded);
  })) << code;
}

// The calls behind the blocked one are in the same batch, read already when it blocks.
TEST(Blocking, HandlerDoesNotStallTheRestOfItsBatch) {
  Gate gate;
  Running running;
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(gate.wait()); };
  const ProbeClient probe(rpc::connect(running.url));
  EXPECT_EQ(probe.add(1, 1), 2);
  std::vector<rpc::Future<int>> sums;
  std::vector<rpc::Future<void>> blocked;
  for (int i = 0; i < 200; ++i) {
    if (i % 20 == 7) blocked.push_back(probe.async_act("x"));
    sums.push_back(probe.async_add(i, i));
  }
  for (int i = 0; i < 200; ++i) EXPECT_EQ(sums[i].get(), 2 * i);
  gate.open();
  for (rpc::Future<void>& each : blocked) each.get();
}

TEST(Blocking, ManyHandlersBlockOnManyConnections) {
  Gate gate;
  Running running;
  std::atomic<int> inside = 0;
  running.object->on_act = [&](const std::string&) {
    ++inside;
    EXPECT_TRUE(gate.wait());
  };
  std::vector<ProbeClient> probes;
  std::vector<rpc::Future<void>> blocked;
  for (int i = 0; i < 16; ++i) {
    probes.emplace_back(rpc::connect(running.url));
    blocked.push_back(probes.back().async_act("x"));
    blocked.push_back(probes.back().async_act("y"));
  }
  EXPECT_TRUE(soon([&] { return inside == 32; }));
  for (const ProbeClient& probe : probes) EXPECT_EQ(probe.add(1, 2), 3);
  gate.open();
  for (rpc::Future<void>& each : blocked) each.get();
}

// Everything here shares the engine: a handler that calls back into its own server needs another thread at each level.
TEST(Blocking, HandlerCallsItsOwnServer) {
  Running running;
  const ProbeClient probe(rpc::connect(running.url));
  running.object->on_act = [&](const std::string& depth) {
    const int left = std::stoi(depth);
    if (left > 0) probe.act(std::to_string(left - 1));
  };
  probe.act("40");
}

TEST(Blocking, ContinuationCallsOnItsOwnChannel) {
  Running running;
  const ProbeClient probe(rpc::connect(running.url));
  std::atomic<int> sum = 0;
  for (int i = 0; i < 20; ++i) {
    probe.async_add(i, 0).then([&](rpc::Result<int> first) { sum += probe.add(first.value(), 1); });
  }
  EXPECT_TRUE(soon([&] { return sum == 190 + 20; }));
}

TEST(Blocking, ContinuationDoesNotStallOtherReplies) {
  Gate attached;  // what is attached to a ready future runs at once, right here
  Gate gate;
  Running running;
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(attached.wait()); };
  const ProbeClient probe(rpc::connect(running.url));
  std::atomic<bool> done = false;
  probe.async_act("x").then([&](rpc::Result<void>) {
    EXPECT_TRUE(gate.wait());
    done = true;
  });
  attached.open();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(probe.add(i, 1), i + 1);
  std::vector<rpc::Future<int>> sums;
  for (int i = 0; i < 100; ++i) sums.push_back(probe.async_add(i, i));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(sums[i].get(), 2 * i);
  gate.open();
  EXPECT_TRUE(soon([&] { return done.load(); }));
}

// The waiting thread reads the other's reply, but must not run what was attached to it: it holds a lock that the
// continuation wants.
TEST(Blocking, ContinuationsDoNotRunOnWaitingCallers) {
  std::deque<Gate> gates(20);
  Running running;
  running.object->on_act = [&](const std::string& what) {
    Gate& gate = gates[std::stoul(what.substr(1))];
    if (what[0] == 'o') {
      gate.open();
    } else {
      EXPECT_TRUE(gate.wait());
    }
  };
  const ProbeClient probe(rpc::connect(running.url));
  std::mutex mutex;
  std::atomic<int> ran = 0;
  for (std::size_t i = 0; i < gates.size(); ++i) {
    probe.async_act("w" + std::to_string(i)).then([&](rpc::Result<void>) {
      const std::lock_guard lock(mutex);
      ++ran;
    });
    const std::lock_guard lock(mutex);
    probe.act("o" + std::to_string(i));
    for (int j = 0; j < 5; ++j) EXPECT_EQ(probe.add(j, 1), j + 1);
  }
  EXPECT_TRUE(soon([&] { return ran == 20; }));
}

TEST(Blocking, CallersFollowOneAnother) {
  Gate gate;
  Running running;
  std::atomic<int> inside = 0;
  running.object->on_act = [&](const std::string& what) {
    if (what != "wait") return;
    ++inside;
    EXPECT_TRUE(gate.wait());
  };
  const ProbeClient probe(rpc::connect(running.url));
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i) threads.emplace_back([&] { probe.act("wait"); });
  EXPECT_TRUE(soon([&] { return inside == 6; }));
  for (int i = 0; i < 50; ++i) probe.act("go");
  gate.open();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
