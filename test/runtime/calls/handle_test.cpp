// Completion handles without a network: what answers them on a client's side, and how a server answers through them.
#include <rpc/log.h>
#include <rpc/reply.h>
#include <rpc/stop.h>
#include <rpc/tagged/unique.h>
#include <rpc/this_call.h>
#include <rpc/wire/sequence_codec.h>
#include <rpc/wire/unique_codec.h>
#include <rpc/wire/view_codec.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "fake_connection.h"
#include "fake_transport.h"
#include "seen.h"

namespace rpc::test {
namespace {

using testing::HasSubstr;

/// What farcall generates for methods with handles.
class HandleClientTest : public CalculatorTest {
 protected:
  template <class T>
  void call(Reply<T> done, std::uint16_t method = 0, CallOptions options = {}) {
    const Stub stub = calculator.stub().with(options);
    Outgoing call = stub.call(method);
    call.start(done);
    EXPECT_FALSE(done);
  }

  Seen<int> seen;
};

TEST_F(HandleClientTest, AHandleIsAnsweredByTheReply) {
  call(seen.reply());
  call(seen.reply());
  EXPECT_TRUE(seen.results.empty()) << "the call returns at once";
  transport.reply(1, 20);
  transport.reply(0, 10);
  ASSERT_EQ(seen.results.size(), 2U);
  EXPECT_EQ(seen.results[0].value(), 20);
  EXPECT_EQ(seen.results[1].value(), 10);
}

TEST_F(HandleClientTest, ResultsMayBeMissingOrOnlyMoved) {
  Seen<void> nothing;
  call(nothing.reply(), 2);
  transport.reply_bytes(0, "");
  EXPECT_TRUE(nothing.only());

  Seen<std::unique_ptr<int>> owned;
  call(owned.reply());
  transport.reply(1, std::make_unique<int>(7));
  EXPECT_EQ(*owned.only().value(), 7);
}

TEST_F(HandleClientTest, EveryFailureComesThroughTheHandle) {
  call(seen.reply());
  transport.fail(0, Error(Code::overloaded, "come back later"));
  call(seen.reply());
  transport.reply_bytes(1, "?");
  std::stop_source stop;
  stop.request_stop();
  const std::stop_token token = stop.get_token();
  call(seen.reply(), 0, {.stop_token = token});
  call(seen.reply());
  transport.disconnect();
  ASSERT_EQ(seen.results.size(), 4U);
  EXPECT_EQ(seen.results[0].error().code(), Code::overloaded);
  EXPECT_EQ(seen.results[1].error().code(), Code::malformed);
  EXPECT_EQ(seen.results[2].error().code(), Code::cancelled) << "stopped before it was sent";
  EXPECT_EQ(seen.results[3].error().code(), Code::unavailable);
}

TEST_F(HandleClientTest, AStopTokenEndsTheCall) {
  std::stop_source stop;
  const std::stop_token token = stop.get_token();
  call(seen.reply(), 0, {.stop_token = token});
  stop.request_stop();
  EXPECT_EQ(seen.only().error().code(), Code::cancelled);
  EXPECT_TRUE(transport.was_withdrawn(0));
}

TEST_F(HandleClientTest, TheCallOutlivesItsThreadAndItsClient) {
  std::jthread([&] {
    Reply<int> done = seen.reply();
    const CalculatorClient own = calculator.with({});
    Outgoing call = own.stub().call(0);
    call.start(done);
  }).join();
  transport.reply(0, 3);
  EXPECT_EQ(seen.only().value(), 3);
}

TEST_F(HandleClientTest, AnEmptyHandleIsRefusedBeforeAnythingIsSent) {
  Reply<int> none;
  Outgoing call = calculator.stub().call(0);
  EXPECT_EQ(thrown_by([&] { call.start(none); }).code(), Code::internal);
  this->call(seen.reply());
  transport.reply(0, 1);
  EXPECT_EQ(seen.only().value(), 1) << "it is the first call";
}

/// A server whose methods have handles: a sum of a view, and numbers through a function.
struct Kept {
  std::function<void(std::span<const double>, Reply<int>)> sum;
  std::function<void(std::function<void(Result<int>)>)> ask;
  std::function<void(Reply<void>)> reset;
  std::function<void(Reply<std::unique_ptr<int>>)> owned;

