// Thousands of calls to servers that go and come back, some given up, cancelled, late or hedged: each ends exactly
// once, with its own answer. And as many that may not run twice, while servers are replaced: none fails.
//
//   FARCALL_STORM_SEED=17 runtime_net_test --gtest_filter='ManyStorm*'
#include <gtest/gtest.h>

#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/server.h>
#include <rpc/stop.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/running.h"

namespace {

constexpr std::size_t server_count = 4;
constexpr std::size_t caller_count = 4;
constexpr std::size_t calls_of_one = 1000;

/// Some of its calls take a moment, so that they are hedged, and met by the end of their server.
class Moody : public Probe {
 public:
  std::string echo(std::string text) override {
    if (++calls_ % 16 == 0) std::this_thread::sleep_for(2ms);
    return text;
  }

 private:
  std::atomic<unsigned> calls_ = 0;
};

class ManyStorm : public testing::Test {
 protected:
  void start(std::size_t number) {
    std::optional<rpc::Server>& server = servers_[number];
    server.emplace();
    server->serve<Probe>(std::shared_ptr<Probe>(object_));
    server->listen(folder_.url(std::to_string(number)));
  }

  std::string urls() const {
    std::string urls;
    for (std::size_t i = 0; i < server_count; ++i) urls += (i == 0 ? "" : ",") + folder_.url(std::to_string(i));
    return urls;
  }

  void end(std::size_t call, const rpc::Result<std::string>& result) {
    ++ends_[call];
    if (result) {
      EXPECT_EQ(*result, std::to_string(call));
    } else {
      const rpc::Code code = result.error().code();
      EXPECT_TRUE(code == rpc::Code::cancelled || code == rpc::Code::deadline_exceeded ||
                  code == rpc::Code::unavailable)
          << result.error().what();
    }
  }

  void wait_for(std::size_t call, const ProbeClient& probe) {
    try {
      end(call, probe.echo(std::to_string(call)));
    } catch (const rpc::Error& error) {
      end(call, error);
    }
  }

  void make_call(std::size_t call, std::mt19937& random) {
    const std::string text = std::to_string(call);
    const std::chrono::microseconds moment(random() % 3000);
    switch (random() % 6) {
      case 0: return wait_for(call, probe_);
      case 1: return wait_for(call, probe_.with({.deadline = 1us + moment}));
      case 2:
        return probe_.with({.deadline = 1us + moment}).async_echo(text).then([this, call](const auto& result) {
          end(call, result);
        });
      case 3: {
        std::stop_source stop;
        rpc::Future<std::string> future = probe_.with({.stop_token = stop.get_token()}).async_echo(text);
        static_cast<void>(future.wait_for(moment / 8));
        stop.request_stop();
        return end(call, future.result());
      }
      case 4: {
        rpc::Future<std::string> future = probe_.async_echo(text);
        static_cast<void>(future.wait_for(moment / 8));
        random() % 2 == 0 ? future.cancel() : future.abandon();
        return end(call, future.result());
      }
      default: return probe_.async_echo(text).then([this, call](const auto& result) { end(call, result); });
    }
  }

  void run_caller(std::size_t caller, unsigned seed) {
    std::mt19937 random(seed + static_cast<unsigned>(caller));
    for (std::size_t i = 0; i < calls_of_one; ++i) make_call(caller * calls_of_one + i, random);
    --callers_;
  }

  void run_changes(unsigned seed) {
    std::mt19937 random(seed);
    while (callers_ != 0) {
      const std::size_t number = random() % server_count;
      servers_[number]->stop(std::chrono::milliseconds(random() % 3));
      start(number);
    }
  }

  Folder folder_;
  std::shared_ptr<Probe> object_ = std::make_shared<Moody>();
  std::vector<std::optional<rpc::Server>> servers_ = std::vector<std::optional<rpc::Server>>(server_count);
  ProbeClient probe_{rpc::connect(urls(), {.balance = {.hedge_after = 1ms}})};
  std::vector<std::atomic<int>> ends_ = std::vector<std::atomic<int>>(caller_count * calls_of_one);
  std::atomic<std::size_t> callers_ = caller_count;
};

TEST_F(ManyStorm, EveryCallEndsOnce) {
  const char* const given = std::getenv("FARCALL_STORM_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::stoul(given)) : std::random_device()();
  std::cout << "FARCALL_STORM_SEED=" << seed << std::endl;
  for (std::size_t i = 0; i < server_count; ++i) start(i);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < caller_count; ++i) threads.emplace_back([this, i, seed] { run_caller(i, seed); });
    threads.emplace_back([this, seed] { run_changes(seed + 1000); });
  }
  EXPECT_TRUE(soon([&] { return std::ranges::all_of(ends_, [](const auto& ends) { return ends != 0; }); }));
  for (std::size_t call = 0; call < ends_.size(); ++call) ASSERT_EQ(ends_[call], 1) << call;
  EXPECT_EQ(probe_.echo("next"), "next");
}

/// Servers that stop and come back one after the other, under calls that may not run twice.
class ManyRestarts : public ManyStorm {
 protected:
  void call(std::size_t caller) {
    for (std::size_t i = caller * calls_of_one; i != (caller + 1) * calls_of_one; i += 2) {
      rpc::Future<void> beside = probe_.async_act(std::to_string(i));
      EXPECT_EQ(error_of([&] { probe_.act(std::to_string(i + 1)); }).code(), rpc::Code{});
      const rpc::Result<void> result = beside.result();
      EXPECT_TRUE(result) << result.error().what();
    }
    --callers_;
  }

  void restart() {
    for (std::size_t number = 0; callers_ != 0; number = (number + 1) % server_count) {
      servers_[number]->stop(patience);
      start(number);
    }
  }
};

TEST_F(ManyRestarts, EveryCallRunsOnce) {
  object_->on_act = [this](const std::string& text) { ++ends_[std::stoul(text)]; };
  for (std::size_t i = 0; i < server_count; ++i) start(i);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < caller_count; ++i) threads.emplace_back([this, i] { call(i); });
    threads.emplace_back([this] { restart(); });
  }
  for (std::size_t call = 0; call < ends_.size(); ++call) ASSERT_EQ(ends_[call], 1) << call;
}

}  // namespace
