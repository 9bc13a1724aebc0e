// Traces: what a traceparent may be, which calls carry one, and what the log says of it.
#include <rpc/log.h>
#include <rpc/this_call.h>
#include <rpc/trace.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "fake_connection.h"
#include "fake_transport.h"
#include "metadata.h"

namespace rpc::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Trace, ReadsATraceparent) {
  const std::optional<Trace> trace = Trace::parse(example);
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(trace->span_id(), "00f067aa0ba902b7");
  EXPECT_TRUE(trace->sampled());
  EXPECT_EQ(trace->text(), example);
  EXPECT_FALSE(Trace::parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00")->sampled());
}

TEST(Trace, IgnoresAMalformedTraceparent) {
  for (const std::string_view text : {
           "",
           "00",
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",    // too short
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",  // too long
           "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",   // another version
           "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",   // of which there is none
           "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",   // capitals
           "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",   // no digit
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902 7-01",   //
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",   //
           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",   // no trace
           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",   // no span
           "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",   // no dashes
           "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01",   //
           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7_01",   //
       })
    EXPECT_FALSE(Trace::parse(text)) << text;
}

TEST(Trace, PassesOnNoFlagsThatItDoesNotKnow) {
  EXPECT_EQ(Trace::parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff")->text(), example);
  EXPECT_FALSE(Trace::parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-fe")->sampled());
}

TEST(Trace, GivesIdsThatNobodyElseHas) {
  const Trace trace = Trace::begin();
  EXPECT_EQ(Trace::parse(trace.text()), trace);
  EXPECT_FALSE(Trace::begin(false).sampled());
  std::set<std::string, std::less<>> spans;
  for (Trace at = trace; spans.size() < 100; at = at.next()) {
    EXPECT_EQ(at.trace_id(), trace.trace_id());
    ASSERT_TRUE(spans.emplace(at.span_id()).second);
  }
  EXPECT_NE(Trace::begin().trace_id(), trace.trace_id());
}

/// One int in, one out.
struct Service {
  std::function<int()> now;
  std::function<Task<int>()> later;
};

void dispatch(void* object, std::uint16_t method, Incoming& call) {
  const Service& service = *static_cast<Service*>(object);
  if (method == 0) return write_one(call.reply(), service.now());
  call.detach();
  call.answer(service.later());
}

class Tracing : public CalculatorTest {
 protected:
  /// Of a call that was made.
  std::optional<Trace> sent(std::uint32_t id) { return Trace::parse(sent(id, "traceparent")); }
  std::string sent(std::uint32_t id, std::string_view key) {
    const std::string block = transport.request(id).metadata;
    return std::string(
        internal::find_pair(std::as_bytes(std::span(block.data(), block.size())), Limits(), key).value_or(""));
  }
  static std::string traced(std::string_view traceparent) { return "\13traceparent\67" + std::string(traceparent); }

  Service service;
  Skeleton skeleton{.info = &CalculatorClient::info, .server = &service, .dispatch = &dispatch};
  FakeConnection connection;
};

TEST_F(Tracing, IsOffUnlessSomebodyBeginsIt) {
  calculator.async_add(1).detach();
  service.now = [&] {
    EXPECT_FALSE(this_call().trace());
    calculator.async_add(1).detach();
    return 0;
  };
  connection.serve(skeleton, 0, "");
  EXPECT_EQ(transport.request(0).metadata, "");
  EXPECT_EQ(transport.request(1).metadata, "");
}

TEST_F(Tracing, IsBegunByOptionsAndIsOneTraceOfManyCalls) {
  const Trace trace = Trace::begin();
  const CalculatorClient client = calculator.with({.trace = trace}).with({.metadata = {{"tenant", "north"}}});
  client.async_add(1).detach();
  client.note(1);
  for (const std::uint32_t id : {0, 1}) {
    EXPECT_EQ(sent(id)->trace_id(), trace.trace_id());
    EXPECT_NE(sent(id)->span_id(), trace.span_id()) << "each call is a span of its own";
    EXPECT_EQ(sent(id, "tenant"), "north");
  }
  EXPECT_NE(sent(0), sent(1));
}

TEST_F(Tracing, GoesOnInCallsOfAHandler) {
  connection.metadata = traced(example) + "\12tracestate\7acme=42";
  service.now = [&] {
    EXPECT_EQ(this_call().trace()->text(), example);
    calculator.async_add(1).detach();
    calculator.note(1);
    calculator.with({.independent = true}).async_add(1).detach();
    return 0;
  };
  connection.serve(skeleton, 0, "");
  calculator.async_add(1).detach();  // outside
  for (const std::uint32_t id : {0, 1, 2}) {
    EXPECT_EQ(sent(id)->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_NE(sent(id)->span_id(), "00f067aa0ba902b7");
    EXPECT_EQ(sent(id, "tracestate"), "acme=42");
  }
  EXPECT_FALSE(sent(3));
}

TEST_F(Tracing, GoesOnInCoroutinesOnWhateverThread) {
  connection.metadata = traced(example);
  auto nested = [&]() -> Task<int> { co_return co_await calculator.async_add(1); };
  service.later = [&]() -> Task<int> {
    co_await calculator.async_reset();
    co_return co_await nested();
  };
  connection.serve(skeleton, 1, "");
  std::thread([&] { transport.reply_bytes(0, ""); }).join();
  EXPECT_EQ(sent(0)->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  EXPECT_EQ(sent(1)->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
  transport.reply(1, 0);
}

TEST_F(Tracing, IsNotBegunByNonsense) {
  connection.metadata = traced("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-zz");
  service.now = [&] {
    EXPECT_FALSE(this_call().trace());
    calculator.async_add(1).detach();
    return 0;
  };
  connection.serve(skeleton, 0, "");
  EXPECT_EQ(transport.request(0).metadata, "");
}

TEST_F(Tracing, OfTheChannelIsForCallsThatHaveNone) {
  transport.metadata.begin_traces(true);
  calculator.async_add(1).detach();
  calculator.async_add(1).detach();
  const Trace own = Trace::begin();
  calculator.with({.trace = own}).async_add(1).detach();
  EXPECT_NE(sent(0)->trace_id(), sent(1)->trace_id());
  EXPECT_EQ(sent(2)->trace_id(), own.trace_id());
}

TEST_F(Tracing, MetadataOfTheChannelCanBeRenewed) {
  const Channel channel = calculator.stub().channel();
  channel.set_metadata({{"authorization", "Bearer 1"}, {"tenant", "north"}});
  calculator.async_add(1).detach();
  calculator.with({.metadata = {{"tenant", "south"}}}).async_add(1).detach();
  channel.set_metadata({{"authorization", "Bearer 2"}});
  calculator.note(1);
  channel.set_metadata({});
  calculator.async_add(1).detach();
  EXPECT_EQ(sent(0, "authorization"), "Bearer 1");
  EXPECT_EQ(sent(0, "tenant"), "north");
  EXPECT_EQ(sent(1, "authorization"), "Bearer 1");
  EXPECT_EQ(sent(1, "tenant"), "south") << "the call's own comes first";
  EXPECT_EQ(sent(2, "authorization"), "Bearer 2");
  EXPECT_EQ(sent(2, "tenant"), "");
  EXPECT_EQ(transport.request(3).metadata, "");
}

}  // namespace
}  // namespace rpc::test
