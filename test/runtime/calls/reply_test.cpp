// Completion handles by themselves.
#include <rpc/reply.h>
#include <rpc/this_call.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "seen.h"

namespace rpc::test {
namespace {

using testing::HasSubstr;

TEST(ReplyTest, CallsTheFunctionItWasMadeOfOnce) {
  Seen<int> seen;
  Reply<int> reply = seen.reply();
  EXPECT_TRUE(reply);
  reply(42);
  EXPECT_FALSE(reply);
  EXPECT_EQ(seen.only().value(), 42);
  EXPECT_EQ(thrown_by([&] { reply(43); }).code(), Code::internal);
  EXPECT_THAT(thrown_by([&] { reply.fail(Error(Code::failed, "late")); }).what(), HasSubstr("has answered before"));
  EXPECT_EQ(seen.results.size(), 1U);
}

TEST(ReplyTest, CarriesErrorsAndNothing) {
  Seen<void> seen;
  seen.reply()();
  seen.reply()(Error(Code::overloaded, "later"));
  seen.reply().fail(Error(Code::cancelled, "no"));
  seen.reply().fail(std::make_exception_ptr(std::out_of_range("7")));
  ASSERT_EQ(seen.results.size(), 4U);
  EXPECT_TRUE(seen.results[0]);
  EXPECT_EQ(seen.results[1].error().code(), Code::overloaded);
  EXPECT_EQ(seen.results[2].error().code(), Code::cancelled);
  EXPECT_EQ(seen.results[3].error().remote_type(), "std::out_of_range");
}

TEST(ReplyTest, TakesWhatConvertsToItsValue) {
  Seen<std::string> seen;
  seen.reply()("text");
  EXPECT_EQ(seen.only().value(), "text");
}

TEST(ReplyTest, TellsItsFunctionThatItWasDropped) {
  Seen<int> seen;
  { const Reply<int> dropped = seen.reply(); }
  EXPECT_EQ(seen.only().error().code(), Code::abandoned);
  Reply<int> assigned = seen.reply();
  assigned = Reply<int>();
  EXPECT_EQ(seen.results.size(), 2U);
  EXPECT_FALSE(assigned);
  Reply<int> kept = seen.reply();
  Reply<int>& same = kept;
  kept = std::move(same);
  EXPECT_TRUE(kept);
}

TEST(ReplyTest, TakesFunctionsOfAnySizeThatCanOnlyBeMoved) {
  auto number = std::make_unique<int>(0);
  int* const seen = number.get();
  Reply<std::unique_ptr<int>> small = [number = std::move(number)](Result<std::unique_ptr<int>> result) {
    *number = *result.value();
    EXPECT_EQ(*number, 1);
  };
  std::array<std::unique_ptr<int>, 20> many;
  many.back() = std::make_unique<int>(5);
  int sum = 0;
  Reply<int> large = [&sum, many = std::move(many)](Result<int> result) { sum = *many.back() + result.value(); };
  Reply<int> moved = std::move(large);
  EXPECT_EQ(*seen, 0);
  small(std::make_unique<int>(1));
  moved(2);
  EXPECT_EQ(sum, 7);
}

TEST(ReplyTest, IsEmptyWhenItIsMadeOfAnEmptyFunction) {
  EXPECT_FALSE(Reply<int>(std::function<void(Result<int>)>()));
  void (*none)(Result<int>) = nullptr;
  EXPECT_FALSE(Reply<int>(none));
  EXPECT_FALSE(Reply<int>());
}

TEST(ReplyTest, LogsWhatItsFunctionThrows) {
  const LogCapture capture;
  Reply<int> reply = [](Result<int>) { throw std::runtime_error("in the handle"); };
  reply(1);
  EXPECT_THAT(reported, HasSubstr("in the handle"));
}

TEST(ReplyTest, MayBeDestroyedByItsFunction) {
  auto owner = std::make_unique<std::optional<Reply<int>>>();
  int seen = 0;
  owner->emplace([&owner, &seen, kept = std::make_shared<int>(1)](Result<int> result) {
    owner.reset();
    seen = *kept + result.value();
  });
  (**owner)(1);
  EXPECT_EQ(seen, 2);
}

TEST(ReplyTest, IsNeverAskedToStopWithoutAServer) {
  Seen<int> seen;
  EXPECT_FALSE(seen.reply().stop_token().stop_possible());
}

}  // namespace
}  // namespace rpc::test
