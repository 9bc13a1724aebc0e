// What servers and channels count.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/log.h>
#include <rpc/metrics.h>

#include <cstdint>
#include <map>
#include <string>

#include "call_stats.h"
#include "runtime/net/running.h"

namespace {

using rpc::Latencies;
using rpc::MethodMetrics;
using rpc::internal::bucket_of;

using Failed = std::map<std::string, std::uint64_t>;

MethodMetrics of(const Running& running, const std::string& method) {
  for (MethodMetrics& each : running.server.metrics().methods) {
    if (each.method == method) return each;
  }
  throw std::out_of_range(method);
}

/// Keeps a handler busy.
void take(std::chrono::nanoseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) {}
}

TEST(Metrics, EveryTimeHasItsBucket) {
  for (std::size_t i = 0; i + 1 < Latencies().counts.size(); ++i) {
    EXPECT_EQ(bucket_of(Latencies::upper_bound(i)), i);
    EXPECT_EQ(bucket_of(Latencies::upper_bound(i) + 1ns), i + 1);
  }
  EXPECT_EQ(bucket_of(0ns), 0U);
  EXPECT_EQ(bucket_of(-1ns), 0U);
  EXPECT_EQ(bucket_of(std::chrono::nanoseconds::max()), Latencies().counts.size() - 1);
  EXPECT_EQ(Latencies::upper_bound(0), 1us);
  EXPECT_EQ(Latencies::upper_bound(4), 20us);
  EXPECT_EQ(Latencies::upper_bound(24), 100s);
  EXPECT_EQ(Latencies::upper_bound(25), std::chrono::nanoseconds::max());
}

TEST(Metrics, SharesOfLatencies) {
  Latencies latencies;
  EXPECT_EQ(latencies.quantile(0.5), 0ns);
  latencies.counts[4] = 80;  // 10 to 20 µs
  latencies.counts[6] = 20;  // 50 to 100 µs
  EXPECT_EQ(latencies.total(), 100U);
  EXPECT_EQ(latencies.quantile(0.4), 15us);
  EXPECT_EQ(latencies.quantile(0.8), 20us);
  EXPECT_EQ(latencies.quantile(0.9), 75us);
  EXPECT_EQ(latencies.quantile(1), 100us);
  latencies.counts[25] = 100;
  EXPECT_EQ(latencies.quantile(0.99), 100s);
}

TEST(Metrics, CountCallsByMethodAndCode) {
  Running running;
  running.object->on_act = [](const std::string& what) { throw rpc::Error(rpc::Code::overloaded, what); };
  const ProbeClient probe(rpc::connect(running.url));
  for (int i = 0; i < 3; ++i) probe.add(1, 2);
  probe.echo("x");
  error_of([&] { probe.act("no"); });
  running.object->on_act = [](const std::string& what) { throw std::runtime_error(what); };
  error_of([&] { probe.act("no"); });
  probe.add(1, 2);  // so that what was before is counted
  const MethodMetrics add = of(running, "add");
  EXPECT_EQ(add.interface, "Probe");
  EXPECT_TRUE(soon([&] { return of(running, "add").succeeded == 4; }));
  EXPECT_EQ(of(running, "add").latency.total(), 4U);
  EXPECT_GT(of(running, "add").latency.sum, 0ns);
  EXPECT_EQ(of(running, "echo").succeeded, 1U);
  EXPECT_EQ(of(running, "act").succeeded, 0U);
  EXPECT_EQ(of(running, "act").failed, (Failed{{"failed", 1}, {"overloaded", 1}}));
  EXPECT_EQ(of(running, "act").failures(), 2U);
  EXPECT_EQ(running.server.metrics().connections, 1U);
}

// Calls of one batch, of several methods in turn, and too many for one reply.
TEST(Metrics, CountWhatIsReadTogether) {
  Running running;
  const ProbeClient probe(rpc::connect(running.url));
  std::vector<rpc::Future<int>> sums;
  std::vector<rpc::Future<std::string>> texts;
  for (int i = 0; i < 1000; ++i) {
    sums.push_back(probe.async_add(i, 1));
    if (i % 3 == 0) texts.push_back(probe.async_echo(std::string(static_cast<std::size_t>(i) * 50, 'x')));
  }
  for (auto& each : sums) each.get();
  for (auto& each : texts) each.get();
  EXPECT_TRUE(soon([&] { return of(running, "add").succeeded == 1000 && of(running, "echo").succeeded == 334; }));
  EXPECT_EQ(of(running, "add").latency.total(), 1000U);
  EXPECT_EQ(of(running, "echo").latency.total(), 334U);
}

TEST(Metrics, SeeWhatRuns) {
  Running running;
  Gate gate;
  running.object->on_act = [&](const std::string&) { gate.wait(); };
  const ProbeClient probe(rpc::connect(running.url));
  rpc::Future<void> slow = probe.async_act("x");
  EXPECT_TRUE(soon([&] { return of(running, "act").running == 1; }));
  gate.open();
  slow.get();
  EXPECT_TRUE(soon([&] { return of(running, "act").running == 0; }));
  EXPECT_EQ(of(running, "act").succeeded, 1U);
}

TEST(Metrics, CountMaybeCallsAndTheirTimes) {
  Running running;
  const rpc::Channel channel = rpc::connect(running.url);
  const ProbeClient probe(channel);
  probe.add(1, 1);  // connected
  running.object->on_note = [](const std::string& text) {
    if (text == "bad") throw std::runtime_error("no");
    take(1ms);
  };
  rpc::set_log_handler([](const rpc::LogRecord&) {});
  probe.note("good");
  probe.note("bad");
  probe.add(1, 1);
  rpc::set_log_handler(nullptr);
  const MethodMetrics note = of(running, "note");
  EXPECT_EQ(note.mode, rpc::Mode::maybe);
  EXPECT_EQ(note.succeeded, 1U);
  EXPECT_EQ(note.failed, (Failed{{"failed", 1}}));
  EXPECT_EQ(note.latency.total(), 2U);
  EXPECT_GE(note.latency.sum, 1ms);
  EXPECT_LT(note.latency.sum, patience);
}

// One that keeps its thread is not ended by the one that read it.
TEST(Metrics, CountMaybeCallsThatBlock) {
  Running running;
  Gate gate;
  running.object->on_note = [&](const std::string&) { gate.wait(); };
  const ProbeClient probe(rpc::connect(running.url));
  probe.add(1, 1);
  probe.note("slow");
  EXPECT_TRUE(soon([&] { return of(running, "note").running == 1; }));
  gate.open();
  EXPECT_TRUE(soon([&] { return of(running, "note").succeeded == 1; }));
  EXPECT_EQ(of(running, "note").latency.total(), 1U);
  EXPECT_EQ(of(running, "note").running, 0U);
}

TEST(Metrics, CountWhatIsRefusedAndWhoWentAway) {
  Running running({.limits = {.max_in_flight = 1}});
  Gate gate;
  running.object->on_act = [&](const std::string&) { gate.wait(); };
  {
    const ProbeClient probe(rpc::connect(running.url));
    rpc::Future<void> slow = probe.async_act("x");
    EXPECT_TRUE(soon([&] { return of(running, "act").running == 1; }));
  }
  EXPECT_TRUE(soon([&] { return running.server.metrics().connections == 1; }));
  gate.open();
  EXPECT_TRUE(soon([&] { return of(running, "act").failures() + of(running, "act").succeeded == 1; }));
  EXPECT_EQ(of(running, "act").running, 0U);
}

}  // namespace
