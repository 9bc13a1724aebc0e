#include <rpc/stop.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "fake_transport.h"

namespace rpc::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class OutgoingTest : public CalculatorTest {};

std::optional<Error> error_of(const std::function<void()>& f) {
  try {
    f();
  } catch (const Error& error) {
    return error;
  }
  return {};
}

TEST_F(OutgoingTest, ABlockingCallGivesTheReply) {
  std::jthread server([&] { transport.reply(transport.sent(0), 7); });
  EXPECT_EQ(calculator.add(3), 7);
  EXPECT_EQ(transport.request(0).method, 0);
  EXPECT_EQ(transport.request(0).body, std::string("\3\0\0\0", 4));
}

TEST_F(OutgoingTest, ABlockingCallThrowsTheFailure) {
  std::jthread server(
      [&] { transport.fail(transport.sent(0), Error(Code::failed, "overflow", "std::overflow_error")); });
  const auto error = error_of([&] { calculator.add(3); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), Code::failed);
  EXPECT_EQ(error->remote_type(), "std::overflow_error");
}

TEST_F(OutgoingTest, ABlockingCallWithoutResultTakesAnEmptyReply) {
  std::jthread server([&] {
    transport.reply_bytes(transport.sent(0), "");
    transport.reply_bytes(transport.sent(1), "?");
  });
  calculator.reset();
  EXPECT_EQ(error_of([&] { calculator.reset(); })->code(), Code::malformed);
}

TEST_F(OutgoingTest, ABlockingCallEndsAtItsDeadline) {
  const auto error = error_of([&] { calculator.with({.deadline = 3ms}).add(1); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), Code::deadline_exceeded);
  EXPECT_STREQ(error->what(), "test.Calculator.add: no reply within 3 ms");
  EXPECT_TRUE(transport.was_withdrawn(0));
}

TEST_F(OutgoingTest, ADeadlineThatHasPassedEndsTheCall) {
  EXPECT_EQ(error_of([&] { calculator.with({.deadline = -1s}).add(1); })->code(), Code::deadline_exceeded);
}

TEST_F(OutgoingTest, AStopRequestEndsABlockingCall) {
  std::stop_source stop;
  std::jthread user([&] {
    transport.sent(0);
    stop.request_stop();
  });
  const auto error =
      error_of([&] { calculator.with({.deadline = no_deadline, .stop_token = stop.get_token()}).add(1); });
  ASSERT_TRUE(error);
  EXPECT_EQ(error->code(), Code::cancelled);
}

TEST_F(OutgoingTest, TheDeadlineComesFromTheOptionsThenTheMethodThenTheDefault) {
  calculator.async_add(1).detach();
  calculator.async_name().detach();
  calculator.async_reset().detach();
  calculator.with({.deadline = 5ms}).async_name().detach();
  calculator.with({.deadline = no_deadline}).async_add(1).detach();
  EXPECT_EQ(transport.request(0).timeout, 10s);
  EXPECT_EQ(transport.request(1).timeout, 250ms);
  EXPECT_EQ(transport.request(2).timeout, no_deadline);
  EXPECT_EQ(transport.request(3).timeout, 5ms);
  EXPECT_EQ(transport.request(4).timeout, no_deadline);
}

TEST_F(OutgoingTest, OptionsAddUp) {
  std::stop_source stop;
  const auto tagged =
      CalculatorClient(calculator.stub().channel(), {.deadline = 5ms, .metadata = {{"tenant", "north"}}});
  tagged.with({.priority = 3}).async_add(1).detach();
  tagged.with({.stop_token = stop.get_token()}).async_add(1).detach();
  tagged.with({.metadata = {{"a", "1"}, {"b", "2"}}}).async_add(1).detach();
  calculator.async_add(1).detach();

  const std::string tenant = "\6tenant\5north";
  EXPECT_EQ(transport.request(0).metadata, tenant);
  EXPECT_EQ(transport.request(0).timeout, 5ms);
  EXPECT_EQ(transport.request(0).priority, 3);
  EXPECT_EQ(transport.request(1).metadata, tenant);
  EXPECT_EQ(transport.request(2).metadata, "\1a\0011\1b\0012");
  EXPECT_EQ(transport.request(3).metadata, "");
}

TEST_F(OutgoingTest, MetadataCanBeAContainer) {
  const std::string value(300, 'v');
  const std::vector<MetadataEntry> entries{{"key", value}};
  calculator.with({.metadata = entries}).async_add(1).detach();
  EXPECT_EQ(transport.request(0).metadata, "\3key\xF0\x3C" + value);
}

TEST_F(OutgoingTest, AOnewayCallIsSentAndForgotten) {
  calculator.note(9);
  EXPECT_EQ(transport.request(0).method, 3);
  EXPECT_EQ(transport.request(0).body, std::string("\t\0\0\0", 4));
}

enum class Odd : std::uint8_t { one = 1, three = 3 };

void write_odd(Encoder&, Odd) { throw Error(Code::marshalling, "Odd has no value 2"); }

TEST_F(OutgoingTest, AnArgumentThatCannotBeEncodedIsNotSent) {
  EXPECT_THROW(
      {
        Outgoing call = calculator.stub().call(0);
        write_odd(call.arguments(), Odd{2});
        call.start(&read_one<int>).detach();
      },
      Error);
  calculator.async_add(1).detach();
  EXPECT_EQ(transport.request(0).body.size(), 4U);
}

}  // namespace
}  // namespace rpc::test
