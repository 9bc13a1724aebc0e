// ChannelOptions::spin: callers that look for their reply before they sleep.
#include <gtest/gtest.h>

#include <rpc/error.h>

#include <atomic>
#include <string>
#include <thread>

#include "net/spin.h"
#include "runtime/net/running.h"

namespace {

using rpc::net::SpinHabit;

/// Longer than any test: who sleeps only after that, or forgets why it is woken, hangs.
constexpr std::chrono::hours for_ever{1};

TEST(SpinHabit, MissesMakeItRare) {
  SpinHabit habit;
  for (std::uint32_t i = 0; i < SpinHabit::patience; ++i) {
    EXPECT_TRUE(habit.wanted()) << i;
    habit.note(false);
  }
  std::uint32_t tries = 0;
  for (std::uint32_t i = 0; i < 10 * SpinHabit::patience; ++i) {
    if (!habit.wanted()) continue;
    ++tries;
    habit.note(false);
  }
  EXPECT_EQ(tries, 10U);
}

TEST(SpinHabit, AHitMakesItUsualAgain) {
  SpinHabit habit;
  for (std::uint32_t i = 0; i < SpinHabit::patience; ++i) habit.note(false);
  EXPECT_FALSE(habit.wanted());
  habit.note(true);
  for (std::uint32_t i = 0; i < SpinHabit::patience; ++i) {
    EXPECT_TRUE(habit.wanted()) << i;
    habit.note(false);
  }
  EXPECT_FALSE(habit.wanted());
}

class Spinning : public testing::Test {
 protected:
  Spinning() {
    running_.object->on_act = [this](const std::string&) {
      ++entered_;
      EXPECT_TRUE(gate_.wait());
    };
  }
  ~Spinning() override { gate_.open(); }

  ProbeClient probe(std::chrono::microseconds spin) const {
    return ProbeClient(rpc::connect(running_.url, {.spin = spin}), {.deadline = rpc::no_deadline});
  }

  std::atomic<int> entered_ = 0;
  Gate gate_;
  Running running_;
};

TEST_F(Spinning, FindsReplies) {
  const ProbeClient probe = this->probe(for_ever);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(probe.add(i, 1), i + 1);
  rpc::Future<int> sum = probe.async_add(1, 2);
  EXPECT_EQ(probe.echo(std::string(1'000'000, 'x')), std::string(1'000'000, 'x'));
  EXPECT_EQ(sum.get(), 3);
}

TEST_F(Spinning, SleepsWhenTheReplyTakesLonger) {
  const ProbeClient probe = this->probe(1us);
  rpc::Future<void> slow = probe.async_act("x");
  std::thread opener([&] {
    EXPECT_TRUE(soon([&] { return entered_ == 1; }));
    for (int i = 0; i < 100; ++i) EXPECT_EQ(probe.add(i, 1), i + 1);
    gate_.open();
  });
  slow.get();
  opener.join();
}

TEST_F(Spinning, EndsAtTheDeadline) {
  const ProbeClient connected = this->probe(for_ever);
  connected.add(1, 1);  // the deadline would count for the connection, too
  const ProbeClient probe = connected.with({.deadline = 20ms});
  EXPECT_EQ(error_of([&] { probe.act("x"); }).code(), rpc::Code::deadline_exceeded);
  rpc::Future<void> future = probe.async_act("x");
  EXPECT_EQ(error_of([&] { future.get(); }).code(), rpc::Code::deadline_exceeded);
}

TEST_F(Spinning, EndsWithTheConnection) {
  const ProbeClient probe = this->probe(for_ever);
  std::thread stopper([&] {
    EXPECT_TRUE(soon([&] { return entered_ == 1; }));
    running_.server.stop(0s);
  });
  EXPECT_EQ(error_of([&] { probe.act("x"); }).code(), rpc::Code::unavailable);
  stopper.join();
  EXPECT_EQ(error_of([&] { probe.with({.deadline = 20ms}).add(1, 1); }).code(), rpc::Code::unavailable);
}

}  // namespace
