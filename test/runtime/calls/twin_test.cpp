// Calls that a server's twin answers in two halves.
#include <rpc/pending_source.h>
#include <rpc/this_call.h>
#include <rpc/twin.h>
#include <rpc/wire/view_codec.h>

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <thread>

#include "fake_connection.h"
#include "fake_transport.h"
#include "race.h"

namespace rpc::test {
namespace {

/// The server object: both halves of "int sum(span<const double> numbers, int& base)", which the test gives.
struct SumTwin {
  std::function<Pending(std::span<const double>, int)> begin;
  std::function<int(Pending, int&)> finish = [](Pending, int& base) { return base++; };
};

/// What farcall would generate for it.
struct SumCall {
  std::span<const double> numbers;
  int base{};
};

Pending begin_sum(SumTwin& twin, Decoder& in, SumCall& values) {
  Reader at = in.begin();
  at.read(values.base);
  at.read(values.numbers);
  in.finish(at);
  return twin.begin(values.numbers, values.base);
}

void finish_sum(SumTwin& twin, Pending pending, Encoder& out, SumCall& values) {
  const int result = twin.finish(std::move(pending), values.base);
  Writer at = out.begin();
  at.write(result);
  at.write(values.base);
  out.commit(at);
}

void dispatch_sum(void* twin, std::uint16_t, Incoming& call) {
  serve_twin(call, *static_cast<SumTwin*>(twin), &begin_sum, &finish_sum);
}

std::string request(int base, std::span<const double> numbers = {}) {
  const Limits limits;
  Buffer body;
  Encoder out(body, limits);
  Writer at = out.begin();
  at.write(base);
  at.write(numbers);
  out.commit(at);
  return {reinterpret_cast<const char*>(body.data()), body.size()};
}

std::string two_ints(int first, int second) {
  const int both[] = {first, second};
  return {reinterpret_cast<const char*>(both), sizeof both};
}

class TwinTest : public CalculatorTest {
 protected:
  void TearDown() override {
    source.reset();
    EXPECT_EQ(connection.counts, 0) << "a call is still held";
  }

  void serve() { connection.serve(skeleton, 0, request(41)); }

  Answer only_answer() {
    const std::vector<Answer> answers = connection.answers();
    EXPECT_EQ(answers.size(), 1U);
    return answers.empty() ? Answer() : answers[0];
  }

