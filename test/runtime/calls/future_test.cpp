#include <rpc/log.h>
#include <rpc/stop.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "fake_transport.h"

namespace rpc::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class FutureTest : public CalculatorTest {};

Code code_of(Future<int> future) {
  try {
    future.get();
  } catch (const Error& error) {
    return error.code();
  }
  return Code{};
}

TEST_F(FutureTest, GivesTheValueOnce) {
  Future<int> sum = calculator.async_add(1);
  EXPECT_TRUE(sum.valid());
  EXPECT_FALSE(sum.ready());
  transport.reply(0, 7);
  EXPECT_TRUE(sum.ready());
  EXPECT_EQ(sum.get(), 7);
  EXPECT_FALSE(sum.valid());
  EXPECT_FALSE(sum.ready());
  EXPECT_EQ(code_of(std::move(sum)), Code::internal);
}

TEST_F(FutureTest, GivesTheErrorOfTheCall) {
  Future<int> sum = calculator.async_add(1);
  transport.fail(0, Error(Code::failed, "no such number", "std::out_of_range"));
  try {
    sum.get();
    FAIL() << "expected an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), Code::failed);
    EXPECT_STREQ(error.what(), "no such number");
    EXPECT_EQ(error.remote_type(), "std::out_of_range");
  }
}

TEST_F(FutureTest, GivesResultsWithoutThrowing) {
  Future<int> good = calculator.async_add(1);
  Future<int> bad = calculator.async_add(2);
  Future<void> done = calculator.async_reset();
  transport.reply(0, 7);
  transport.fail(1, Error(Code::unavailable, "gone"));
  transport.reply_bytes(2, "");

  EXPECT_EQ(good.result().value(), 7);
  const Result<int> failed = bad.result();
  EXPECT_FALSE(failed);
  EXPECT_EQ(failed.error().code(), Code::unavailable);
  EXPECT_THROW(failed.value(), Error);
  EXPECT_TRUE(done.result().has_value());
}

TEST_F(FutureTest, WaitsForAReplyFromAnotherThread) {
  Future<std::string> name = calculator.async_name();
  std::jthread server([&] { transport.reply(transport.sent(0), std::string(1000, 'x')); });
  EXPECT_EQ(name.get(), std::string(1000, 'x'));
}

TEST_F(FutureTest, WaitsOnlySoLong) {
  Future<int> sum = calculator.async_add(1);
  EXPECT_FALSE(sum.wait_for(0ms));
  EXPECT_FALSE(sum.wait_for(1ms));
  EXPECT_FALSE(sum.wait_for(-1h));
  EXPECT_FALSE(sum.wait_until(std::chrono::steady_clock::now() + 1ms));
  EXPECT_FALSE(sum.wait_until(std::chrono::system_clock::time_point::min()));
  transport.reply(0, 7);
  EXPECT_TRUE(sum.wait_for(0ms));
  EXPECT_TRUE(sum.wait_for(std::chrono::hours::max()));
  EXPECT_TRUE(sum.wait_until(std::chrono::steady_clock::time_point::max()));
  EXPECT_EQ(sum.get(), 7);
}

TEST_F(FutureTest, AWaitWithoutEndEndsWithTheReply) {
  Future<int> sum = calculator.async_add(1);
  std::jthread server([&] { transport.reply(transport.sent(0), 7); });
  EXPECT_TRUE(sum.wait_for(std::chrono::nanoseconds::max()));
}

TEST_F(FutureTest, AReplyThatCannotBeDecodedFailsTheCall) {
  Future<int> truncated = calculator.async_add(1);
  Future<int> trailing = calculator.async_add(1);
  Future<void> not_empty = calculator.async_reset();
  transport.reply_bytes(0, "abc");
  transport.reply_bytes(1, "abcdef");
  transport.reply_bytes(2, "x");
  EXPECT_EQ(code_of(std::move(truncated)), Code::malformed);
  EXPECT_EQ(code_of(std::move(trailing)), Code::malformed);
  EXPECT_EQ(not_empty.result().error().code(), Code::malformed);
}

