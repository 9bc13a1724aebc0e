// rpc/testing.h: calls that go wrong on request.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/testing.h>

#include <memory>

#include "runtime/net/running.h"

namespace {

using rpc::testing::Pair;

class Faulty : public testing::Test {
 protected:
  Faulty() {
    object_->on_act = [this](const std::string&) { ++acted_; };
  }

  rpc::Code code_of(const std::function<void()>& call) { return error_of(call).code(); }

  std::shared_ptr<Probe> object_ = std::make_shared<Probe>();
  std::atomic<int> acted_ = 0;
  Pair<Probe> pair_{object_};
  ProbeClient probe_{pair_.channel()};
};

TEST_F(Faulty, NothingGoesWrongUnasked) {
  EXPECT_EQ(probe_.add(1, 2), 3);
  EXPECT_EQ(probe_.echo("x"), "x");
  EXPECT_EQ(pair_.faults().calls(), 2U);
}

TEST_F(Faulty, TheFailureIsTheTestsAndOfThatCallAlone) {
  pair_.faults().fail(2, rpc::Error(rpc::Code::overloaded, "no power"));
  probe_.act("1");
  const rpc::Error error = error_of([&] { probe_.act("2"); });
  EXPECT_EQ(error.code(), rpc::Code::overloaded);
  EXPECT_THAT(error.what(), testing::HasSubstr("no power"));
  probe_.act("3");
  EXPECT_EQ(acted_, 2);
}

TEST_F(Faulty, ADroppedCallIsNeverAnswered) {
  EXPECT_EQ(probe_.add(1, 2), 3);
  pair_.faults().drop(pair_.faults().calls() + 1);
  EXPECT_EQ(code_of([&] { probe_.with({.deadline = 20ms}).act("x"); }), rpc::Code::deadline_exceeded);
  EXPECT_EQ(probe_.add(1, 2), 3);
  EXPECT_EQ(acted_, 0);
}

TEST_F(Faulty, ADelayedCallIsLate) {
  EXPECT_EQ(probe_.add(1, 2), 3);
  pair_.faults().delay(2, 5ms);
  const auto begin = std::chrono::steady_clock::now();
  probe_.act("x");
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 5ms);
  EXPECT_EQ(acted_, 1);
}

TEST_F(Faulty, ADelayEndsWithTheCall) {
  EXPECT_EQ(probe_.add(1, 2), 3);
  pair_.faults().delay(2, 1h);
  rpc::Future<void> pending = probe_.with({.deadline = rpc::no_deadline}).async_act("x");
  EXPECT_TRUE(soon([&] { return pair_.faults().calls() == 2; }));
  pending.cancel();
  EXPECT_EQ(code_of([&] { pending.get(); }), rpc::Code::cancelled);
  EXPECT_EQ(acted_, 0);
}

TEST_F(Faulty, ADisconnectTakesTheCallsInFlightAndTheNextConnectsAgain) {
  pair_.faults().drop(1);
  pair_.faults().disconnect(2);
  rpc::Future<void> in_flight = probe_.async_act("1");
  EXPECT_TRUE(soon([&] { return pair_.faults().calls() == 1; }));
  EXPECT_EQ(code_of([&] { probe_.act("2"); }), rpc::Code::unavailable);
  EXPECT_EQ(code_of([&] { in_flight.get(); }), rpc::Code::unavailable);
  EXPECT_EQ(probe_.add(1, 2), 3);
  EXPECT_EQ(acted_, 0);
}

TEST_F(Faulty, ALostNoteIsLost) {
  std::atomic<int> noted = 0;
  object_->on_note = [&](const std::string&) { ++noted; };
  EXPECT_EQ(probe_.add(1, 2), 3);
  pair_.faults().drop(2);
  probe_.note("lost");
  probe_.note("kept");
  EXPECT_TRUE(soon([&] { return noted == 1; }));
  EXPECT_EQ(pair_.faults().calls(), 3U);
}

TEST(FaultyPair, ADroppedCallEndsWithThePair) {
  auto pair = std::make_unique<Pair<Probe>>(std::make_shared<Probe>());
  const rpc::Channel channel = pair->channel();
  pair->faults().drop(1);
  rpc::Future<void> pending = ProbeClient(channel, {.deadline = rpc::no_deadline}).async_act("x");
  EXPECT_TRUE(soon([&] { return pair->faults().calls() == 1; }));
  pair.reset();
  EXPECT_EQ(error_of([&] { pending.get(); }).code(), rpc::Code::abandoned);
}

}  // namespace