  static void dispatch(void* object, std::uint16_t method, Incoming& call) {
    Kept& server = *static_cast<Kept*>(object);
    switch (method) {
      case 0: {
        std::span<const double> values;
        Decoder in = call.arguments();
        read_one(in, values);
        return server.sum(values, call.reply_later<int>());
      }
      case 1: return server.ask(call.shared_reply<int>());
      case 2: return server.reset(call.reply_later<void>());
      case 3: return server.owned(call.reply_later<std::unique_ptr<int>>());
    }
  }
};

std::string list_of(const std::vector<double>& values) {
  Buffer buffer;
  const Limits limits;
  Encoder out(buffer, limits);
  write_one(out, values);
  return {reinterpret_cast<const char*>(buffer.data()), buffer.size()};
}

std::string encoded(int value) { return {reinterpret_cast<const char*>(&value), sizeof value}; }

class HandleServerTest : public testing::Test {
 protected:
  Answer only_answer() {
    EXPECT_EQ(connection.answers().size(), 1U);
    return connection.answers().at(0);
  }
  void call_sum(const std::vector<double>& values = {}) { connection.serve(skeleton, 0, list_of(values)); }

  Kept server;
  Skeleton skeleton{.info = &CalculatorClient::info, .server = &server, .dispatch = &Kept::dispatch};
  FakeConnection connection;
};

TEST_F(HandleServerTest, AnAnswerMayComeAtOnce) {
  server.sum = [&](std::span<const double>, Reply<int> done) {
    done(5);
    EXPECT_EQ(connection.answers().size(), 1U) << "before the method returns";
    EXPECT_EQ(this_call().peer().address, "fake:peer") << "the call lasts as long as the method";
  };
  call_sum();
  EXPECT_EQ(only_answer().body, encoded(5));
  EXPECT_EQ(connection.counts, 0);
  EXPECT_FALSE(this_call());
}

TEST_F(HandleServerTest, AnswersMayComeLaterFromAnyThreadInAnyOrder) {
  std::vector<Reply<int>> kept;
  server.sum = [&](std::span<const double>, Reply<int> done) { kept.push_back(std::move(done)); };
  call_sum();
  call_sum();
  EXPECT_TRUE(connection.answers().empty());
  std::jthread([&] { kept[1](2); }).join();
  std::jthread([&] { kept[0](1); }).join();
  const std::vector<Answer> answers = connection.answers();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].id, 1U);
  EXPECT_EQ(answers[0].body, encoded(2));
  EXPECT_EQ(answers[1].body, encoded(1));
  EXPECT_EQ(connection.counts, 0) << "what was kept for the call is gone with the answer";
}

TEST_F(HandleServerTest, AViewLastsAsLongAsTheReply) {
  std::optional<Reply<int>> kept;
  std::span<const double> view;
  server.sum = [&](std::span<const double> values, Reply<int> done) {
    view = values;
    kept = std::move(done);
  };
  call_sum({1, 2, 4});
  EXPECT_EQ(connection.counts, 2) << "the call keeps its connection and its request's memory";
  (*kept)(static_cast<int>(std::accumulate(view.begin(), view.end(), 0.0)));
  EXPECT_EQ(only_answer().body, encoded(7));
}

