// Both ends of a call in two halves: the client's token, and the source of a server's.
#include <rpc/pending_source.h>
#include <rpc/twin.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "fake_transport.h"
#include "race.h"

namespace rpc::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

/// What farcall would generate for the client's twin of the calculator.
class CalculatorTwin {
 public:
  explicit CalculatorTwin(Stub stub) : stub_(std::move(stub)) {}

  Pending Begin_add(int number) const {
    Outgoing call = stub_.call(0);
    write_one(call.arguments(), number);
    return begin_call(stub_, 0, call.start(&read_one<int>));
  }
  int Finish_add(Pending pending) const { return finish_call<int>(stub_, 0, pending); }

  Pending Begin_reset() const { return begin_call(stub_, 2, stub_.call(2).start()); }
  void Finish_reset(Pending pending) const { finish_call(stub_, 2, pending); }

 private:
  Stub stub_;
};

Error thrown_by(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return Error(Code{}, "nothing");
}

class PendingTest : public CalculatorTest {
 protected:
  CalculatorTwin twin{calculator.stub()};
};

TEST_F(PendingTest, IsReadyWhenTheReplyIsThere) {
  Pending pending = twin.Begin_add(1);
  EXPECT_FALSE(pending.ready());
  EXPECT_FALSE(pending.wait_for(0ms));
  transport.reply(0, 7);
  EXPECT_TRUE(pending.wait_for(0ms));
  EXPECT_EQ(twin.Finish_add(std::move(pending)), 7);
  EXPECT_FALSE(pending.valid());
}

TEST_F(PendingTest, IsWaitedForByASecondHalfThatComesEarly) {
  std::jthread server([&] { transport.reply(transport.sent(0), 7); });
  EXPECT_EQ(twin.Finish_add(twin.Begin_add(1)), 7);
}

TEST_F(PendingTest, OutlivesItsTwinAndIsFinishedByAnother) {
  Pending pending = CalculatorTwin(calculator.with({.deadline = 1s}).stub()).Begin_add(1);
  transport.reply(0, 7);
  EXPECT_EQ(twin.Finish_add(std::move(pending)), 7);
}

TEST_F(PendingTest, GivesTheSecondHalfWhatWentWrong) {
  Pending pending = twin.Begin_reset();
  transport.fail(0, Error(Code::unavailable, "no server"));
  EXPECT_EQ(thrown_by([&] { twin.Finish_reset(std::move(pending)); }).code(), Code::unavailable);
}

TEST_F(PendingTest, CanBeCancelledAndIsWaitedForAllTheSame) {
  Pending pending = twin.Begin_add(1);
  pending.cancel();
  EXPECT_TRUE(transport.was_cancelled(0));
  EXPECT_FALSE(pending.ready());
  transport.reply(0, 7);
  EXPECT_EQ(twin.Finish_add(std::move(pending)), 7);
}

TEST_F(PendingTest, AbandonsItsCallWhenItIsDropped) {
  { Pending pending = twin.Begin_add(1); }
  EXPECT_TRUE(transport.was_withdrawn(0));
}

std::string misuse(const std::function<void()>& action) {
  const Error error = thrown_by(action);
  EXPECT_EQ(error.code(), Code::internal) << error.what();
  return error.what();
}

TEST_F(PendingTest, OfNothingFinishesNothing) {
  EXPECT_EQ(
      misuse([&] { twin.Finish_add(Pending()); }),
      "cannot finish a call of test.Calculator.add: the rpc::Pending is empty: it was moved from, or never was of "
      "a call");
  Pending pending = twin.Begin_add(1);
  transport.reply(0, 7);
  twin.Finish_add(std::move(pending));
  EXPECT_THAT(misuse([&] { twin.Finish_add(std::move(pending)); }), HasSubstr("is empty"));
}

TEST_F(PendingTest, OfAnotherMethodFinishesNothing) {
  EXPECT_EQ(misuse([&] { twin.Finish_add(twin.Begin_reset()); }),
            "cannot finish a call of test.Calculator.add: the rpc::Pending is of test.Calculator.reset");
  EXPECT_TRUE(transport.was_withdrawn(0));
}

TEST_F(PendingTest, OfAnotherInterfaceFinishesNothing) {
  static constexpr MethodInfo methods[] = {{.name = "add"}};
  static constexpr InterfaceInfo other{.name = "test.Adder", .methods = methods, .method_count = 1};
  const CalculatorTwin adder(Stub(calculator.stub().channel(), {}, other));
  EXPECT_EQ(misuse([&] { twin.Finish_add(adder.Begin_add(1)); }),
            "cannot finish a call of test.Calculator.add: the rpc::Pending is of test.Adder.add");
}

TEST_F(PendingTest, OfASourceFinishesNoCallOfAClient) {
  PendingSource source;
  EXPECT_EQ(misuse([&] { twin.Finish_add(source.pending()); }),
            "cannot finish a call of test.Calculator.add: the rpc::Pending is of a PendingSource");
}

TEST_F(PendingTest, OfAClientKeepsNothing) {
  const Pending pending = twin.Begin_add(1);
  EXPECT_EQ(misuse([&] { pending.kept<int>(); }),
            "the rpc::Pending is of test.Calculator.add, and only that of a PendingSource keeps something");
  EXPECT_THAT(misuse([] { Pending().kept<int>(); }), HasSubstr("is empty"));
}