  std::optional<PendingSource> source;
  SumTwin twin{.begin = [this](std::span<const double>, int) { return source.emplace().pending(); }};
  Skeleton skeleton{.info = &CalculatorClient::info, .server = &twin, .dispatch = &dispatch_sum};
  FakeConnection connection;
};

TEST_F(TwinTest, MaySignalInItsFirstHalf) {
  twin.begin = [](std::span<const double>, int base) {
    EXPECT_EQ(base, 41);
    PendingSource done;
    Pending pending = done.pending();
    done.signal();
    return pending;
  };
  serve();
  EXPECT_EQ(only_answer().body, two_ints(41, 42)) << "what goes in and out is the same variable in both halves";
}

TEST_F(TwinTest, FinishesOnTheThreadThatSignals) {
  std::thread::id finisher;
  twin.finish = [&](Pending, int&) {
    finisher = std::this_thread::get_id();
    return 7;
  };
  serve();
  EXPECT_EQ(connection.answers().size(), 0U);
  std::thread worker([&] { source->signal(); });
  const std::thread::id id = worker.get_id();
  worker.join();
  EXPECT_EQ(finisher, id);
  EXPECT_EQ(only_answer().body, two_ints(7, 41));
  EXPECT_EQ(only_answer().owners, 1) << "the server's object was let go before";
}

TEST_F(TwinTest, HandsWhatItKeepsOver) {
  twin.begin = [this](std::span<const double>, int) {
    source.emplace().keep<std::unique_ptr<int>>() = std::make_unique<int>(7);
    return source->pending();
  };
  twin.finish = [](Pending pending, int&) { return *pending.kept<std::unique_ptr<int>>(); };
  serve();
  source->signal();
  EXPECT_EQ(only_answer().body, two_ints(7, 41));
}

TEST_F(TwinTest, HasTheRequestsMemoryUntilItReplies) {
  std::span<const double> view;
  twin.begin = [&](std::span<const double> numbers, int) {
    view = numbers;
    return source.emplace().pending();
  };
  twin.finish = [&](Pending, int&) {
    EXPECT_GT(connection.counts, 0);
    return static_cast<int>(view.size());
  };
  const double numbers[] = {1, 2, 3};
  connection.serve(skeleton, 0, request(41, numbers));
  source->signal();
  EXPECT_EQ(only_answer().body, two_ints(3, 41));
}

TEST_F(TwinTest, IsInsideTheCallInBothHalves) {
  connection.metadata = std::string("\x05where\x04hall");
  std::string seen;
  twin.begin = [&](std::span<const double>, int) {
    seen += this_call().metadata("where").value_or("nowhere");
    return source.emplace().pending();
  };
  twin.finish = [&](Pending, int&) {
    seen += this_call().metadata("where").value_or("nowhere");
    return 7;
  };
  serve();
  EXPECT_FALSE(this_call());
  source->signal();
  EXPECT_FALSE(this_call());
  EXPECT_EQ(seen, "hallhall");
}

TEST_F(TwinTest, FailsTheCallWhenItsFirstHalfThrows) {
  twin.begin = [](std::span<const double>, int) -> Pending { throw std::out_of_range("no room 7"); };
  serve();
  EXPECT_EQ(only_answer().error.remote_type(), "std::out_of_range");
}

TEST_F(TwinTest, FailsTheCallWhenItsSecondHalfThrows) {
  twin.finish = [](Pending, int&) -> int { throw std::out_of_range("no room 7"); };
  serve();
  source->signal();
  EXPECT_EQ(only_answer().error.remote_type(), "std::out_of_range");
}

TEST_F(TwinTest, FailsTheCallWithTheErrorOfTheSource) {
  twin.finish = [](Pending, int&) -> int { throw std::logic_error("there is nothing to finish"); };
  serve();
  source->fail(Error(Code::overloaded, "not today"));
  EXPECT_EQ(only_answer().error.code(), Code::overloaded);
  EXPECT_STREQ(only_answer().error.what(), "not today");
}

TEST_F(TwinTest, FailsTheCallWhenTheSourceIsDropped) {
  serve();
  source.reset();
  EXPECT_EQ(only_answer().error.code(), Code::abandoned);
}

TEST_F(TwinTest, FailsTheCallWhenItsFirstHalfGivesNothing) {
  twin.begin = [](std::span<const double>, int) { return Pending(); };
  serve();
  EXPECT_EQ(only_answer().error.code(), Code::internal);
  EXPECT_STREQ(only_answer().error.what(),
               "the first half of the call gave an empty rpc::Pending, which nothing would complete");
}

TEST_F(TwinTest, FailsTheCallWhenItsArgumentsCannotBeRead) {
  connection.serve(skeleton, 0, "?");
  EXPECT_EQ(only_answer().error.code(), Code::malformed);
}

TEST_F(TwinTest, IsToldToStop) {
  serve();
  EXPECT_FALSE(source->stop_token().stop_requested());
  connection.running->stop_source().request_stop();
  EXPECT_TRUE(source->stop_token().stop_requested());
  EXPECT_EQ(connection.answers().size(), 0U) << "it is only asked";
  source->signal();
  EXPECT_EQ(only_answer().body, two_ints(41, 42));
}

TEST_F(TwinTest, IsToldToStopWhenTheCallerHadGoneBefore) {
  twin.begin = [this](std::span<const double>, int) {
    connection.running->stop_source().request_stop();
    return source.emplace().pending();
  };
  serve();
  EXPECT_TRUE(source->stop_token().stop_requested());
}

TEST_F(TwinTest, MayFailInsideOfTheRequestToStop) {
  serve();
  const std::stop_callback give_up(source->stop_token(),
                                   [this] { source->fail(Error(Code::cancelled, "gave up in time")); });
  std::stop_source stop = connection.running->stop_source();
  stop.request_stop();
  EXPECT_EQ(only_answer().error.code(), Code::cancelled);
}

TEST_F(TwinTest, MayPassTheTokenOfAnotherServerOn) {
  const Stub& elsewhere = calculator.stub();
  twin.begin = [&](std::span<const double>, int base) {
    Outgoing call = elsewhere.call(0);
    write_one(call.arguments(), base);
    return begin_call(elsewhere, 0, call.start(&read_one<int>));
  };
  twin.finish = [&](Pending pending, int&) { return finish_call<int>(elsewhere, 0, pending); };
  serve();
  std::stop_source stop = connection.running->stop_source();
  stop.request_stop();
  EXPECT_TRUE(transport.was_cancelled(0)) << "so is the wish to stop";
  transport.reply(0, 7);
  EXPECT_EQ(only_answer().body, two_ints(7, 41));
}

TEST_F(TwinTest, SignalAgainstStop) {
  std::size_t served = 0;
  std::stop_source stop;
  race(
      [&] {
        serve();
        stop = connection.running->stop_source();
      },
      {[&] { source->signal(); }, [&] { stop.request_stop(); }},
      [&] { EXPECT_EQ(connection.answers().size(), ++served); });
}

}  // namespace
}  // namespace rpc::test