TEST_F(FutureTest, ATypeThatThrowsWhileItIsDecodedFailsTheCall) {
  Future<int> sum = calculator.stub().call(0).start(+[](Decoder&, int&) { throw std::bad_alloc(); });
  transport.reply(0, 1);
  const Result<int> result = sum.result();
  EXPECT_EQ(result.error().code(), Code::internal);
  EXPECT_STREQ(result.error().what(), "decoding the reply threw std::bad_alloc: std::bad_alloc");
}

TEST_F(FutureTest, CancelAsksTheServerAndKeepsWaiting) {
  Future<int> sum = calculator.async_add(1);
  sum.cancel();
  EXPECT_TRUE(transport.was_cancelled(0));
  EXPECT_FALSE(sum.ready());
  transport.reply(0, 7);  // the server did not care
  EXPECT_EQ(sum.get(), 7);
}

TEST_F(FutureTest, AbandonEndsTheCallAtOnce) {
  Future<int> sum = calculator.async_add(1);
  sum.abandon();
  EXPECT_TRUE(transport.was_withdrawn(0));
  EXPECT_TRUE(sum.ready());
  EXPECT_FALSE(transport.reply(0, 7));
  EXPECT_EQ(code_of(std::move(sum)), Code::cancelled);
}

TEST_F(FutureTest, AbandonAfterTheReplyKeepsIt) {
  Future<int> sum = calculator.async_add(1);
  transport.reply(0, 7);
  sum.abandon();
  EXPECT_EQ(sum.get(), 7);
}

TEST_F(FutureTest, DroppingAbandons) {
  { const Future<int> sum = calculator.async_add(1); }
  EXPECT_TRUE(transport.was_withdrawn(0));
}

TEST_F(FutureTest, AssigningAbandonsWhatWasThere) {
  Future<int> sum = calculator.async_add(1);
  sum = calculator.async_add(2);
  EXPECT_TRUE(transport.was_withdrawn(0));
  EXPECT_FALSE(transport.was_withdrawn(1));
  transport.reply(1, 2);
  EXPECT_EQ(sum.get(), 2);
}

TEST_F(FutureTest, DetachLetsTheCallRun) {
  calculator.async_add(1).detach();
  EXPECT_FALSE(transport.was_withdrawn(0));
  EXPECT_TRUE(transport.reply(0, 7));
}

TEST_F(FutureTest, ThenRunsWhereTheCallCompletes) {
  std::promise<std::thread::id> ran;
  calculator.async_add(1).then([&](Result<int> sum) {
    EXPECT_EQ(sum.value(), 7);
    ran.set_value(std::this_thread::get_id());
  });
  EXPECT_FALSE(transport.was_withdrawn(0));
  std::jthread server([&] { transport.reply(0, 7); });
  EXPECT_EQ(ran.get_future().get(), server.get_id());
}

TEST_F(FutureTest, ThenRunsAtOnceWhenReady) {
  Future<int> sum = calculator.async_add(1);
  transport.reply(0, 7);
  std::optional<int> seen;
  sum.then([&](Result<int> result) { seen = result.value(); });
  EXPECT_EQ(seen, 7);
  EXPECT_FALSE(sum.valid());
}

TEST_F(FutureTest, ThenTakesMoveOnlyAndLargeFunctions) {
  struct Large {
    std::array<char, 500> bytes{};
  };
  int runs = 0;
  auto owned = std::make_unique<int>(5);
  calculator.async_add(1).then([&runs, owned = std::move(owned)](Result<int> sum) { runs += *owned + sum.value(); });
  calculator.async_reset().then([&runs, large = Large{}](Result<void> done) {
    EXPECT_TRUE(done);
    runs += 100 + large.bytes[0];
  });
  transport.reply(0, 7);
  transport.reply_bytes(1, "");
  EXPECT_EQ(runs, 112);
}

