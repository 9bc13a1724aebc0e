// What servers tell about themselves, and calls by name that rest on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/dynamic.h>
#include <rpc/error.h>
#include <rpc/monitor.rpc.h>
#include <rpc/reflection.rpc.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "runtime/net/running.h"

namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Body = rpc::DynamicClient::Body;

Body bytes(std::initializer_list<unsigned> values) {
  Body made;
  for (const unsigned value : values) made.push_back(static_cast<std::byte>(value));
  return made;
}

TEST(Reflection, IsOffUnlessAskedFor) {
  const Running running;
  rpc::ReflectionClient reflection(rpc::connect(running.url));
  const rpc::Error error = error_of([&] { reflection.interfaces(); });
  EXPECT_EQ(error.code(), rpc::Code::unimplemented);
  EXPECT_STREQ(error.what(), "the server does not serve rpc::Reflection");
}

TEST(Reflection, NamesWhatIsServed) {
  const Running running({.reflection = true});
  rpc::ReflectionClient reflection(rpc::connect(running.url));
  EXPECT_THAT(reflection.interfaces(), ElementsAre("Probe", "rpc::Monitor", "rpc::Reflection"));
}

TEST(Reflection, GivesContracts) {
  const Running running({.reflection = true});
  rpc::ReflectionClient reflection(rpc::connect(running.url));
  EXPECT_THAT(reflection.contract("rpc::Reflection"), HasSubstr(R"({"name":"interfaces","number":1)"));
  const rpc::Error undescribed = error_of([&] { reflection.contract("Probe"); });
  EXPECT_EQ(undescribed.code(), rpc::Code::unimplemented);
  EXPECT_STREQ(undescribed.what(), "the code of Probe on the server does not describe it");
  const rpc::Error unknown = error_of([&] { reflection.contract("Prob"); });
  EXPECT_EQ(unknown.code(), rpc::Code::unimplemented);
  EXPECT_STREQ(unknown.what(), "the server does not serve Prob");
}

TEST(Reflection, GivesCounters) {
  const Running running({.reflection = true});
  const rpc::Channel channel = rpc::connect(running.url);
  ProbeClient(channel).note("hi");
  const std::map<std::string, std::uint64_t> counters = rpc::ReflectionClient(channel).counters();
  EXPECT_EQ(counters.size(), 12U);
  EXPECT_EQ(counters.at("frames_received"), 1U);
  EXPECT_EQ(counters.at("ignored_forged"), 0U);
}

TEST(Reflection, ComesWithWhatTheServerCounts) {
  const Running running({.reflection = true});
  const rpc::Channel channel = rpc::connect(running.url);
  ProbeClient(channel).note("hi");
  ProbeClient(channel).add(1, 1);  // so that what was before is counted
  const rpc::ServerMetrics metrics = rpc::MonitorClient(channel).metrics();
  EXPECT_EQ(metrics.methods.size(), 8U);
  EXPECT_EQ(metrics.methods[3].method, "note");
  EXPECT_EQ(metrics.methods[3].succeeded, 1U);
  EXPECT_EQ(metrics.counters.frames_received, 1U);
}

class DynamicCall : public testing::Test {
 protected:
  Running running_;
  const rpc::DynamicClient probe_{rpc::connect(running_.url), "Probe", {"note", "echo", "add", "gone"}};
  const Body hi_ = bytes({0x0a, 2, 'h', 'i'});
};

TEST_F(DynamicCall, GivesTheReplyAsItCame) {
  EXPECT_EQ(probe_.call("echo", hi_), hi_);
  EXPECT_EQ(probe_.call("add", bytes({0x08, 6, 0x10, 8})), bytes({0x08, 14}));
  EXPECT_EQ(probe_.async_call("echo", hi_).get(), hi_);
}

TEST_F(DynamicCall, OneWay) {
  EXPECT_EQ(probe_.call("echo", hi_), hi_);  // connected
  Gate noted;
  running_.object->on_note = [&](const std::string& text) {
    if (text == "hi") noted.open();
  };
  probe_.send("note", hi_);
  EXPECT_TRUE(noted.wait());
}

TEST_F(DynamicCall, FailsAsOthersDo) {
  EXPECT_EQ(error_of([&] { probe_.call("add", bytes({0x0a, 0})); }).code(), rpc::Code::malformed);
  EXPECT_THAT(error_of([&] { probe_.call("gone", {}); }).what(), HasSubstr("the server's Probe has no method gone"));
  const rpc::Error untold = error_of([&] { probe_.call("act", {}); });
  EXPECT_EQ(untold.code(), rpc::Code::unimplemented);
  EXPECT_STREQ(untold.what(), "this client of Probe was not told of a method act");
}

TEST_F(DynamicCall, IsTaggedWhateverTheChannelPrefers) {
  const rpc::Channel channel = rpc::connect(running_.url, {.encoding = rpc::Encoding::exact});
  EXPECT_EQ(rpc::DynamicClient(channel, "Probe", {"echo"}).call("echo", hi_), hi_);
}

// A connection has no more than 256 bindings.
TEST_F(DynamicCall, EqualNamesAreBoundOnce) {
  const rpc::Channel channel = rpc::connect(running_.url);
  for (int i = 0; i < 300; ++i) EXPECT_EQ(rpc::DynamicClient(channel, "Probe", {"echo"}).call("echo", hi_), hi_);
}

TEST_F(DynamicCall, TooManyMethods) {
  const std::vector<std::string> names(0x10000, "m");
  EXPECT_EQ(error_of([&] { rpc::DynamicClient(rpc::connect(running_.url), "Probe", names); }).code(),
            rpc::Code::too_large);
}

}  // namespace
