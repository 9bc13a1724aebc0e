#include <rpc/log.h>
#include <rpc/this_call.h>
#include <rpc/wire/sequence_codec.h>
#include <rpc/wire/view_codec.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>

#include "fake_connection.h"
#include "fake_transport.h"

namespace rpc::test {
namespace {

using testing::HasSubstr;

/// The server object of these tests: both kinds of methods, each a function the test gives.
struct Service {
  std::function<int(int)> now;
  std::function<Task<int>(int)> later;
  std::function<Task<int>(std::span<const double>)> sum;
};

int read_int(Decoder in) {
  int value = 0;
  read_one(in, value);
  return value;
}

std::optional<Responder> kept;

void dispatch(void* object, std::uint16_t method, Incoming& call) {
  Service& service = *static_cast<Service*>(object);
  switch (method) {
    case 0: {
      const int result = service.now(read_int(call.arguments()));
      write_one(call.reply(), result);
      break;
    }
    case 1: {
      const int argument = read_int(call.arguments());
      call.detach();
      return call.answer(service.later(argument));
    }
    case 2: kept = call.hand_over(); break;
    case 4: {
      std::span<const double> values;
      Decoder in = call.arguments();
      read_one(in, values);
      call.detach();
      return call.answer(service.sum(values));
    }
    case 3: write_one(call.reply(), std::string("half a reply")); throw Error(Code::marshalling, "the other half");
  }
}

std::string bytes(int value) { return {reinterpret_cast<const char*>(&value), sizeof value}; }

class ServingTest : public CalculatorTest {
 protected:
  const Answer& only_answer() {
    answers_ = connection.answers();
    EXPECT_EQ(answers_.size(), 1U);
    return answers_.at(0);
  }

  Service service;
  Skeleton skeleton{.info = &CalculatorClient::info, .server = &service, .dispatch = &dispatch};
  FakeConnection connection;