TEST_F(FutureTest, AContinuationMayCallAgain) {
  std::vector<int> seen;
  calculator.async_add(1).then([&](Result<int> first) {
    seen.push_back(first.value());
    calculator.async_add(2).then([&](Result<int> second) { seen.push_back(second.value()); });
  });
  transport.reply(0, 10);
  transport.reply(1, 20);
  EXPECT_THAT(seen, testing::ElementsAre(10, 20));
}

std::string spoken;

TEST_F(FutureTest, AContinuationThatThrowsIsLogged) {
  spoken.clear();
  set_log_handler([](const LogRecord& record) {
    EXPECT_EQ(record.severity, Severity::error);
    spoken = record.text;
  });
  calculator.async_add(1).then([](Result<int> sum) { sum.value(); });
  transport.fail(0, Error(Code::unavailable, "gone"));
  EXPECT_THAT(spoken, HasSubstr("gone"));

  calculator.async_add(2).then([](Result<int>) { throw std::runtime_error("out of paper"); });
  transport.reply(1, 0);
  EXPECT_THAT(spoken, HasSubstr("std::runtime_error: out of paper"));

  calculator.async_add(3).then([](Result<int>) { throw 5; });
  transport.reply(2, 0);
  EXPECT_THAT(spoken, HasSubstr("int"));
  set_log_handler(nullptr);
}

struct Counted {
  Counted() noexcept { ++alive; }
  Counted(Counted&&) noexcept { ++alive; }
  Counted& operator=(Counted&&) noexcept = default;
  ~Counted() { --alive; }
  static inline int alive = 0;
};

struct alignas(64) Aligned : Counted {
  char bytes[64]{};
};

void read_aligned(Decoder& in, Aligned& value) {
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(&value) % 64, 0U);
  read_one(in, value.bytes[0]);
}

TEST_F(FutureTest, DestroysEveryValueItMade) {
  const Stub& stub = calculator.stub();
  {
    Future<Aligned> read = stub.call(0).start(&read_aligned);
    Future<Aligned> unread = stub.call(0).start(&read_aligned);
    Future<Aligned> malformed = stub.call(0).start(&read_aligned);
    const Future<Aligned> pending = stub.call(0).start(&read_aligned);
    transport.reply_bytes(0, "a");
    transport.reply_bytes(1, "b");
    transport.reply_bytes(2, "");
    EXPECT_EQ(read.get().bytes[0], 'a');
    EXPECT_FALSE(malformed.result());
  }
  EXPECT_EQ(Counted::alive, 0);
}

TEST_F(FutureTest, AStopRequestEndsTheCall) {
  std::stop_source stop;
  Future<int> sum = calculator.with({.stop_token = stop.get_token()}).async_add(1);
  EXPECT_FALSE(sum.ready());
  stop.request_stop();
  EXPECT_TRUE(transport.was_withdrawn(0));
  EXPECT_EQ(code_of(std::move(sum)), Code::cancelled);
}

TEST_F(FutureTest, AStopRequestBeforeTheCallKeepsItFromBeingSent) {
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = calculator.with({.stop_token = stop.get_token()});
  EXPECT_EQ(code_of(stopped.async_add(1)), Code::cancelled);
  EXPECT_THROW(stopped.add(1), Error);
  calculator.async_add(2).detach();
  EXPECT_EQ(transport.request(0).body, std::string("\2\0\0\0", 4)) << "the first call that was sent";
}

TEST_F(FutureTest, AStopRequestAfterTheReplyDoesNothing) {
  std::stop_source stop;
  Future<int> sum = calculator.with({.stop_token = stop.get_token()}).async_add(1);
  transport.reply(0, 7);
  stop.request_stop();
  EXPECT_EQ(sum.get(), 7);
}

static_assert(!std::is_copy_constructible_v<Future<int>> && std::is_nothrow_move_constructible_v<Future<int>>);
static_assert(std::is_nothrow_move_assignable_v<Future<int>>);

}  // namespace
}  // namespace rpc::test
