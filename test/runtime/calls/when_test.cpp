#include <rpc/rpc.h>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include "fake_transport.h"

namespace rpc::test {
namespace {

using namespace std::chrono_literals;

class WhenTest : public CalculatorTest {
 protected:
  std::vector<Future<int>> sums(int count) {
    std::vector<Future<int>> all;
    for (int number = 0; number < count; ++number) all.push_back(calculator.async_add(number));
    return all;
  }
};

TEST_F(WhenTest, AllIsReadyWithTheLast) {
  Future<int> first = calculator.async_add(1);
  auto both = when_all(std::move(first), calculator.async_name());
  transport.reply(1, std::string("abacus"));
  EXPECT_FALSE(both.ready());
  transport.reply(0, 7);
  EXPECT_TRUE(both.ready());
  auto [sum, name] = both.get();
  EXPECT_EQ(sum.get(), 7);
  EXPECT_EQ(name.get(), "abacus");
}

TEST_F(WhenTest, AllKeepsEachOnesErrorAndOrder) {
  auto all = when_all(sums(3));
  transport.reply(2, 20);
  transport.fail(1, Error(Code::unavailable, "gone"));
  transport.reply(0, 0);
  std::vector<Future<int>> ready = all.get();
  ASSERT_EQ(ready.size(), 3U);
  EXPECT_EQ(ready[0].get(), 0);
  EXPECT_EQ(ready[1].result().error().code(), Code::unavailable);
  EXPECT_EQ(ready[2].get(), 20);
}

TEST_F(WhenTest, AllOfNoneIsReady) { EXPECT_TRUE(when_all(std::vector<Future<int>>()).get().empty()); }

TEST_F(WhenTest, AnyIsReadyWithTheFirst) {
  auto any = when_any(sums(3));
  EXPECT_FALSE(any.wait_for(1ms));
  transport.reply(1, 10);
  ASSERT_TRUE(any.ready());
  auto [index, futures] = any.get();
  EXPECT_EQ(index, 1U);
  EXPECT_EQ(futures[1].get(), 10);
}

TEST_F(WhenTest, AnyGivesTheOthersBack) {
  Future<int> first = calculator.async_add(1);
  auto any = when_any(std::move(first), calculator.async_name());
  transport.reply(0, 7);
  auto [index, futures] = any.get();
  EXPECT_EQ(index, 0U);
  Future<std::string> name = std::get<1>(std::move(futures));
  EXPECT_FALSE(transport.was_withdrawn(1));
  std::optional<std::string> seen;
  name.then([&](Result<std::string> result) { seen = result.value(); });
  transport.reply(1, std::string("abacus"));
  EXPECT_EQ(seen, "abacus");
}

TEST_F(WhenTest, AnyTakesAnErrorForAnAnswer) {
  auto any = when_any(sums(2));
  transport.fail(1, Error(Code::overloaded, "later"));
  auto [index, futures] = any.get();
  EXPECT_EQ(index, 1U);
  EXPECT_EQ(futures[1].result().error().code(), Code::overloaded);
}

TEST_F(WhenTest, AnyOfSeveralThatAreReadyIsOneOfThem) {
  std::vector<Future<int>> all = sums(3);
  transport.reply(1, 10);
  transport.reply(2, 20);
  auto [index, futures] = when_any(std::move(all)).get();
  EXPECT_EQ(futures[index].get(), static_cast<int>(index) * 10);
}

TEST_F(WhenTest, AnyOfNoneIsAnError) { EXPECT_THROW(when_any(std::vector<Future<int>>()), Error); }

TEST_F(WhenTest, AnEmptyFutureIsAnErrorAndTheOthersEnd) {
  std::vector<Future<int>> all = sums(1);
  all.emplace_back();
  EXPECT_THROW(when_all(std::move(all)), Error);
  EXPECT_TRUE(transport.was_withdrawn(0));
}

TEST_F(WhenTest, CancelAsksForAllThatAreMissing) {
  auto all = when_all(sums(2));
  transport.reply(0, 0);
  all.cancel();
  EXPECT_FALSE(transport.was_cancelled(0));
  EXPECT_TRUE(transport.was_cancelled(1));
  EXPECT_FALSE(all.ready());
}

TEST_F(WhenTest, DroppingAbandonsAll) {
  { const auto any = when_any(sums(2)); }
  EXPECT_TRUE(transport.was_withdrawn(0));
  EXPECT_TRUE(transport.was_withdrawn(1));
}

TEST_F(WhenTest, AbandoningEndsAllAtOnce) {
  auto all = when_all(sums(2));
  all.abandon();
  EXPECT_TRUE(transport.was_withdrawn(1));
  EXPECT_EQ(all.result().error().code(), Code::cancelled);
}

TEST_F(WhenTest, WaitsForRepliesFromAnotherThread) {
  auto all = when_all(sums(2));
  std::jthread server([&] {
    transport.reply(1, 1);
    transport.reply(0, 0);
  });
  EXPECT_EQ(all.get()[1].get(), 1);
}

TEST_F(WhenTest, MayBeJoinedAgainAndFollowed) {
  int seen = 0;
  auto all = when_all(sums(2));
  when_any(std::move(all), calculator.async_add(2)).then([&](auto first) {
    ASSERT_EQ(first->index, 0U);
    for (Future<int>& sum : std::get<0>(first->futures).get()) seen += sum.get();
  });
  transport.reply(0, 3);
  transport.reply(1, 4);
  EXPECT_EQ(seen, 7);
  EXPECT_TRUE(transport.was_withdrawn(2)) << "dropped with what the continuation got";
}

}  // namespace
}  // namespace rpc::test