 private:
  std::vector<Answer> answers_;
};

TEST_F(ServingTest, AMethodIsAnsweredWhenItReturns) {
  service.now = [](int number) { return number + 1; };
  connection.serve(skeleton, 0, bytes(41));
  EXPECT_EQ(only_answer().kind, Answer::replied);
  EXPECT_EQ(only_answer().body, bytes(42));
}

TEST_F(ServingTest, AnExceptionBecomesAFailureWithTypeAndText) {
  service.now = [](int) -> int { throw std::out_of_range("no sensor 41"); };
  connection.serve(skeleton, 0, bytes(41));
  EXPECT_EQ(only_answer().error.code(), Code::failed);
  EXPECT_EQ(only_answer().error.remote_type(), "std::out_of_range");
  EXPECT_STREQ(only_answer().error.what(), "no sensor 41");
}

TEST_F(ServingTest, AnythingMayBeThrown) {
  service.now = [](int) -> int { throw 7; };
  connection.serve(skeleton, 0, bytes(41));
  EXPECT_EQ(only_answer().error.code(), Code::failed);
  EXPECT_EQ(only_answer().error.remote_type(), "int");
}

TEST_F(ServingTest, AnErrorKeepsItsCode) {
  service.now = [](int) -> int { throw Error(Code::overloaded, "come back later"); };
  connection.serve(skeleton, 0, bytes(41));
  EXPECT_EQ(only_answer().error.code(), Code::overloaded);
}

TEST_F(ServingTest, ArgumentsThatCannotBeDecodedFailTheCall) {
  connection.serve(skeleton, 0, "?");
  EXPECT_EQ(only_answer().error.code(), Code::malformed);
}

TEST_F(ServingTest, AReplyThatCannotBeEncodedFailsTheCall) {
  connection.serve(skeleton, 3, "");
  EXPECT_EQ(only_answer().kind, Answer::failed);
  EXPECT_EQ(only_answer().error.code(), Code::marshalling);
}

std::string logged;

TEST_F(ServingTest, AOnewayCallIsNeverAnswered) {
  logged.clear();
  set_log_handler([](const LogRecord& record) { logged += record.text; });
  service.now = [](int number) { return number != 0 ? number : throw std::runtime_error("zero"); };
  service.later = [](int number) -> Task<int> { co_return number; };
  connection.serve(skeleton, 0, bytes(1), true);
  connection.serve(skeleton, 1, bytes(1), true);
  EXPECT_EQ(logged, "");
  connection.serve(skeleton, 0, bytes(0), true);
  connection.serve(skeleton, 2, bytes(1), true);
  kept.reset();
  set_log_handler(nullptr);
  for (const Answer& answer : connection.answers()) EXPECT_EQ(answer.kind, Answer::finished);
  EXPECT_EQ(connection.answers().size(), 4U);
  EXPECT_THAT(logged, HasSubstr("zero"));
}

TEST_F(ServingTest, ACoroutineThatDoesNotSuspendIsAnsweredAtOnce) {
  service.later = [](int number) -> Task<int> { co_return number * 2; };
  connection.serve(skeleton, 1, bytes(21));
  EXPECT_EQ(only_answer().body, bytes(42));
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(ServingTest, ACoroutineAnswersWhenItIsDone) {
  service.later = [&](int number) -> Task<int> { co_return number + co_await calculator.async_add(number); };
  connection.serve(skeleton, 1, bytes(40));
  EXPECT_TRUE(connection.answers().empty());
  EXPECT_EQ(connection.counts, 2) << "the call keeps its connection and its request's memory";
  EXPECT_EQ(connection.owner.use_count(), 2) << "and the server";
  std::jthread([&] { transport.reply(0, 2); }).join();
  EXPECT_EQ(only_answer().body, bytes(42));
  EXPECT_EQ(connection.counts, 0);
  EXPECT_EQ(only_answer().owners, 1) << "which was let go before the answer";
}

TEST_F(ServingTest, AViewLastsAsLongAsItsCoroutine) {
  service.sum = [&](std::span<const double> values) -> Task<int> {
    co_await calculator.async_reset();
    co_return static_cast<int>(std::accumulate(values.begin(), values.end(), 0.0));
  };
  Buffer buffer;
  const Limits limits;
  Encoder out(buffer, limits);
  write_one(out, std::vector<double>{1, 2, 4});  // behind its count, where no double may be read
  connection.serve(skeleton, 4, {reinterpret_cast<const char*>(buffer.data()), buffer.size()});
  EXPECT_EQ(connection.counts, 2) << "the call keeps its connection and its request's memory";
  transport.reply_bytes(0, "");
  EXPECT_EQ(only_answer().body, bytes(7));
}

TEST_F(ServingTest, CoroutinesAnswerInAnyOrder) {
  service.later = [&](int number) -> Task<int> { co_return co_await calculator.async_add(number); };
  const std::uint32_t first = connection.serve(skeleton, 1, bytes(1));
  const std::uint32_t second = connection.serve(skeleton, 1, bytes(2));
  transport.reply(1, 20);
  transport.reply(0, 10);
  const std::vector<Answer> answers = connection.answers();
  ASSERT_EQ(answers.size(), 2U);
  EXPECT_EQ(answers[0].id, second);
  EXPECT_EQ(answers[0].body, bytes(20));
  EXPECT_EQ(answers[1].id, first);
}

TEST_F(ServingTest, ACoroutineThatThrowsFailsTheCall) {
  service.later = [&](int number) -> Task<int> {
    if (number == 0) throw std::invalid_argument("zero");
    co_await calculator.async_reset();
    throw std::domain_error("later");
  };
  connection.serve(skeleton, 1, bytes(0));
  connection.serve(skeleton, 1, bytes(1));
  connection.serve(skeleton, 1, "?");
  transport.reply_bytes(0, "");
  const std::vector<Answer> answers = connection.answers();
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0].error.remote_type(), "std::invalid_argument");
  EXPECT_EQ(answers[1].error.code(), Code::malformed);
  EXPECT_EQ(answers[2].error.remote_type(), "std::domain_error");
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(ServingTest, AServiceMayThrowBeforeItGivesATask) {
  service.later = [](int) -> Task<int> { throw std::out_of_range("no sensor 41"); };
  connection.serve(skeleton, 1, bytes(41));
  EXPECT_EQ(only_answer().error.remote_type(), "std::out_of_range");
}

TEST_F(ServingTest, AnEmptyTaskFailsTheCall) {
  service.later = [](int) { return Task<int>(); };
  connection.serve(skeleton, 1, bytes(41));
  EXPECT_EQ(only_answer().error.code(), Code::internal);
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(ServingTest, ADroppedResponderAbandonsTheCall) {
  connection.serve(skeleton, 2, bytes(1));
  EXPECT_TRUE(connection.answers().empty());
  EXPECT_EQ(read_int(kept->arguments()), 1) << "the request's memory is still there";
  kept.reset();
  EXPECT_EQ(only_answer().error.code(), Code::abandoned);
  EXPECT_EQ(connection.counts, 0);
}

TEST_F(ServingTest, AFailureAfterTheReplyIsLoggedAndHarmless) {
  logged.clear();
  set_log_handler([](const LogRecord& record) { logged += record.text; });
  connection.serve(skeleton, 2, bytes(1));
  write_one(kept->reply(), 5);
  kept->send();
  kept->fail(std::make_exception_ptr(std::runtime_error("too late")));
  kept.reset();
  set_log_handler(nullptr);
  EXPECT_EQ(only_answer().body, bytes(5));
  EXPECT_THAT(logged, HasSubstr("too late"));
}

class ThisCallTest : public ServingTest {};

TEST_F(ThisCallTest, IsEmptyOutsideOfAHandler) {
  EXPECT_FALSE(this_call());
  EXPECT_FALSE(this_call().stop_token().stop_possible());
  EXPECT_EQ(this_call().deadline(), internal::never);
  EXPECT_FALSE(this_call().metadata("tenant"));
  EXPECT_EQ(this_call().peer().address, "");
  EXPECT_EQ(this_call().peer().identity, "");
}

TEST_F(ThisCallTest, TellsAboutTheCall) {
  connection.metadata = std::string("\6tenant\5north\4user", 18) + std::string(1, '\0');
  connection.deadline = std::chrono::steady_clock::now() + std::chrono::hours(1);
  service.now = [&](int number) {
    EXPECT_TRUE(this_call());
    EXPECT_EQ(this_call().metadata("tenant"), "north");
    EXPECT_EQ(this_call().metadata("user"), "");
    EXPECT_EQ(this_call().metadata("other"), std::nullopt);
    EXPECT_EQ(this_call().deadline(), connection.deadline);
    EXPECT_EQ(this_call().peer().address, "fake:peer");
    EXPECT_EQ(this_call().peer().identity, "fake:who");
    const std::stop_token token = this_call().stop_token();
    EXPECT_FALSE(token.stop_requested());
    connection.running->stop_source().request_stop();
    EXPECT_TRUE(token.stop_requested());
    return number;
  };
  connection.serve(skeleton, 0, bytes(1));
  EXPECT_EQ(only_answer().kind, Answer::replied);
  EXPECT_FALSE(this_call());
}

TEST_F(ThisCallTest, CallsWithinItEndWithItAtTheLatest) {
  connection.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  service.now = [&](int) {
    static_cast<void>(calculator.async_add(1));
    static_cast<void>(calculator.with({.deadline = no_deadline}).async_add(1));
    static_cast<void>(calculator.with({.deadline = std::chrono::seconds(1)}).async_add(1));
    static_cast<void>(calculator.with({.deadline = std::chrono::hours(1), .independent = true}).async_add(1));
    return 0;
  };
  connection.serve(skeleton, 0, bytes(1));
  static_cast<void>(calculator.async_add(1));  // outside
  const auto timeout = [&](std::uint32_t id) { return transport.request(id).timeout; };
  for (std::uint32_t inherits = 0; inherits < 2; ++inherits) {
    EXPECT_GT(timeout(inherits), std::chrono::seconds(0)) << inherits;
    EXPECT_LE(timeout(inherits), std::chrono::seconds(5)) << inherits;
  }
  EXPECT_EQ(timeout(2), std::chrono::seconds(1));
  EXPECT_EQ(timeout(3), std::chrono::hours(1));
  EXPECT_EQ(timeout(4), default_deadline);
}

TEST_F(ThisCallTest, ACallWithinItSaysWhoseDeadlineItMissed) {
  connection.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  service.now = [&](int) { return calculator.add(1); };
  connection.serve(skeleton, 0, bytes(1));
  EXPECT_EQ(only_answer().kind, Answer::failed);
  EXPECT_THAT(only_answer().error.what(), HasSubstr("no reply within 0 ms, which the call that made it had left"));
}

TEST_F(ThisCallTest, MalformedMetadataIsNoMetadata) {
  connection.metadata = "\6ten";
  service.now = [](int) { return this_call().metadata("ten") ? 1 : 0; };
  connection.serve(skeleton, 0, bytes(1));
  EXPECT_EQ(only_answer().body, bytes(0));
}

TEST_F(ThisCallTest, FollowsACoroutineToAnotherThread) {
  connection.metadata = "\2id\1a";
  auto nested = [&]() -> Task<std::string> {
    co_await calculator.async_reset();
    co_return std::string(this_call().metadata("id").value_or("?"));
  };
  std::string seen;
  service.later = [&](int) -> Task<int> {
    seen += this_call().metadata("id").value_or("?");
    seen += co_await nested();
    co_await calculator.async_reset();
    seen += this_call().metadata("id").value_or("?");
    co_return 0;
  };
  connection.serve(skeleton, 1, bytes(1));
  EXPECT_FALSE(this_call());
  std::jthread([&] {
    transport.reply_bytes(0, "");
    EXPECT_FALSE(this_call()) << "put back by the second suspension";
    transport.reply_bytes(1, "");
    EXPECT_FALSE(this_call()) << "put back by the end";
  }).join();
  EXPECT_EQ(seen, "aaa");
}

TEST_F(ThisCallTest, ATaskThatEscapesFromASynchronousHandlerHasNoCall) {
  auto body = []() -> Task<bool> { co_return static_cast<bool>(this_call()); };
  Task<bool> escaped;
  service.now = [&](int number) {
    escaped = body();
    return number;
  };
  connection.serve(skeleton, 0, bytes(1));
  service.later = [&](int) -> Task<int> { co_return co_await std::move(escaped) ? 1 : 0; };
  connection.serve(skeleton, 1, bytes(1));
  EXPECT_EQ(connection.answers().at(1).body, bytes(0));
}

TEST_F(ThisCallTest, ACoroutineThatGoesOnInsideAnotherHandlerPutsThatBack) {
  connection.metadata = "\2id\1a";
  std::string seen;
  service.later = [&](int) -> Task<int> {
    co_await calculator.async_reset();
    seen += this_call().metadata("id").value_or("?");
    co_return 0;
  };
  connection.serve(skeleton, 1, bytes(1));

  FakeConnection other;
  other.metadata = "\2id\1b";
  service.now = [&](int number) {
    transport.reply_bytes(0, "");
    seen += this_call().metadata("id").value_or("?");
    return number;
  };
  other.serve(skeleton, 0, bytes(1));
  EXPECT_EQ(seen, "ab");
}

TEST_F(ThisCallTest, ACancelReachesACoroutineThatWasHandedOver) {
  std::stop_token token;
  service.later = [&](int) -> Task<int> {
    token = this_call().stop_token();
    co_await calculator.async_reset();
    co_return this_call().stop_token().stop_requested() ? 1 : 0;
  };
  connection.serve(skeleton, 1, bytes(1));
  connection.running->stop_source().request_stop();
  EXPECT_TRUE(token.stop_requested());
  transport.reply_bytes(0, "");
  EXPECT_EQ(only_answer().body, bytes(1));
}

TEST_F(ThisCallTest, ACancelBeforeTheHandOverIsNotLost) {
  const Skeleton early{.info = &CalculatorClient::info,
                       .server = &connection,
                       .dispatch = [](void* object, std::uint16_t, Incoming& call) {
                         auto& connection = *static_cast<FakeConnection*>(object);
                         connection.running->stop_source().request_stop();
                         call.detach();
                         EXPECT_TRUE(this_call().stop_token().stop_requested());
                         EXPECT_NE(connection.running, nullptr);
                       }};
  connection.serve(early, 0, "");
  EXPECT_EQ(only_answer().error.code(), Code::abandoned);
}

}  // namespace
}  // namespace rpc::test