TEST_F(HandleServerTest, ADroppedReplyAbandonsTheCall) {
  std::optional<Reply<int>> kept;
  server.sum = [&](std::span<const double> values, Reply<int> done) {
    if (!values.empty()) kept = std::move(done);
  };
  call_sum();
  EXPECT_EQ(only_answer().error.code(), Code::abandoned);
  call_sum({1});
  EXPECT_EQ(connection.answers().size(), 1U);
  std::jthread([&] { kept.reset(); }).join();
  EXPECT_EQ(connection.answers().at(1).error.code(), Code::abandoned);
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(HandleServerTest, AnExceptionBeforeTheReplyIsMovedAwayFailsTheCall) {
  server.sum = [](std::span<const double>, Reply<int>) { throw std::out_of_range("no sensor 41"); };
  call_sum();
  EXPECT_EQ(only_answer().error.remote_type(), "std::out_of_range");
  server.ask = [](const std::function<void(Result<int>)>&) { throw std::domain_error("no"); };
  connection.serve(skeleton, 1, "");
  EXPECT_EQ(connection.answers().at(1).error.remote_type(), "std::domain_error");
  connection.serve(skeleton, 0, "?");
  EXPECT_EQ(connection.answers().at(2).error.code(), Code::malformed);
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(HandleServerTest, AnExceptionAfterThatIsLoggedAndHarmless) {
  const LogCapture capture;
  std::optional<Reply<int>> kept;
  server.sum = [&](std::span<const double>, Reply<int> done) {
    kept = std::move(done);
    throw std::runtime_error("after the hand-off");
  };
  call_sum();
  EXPECT_TRUE(connection.answers().empty());
  EXPECT_THAT(reported, HasSubstr("after the hand-off"));
  (*kept)(8);
  EXPECT_EQ(only_answer().body, encoded(8));

  reported.clear();
  server.sum = [](std::span<const double>, Reply<int> done) {
    done(9);
    throw std::runtime_error("after the answer");
  };
  call_sum();
  EXPECT_EQ(connection.answers().at(1).body, encoded(9));
  EXPECT_THAT(reported, HasSubstr("after the answer"));
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(HandleServerTest, AnswersMayBeErrorsNothingOrOnlyMoved) {
  server.sum = [](std::span<const double>, Reply<int> done) { done.fail(Error(Code::overloaded, "later")); };
  server.reset = [](Reply<void> done) { done(); };
  server.owned = [](Reply<std::unique_ptr<int>> done) { done(std::make_unique<int>(3)); };
  call_sum();
  connection.serve(skeleton, 2, "");
  connection.serve(skeleton, 3, "");
  const std::vector<Answer> answers = connection.answers();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0].error.code(), Code::overloaded);
  EXPECT_EQ(answers[1].kind, Answer::replied);
  EXPECT_EQ(answers[1].body, "");
  EXPECT_EQ(answers[2].kind, Answer::replied);
}

TEST_F(HandleServerTest, OfTheCopiesOfAFunctionOnlyTheFirstAnswers) {
  std::function<void(Result<int>)> kept;
  server.ask = [&](std::function<void(Result<int>)> done) { kept = std::move(done); };
  connection.serve(skeleton, 1, "");
  std::function<void(Result<int>)> copy = kept;
  kept = nullptr;
  EXPECT_TRUE(connection.answers().empty()) << "another copy can still answer";
  kept = copy;
  copy(1);
  EXPECT_THAT(thrown_by([&] { copy(2); }).what(), HasSubstr("answered before"));
  EXPECT_EQ(thrown_by([&] { kept(3); }).code(), Code::internal);
  EXPECT_EQ(only_answer().body, encoded(1));
  kept = copy = nullptr;
  EXPECT_EQ(connection.counts, 0);
  connection.serve(skeleton, 1, "");
  kept = nullptr;
  EXPECT_EQ(connection.answers().at(1).error.code(), Code::abandoned);
}

TEST_F(HandleServerTest, CopiesThatAnswerAtTheSameTimeAnswerOnce) {
  for (int round = 0; round < 200; ++round) {
    std::function<void(Result<int>)> kept;
    server.ask = [&](std::function<void(Result<int>)> done) { kept = std::move(done); };
    connection.serve(skeleton, 1, "");
    std::atomic<int> refused = 0;
    const auto race = [&refused, copy = kept](int number) {
      return std::jthread([&refused, copy, number] {
        if (thrown_by([&] { copy(number); }).code() == Code::internal) ++refused;
      });
    };
    { const std::jthread threads[] = {race(1), race(2), race(3)}; }
    EXPECT_EQ(refused, 2);
    ASSERT_EQ(connection.answers().size(), static_cast<std::size_t>(round) + 1);
  }
}

TEST_F(HandleServerTest, TheReplyTellsWhenTheCallerIsGone) {
  std::optional<Reply<int>> kept;
  std::stop_token token;
  server.sum = [&](std::span<const double>, Reply<int> done) {
    token = this_call().stop_token();
    kept = std::move(done);
  };
  call_sum();
  const std::stop_token same = kept->stop_token();
  EXPECT_FALSE(same.stop_requested());
  connection.running->stop_source().request_stop();
  EXPECT_TRUE(token.stop_requested());
  EXPECT_TRUE(same.stop_requested());
  (*kept)(1);
  EXPECT_TRUE(same.stop_requested()) << "a token may be kept for longer than its call";
}

TEST_F(HandleServerTest, TheObjectThatServesIsNotKeptByItsReplies) {
  std::optional<Reply<int>> kept;
  server.sum = [&](std::span<const double>, Reply<int> done) {
    kept = std::move(done);
    EXPECT_EQ(connection.owner.use_count(), 2) << "in the method";
  };
  call_sum();
  EXPECT_EQ(connection.owner.use_count(), 1);
}

TEST_F(HandleServerTest, AOnewayCallIsNeverAnswered) {
  const LogCapture capture;
  server.sum = [](std::span<const double> values, Reply<int> done) {
    if (!values.empty()) done(1);
  };
  connection.serve(skeleton, 0, list_of({}), true);
  connection.serve(skeleton, 0, list_of({1}), true);
  for (const Answer& answer : connection.answers()) EXPECT_EQ(answer.kind, Answer::finished);
  EXPECT_EQ(connection.answers().size(), 2U);
  EXPECT_THAT(reported, HasSubstr("dropped"));
}

}  // namespace
}  // namespace rpc::test