TEST(PendingSourceTest, SignalsItsToken) {
  PendingSource source;
  Pending pending = source.pending();
  EXPECT_TRUE(pending.valid());
  EXPECT_FALSE(pending.wait_for(0ms));
  source.signal();
  EXPECT_TRUE(pending.ready());
}

TEST(PendingSourceTest, KeepsAValueForTheSecondHalf) {
  PendingSource source;
  source.keep<std::unique_ptr<int>>() = std::make_unique<int>(7);
  const Pending pending = source.pending();
  std::jthread worker([source = std::move(source)]() mutable { source.signal(); });
  EXPECT_EQ(*pending.kept<std::unique_ptr<int>>(), 7);  // waits
}

TEST(PendingSourceTest, KeepsItAsLongAsAnybodyHasIt) {
  const auto watched = std::make_shared<int>(7);
  std::optional<PendingSource> source(std::in_place);
  source->keep<std::shared_ptr<int>>(watched);
  std::optional<Pending> pending = source->pending();
  source->signal();
  pending.reset();
  EXPECT_EQ(watched.use_count(), 2);
  source.reset();
  EXPECT_EQ(watched.use_count(), 1);
}

TEST(PendingSourceTest, KeepsOneValueOfOneType) {
  PendingSource source;
  const Pending pending = source.pending();
  source.signal();
  EXPECT_EQ(misuse([&] { pending.kept<int>(); }), "the rpc::PendingSource of this call keeps nothing, not int");
  source.keep<int>(7);
  EXPECT_EQ(pending.kept<int>(), 7);
  EXPECT_EQ(misuse([&] { pending.kept<double>(); }), "the rpc::PendingSource of this call keeps int, not double");
  EXPECT_EQ(misuse([&] { source.keep<int>(8); }), "the rpc::PendingSource keeps something already");
}

TEST(PendingSourceTest, FailsItsToken) {
  PendingSource source;
  source.keep<int>();
  const Pending pending = source.pending();
  source.fail(Error(Code::overloaded, "not today"));
  EXPECT_EQ(thrown_by([&] { pending.kept<int>(); }).code(), Code::overloaded);
}

TEST(PendingSourceTest, FailsItsTokenWithAnyException) {
  PendingSource source;
  source.keep<int>();
  const Pending pending = source.pending();
  source.fail(std::make_exception_ptr(std::out_of_range("no room 7")));
  EXPECT_EQ(thrown_by([&] { pending.kept<int>(); }).remote_type(), "std::out_of_range");
}

TEST(PendingSourceTest, AbandonsTheCallWhenItIsDropped) {
  std::optional<PendingSource> source(std::in_place);
  source->keep<int>();
  const Pending pending = source->pending();
  source.reset();
  ASSERT_TRUE(pending.ready());
  EXPECT_EQ(thrown_by([&] { pending.kept<int>(); }).code(), Code::abandoned);
}

TEST(PendingSourceTest, CompletesOnce) {
  PendingSource source;
  const Pending pending = source.pending();
  source.signal();
  const std::string again = "this rpc::PendingSource was signalled, or failed, before";
  EXPECT_EQ(misuse([&] { source.signal(); }), again);
  EXPECT_EQ(misuse([&] { source.fail(Error(Code::failed, "late")); }), again);
}

TEST(PendingSourceTest, CompletesNothingWhenNobodyWaitsAnyMore) {
  PendingSource source;
  EXPECT_FALSE(source.stop_token().stop_requested());
  { const Pending dropped = source.pending(); }
  EXPECT_TRUE(source.stop_token().stop_requested());
  source.signal();
  source.fail(Error(Code::failed, "late"));
}

TEST(PendingSourceTest, IsToldToStopAndMaySignalAllTheSame) {
  PendingSource source;
  source.keep<int>(7);
  const Pending pending = source.pending();
  pending.cancel();
  EXPECT_TRUE(source.stop_token().stop_requested());
  EXPECT_FALSE(pending.ready());
  source.signal();
  EXPECT_EQ(pending.kept<int>(), 7);
}

TEST(PendingSourceTest, HasOneToken) {
  PendingSource source;
  const Pending pending = source.pending();
  EXPECT_EQ(misuse([&] { source.pending().detach(); }), "the rpc::PendingSource gave its rpc::Pending away before");
}

TEST(PendingSourceTest, IsOfNoUseOnceItIsMovedFrom) {
  PendingSource source;
  PendingSource other(std::move(source));
  const std::string empty = "the rpc::PendingSource is empty: it was moved from";
  EXPECT_EQ(misuse([&] { source.signal(); }), empty);
  EXPECT_EQ(misuse([&] { source.pending().detach(); }), empty);
  EXPECT_EQ(misuse([&] { source.keep<int>(); }), empty);
  EXPECT_EQ(misuse([&] { (void)source.stop_token(); }), empty);
  source = std::move(other);
  source.signal();
}

TEST(PendingSourceTest, SignalAgainstCancelAgainstDrop) {
  std::optional<PendingSource> source;
  Pending pending;
  race(
      [&] {
        source.emplace();
        source->keep<int>(1);
        pending = source->pending();
      },
      {[&] { source->signal(); },
       [&] {
         pending.cancel();
         pending = Pending();
       }},
      [&] { EXPECT_FALSE(pending.valid()); });
}

}  // namespace
}  // namespace rpc::test
