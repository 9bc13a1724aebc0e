// The hook that says who may call what: it is asked about every call, before anything of it is looked at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/log.h>
#include <rpc/reflection.rpc.h>
#include <rpc/server.h>

#include <unistd.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/raw_datagrams.h"
#include "runtime/net/running.h"

namespace {

using rpc::AccessRequest;
using rpc::Code;
using rpc::ServerCounters;
using testing::HasSubstr;

constexpr std::uint16_t number_of_add = 0;
constexpr std::uint16_t number_of_note = 3;

rpc::Verdict deny_all(const AccessRequest&) { return rpc::deny("nobody may"); }

class Authorization : public testing::TestWithParam<rpc::Encoding> {
 protected:
  Authorization() {
    running_.object->on_act = [this](const std::string&) { ++handled_; };
    running_.object->on_note = [this](const std::string&) { ++handled_; };
  }

  Running running_;
  std::atomic<int> handled_ = 0;
  rpc::Channel channel_ = rpc::connect(running_.url, {.encoding = GetParam()});
  ProbeClient probe_{channel_};
};

TEST_P(Authorization, IsAskedAboutCallsOfEveryMode) {
  running_.server.authorize(&deny_all);
  const rpc::Error waited = error_of([&] { probe_.act("x"); });
  EXPECT_EQ(waited.code(), Code::denied);
  EXPECT_STREQ(waited.what(), "Probe.act is not allowed: nobody may");
  EXPECT_EQ(error_of([&] { probe_.async_echo("x").get(); }).code(), Code::denied);
  EXPECT_EQ(error_of([&] { probe_.async_add(1, 2).get(); }).code(), Code::denied);
  probe_.note("x");
  EXPECT_TRUE(soon([&] { return running_.server.counters().ignored_denied == 1; }));
  EXPECT_EQ(running_.server.counters().frames_received, 0U);
  EXPECT_EQ(handled_, 0);
}

TEST_P(Authorization, SeesWhatIsCalledByWhomAndWithWhat) {
  std::vector<std::string> seen;  // calls come one at a time
  running_.server.authorize([&seen](const AccessRequest& call) {
    seen.push_back(std::string(call.interface) + "." + std::string(call.method) + " of " +
                   std::string(call.peer.identity) + " with " + std::string(call.metadata("key").value_or("none")));
    return call.mode == rpc::Mode::async ? rpc::deny("") : rpc::allow();
  });
  EXPECT_EQ(probe_.with({.metadata = {{"other", "0"}, {"key", "1234"}}}).add(1, 2), 3);
  EXPECT_EQ(error_of([&] { probe_.echo("x"); }).code(), Code::denied);
  const std::string user = "uid:" + std::to_string(::getuid());
  EXPECT_THAT(seen,
              testing::ElementsAre("Probe.add of " + user + " with 1234", "Probe.echo of " + user + " with none"));
}

TEST_P(Authorization, MayChangeWhileCallsAreServed) {
  std::atomic<bool> ended = false;
  std::atomic<int> unexpected = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i) {
    callers.emplace_back([&] {
      const ProbeClient probe(rpc::connect(running_.url, {.encoding = GetParam()}));
      while (!ended) {
        const rpc::Error error = error_of([&] { probe.add(1, 2); });
        if (error.code() != rpc::Code{} && error.code() != Code::denied) ++unexpected;
      }
    });
  }
  for (int i = 0; i < 200; ++i) {
    running_.server.authorize(&deny_all);
    EXPECT_EQ(error_of([&] { probe_.add(1, 2); }).code(), Code::denied);
    running_.server.authorize([i](const AccessRequest&) { return i < 0 ? rpc::deny("") : rpc::allow(); });
    EXPECT_EQ(probe_.add(1, 2), 3);
  }
  ended = true;
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(unexpected, 0);
}

TEST_P(Authorization, LetsThroughWhatItAllows) {
  running_.server.authorize([](const AccessRequest&) { return rpc::allow(); });
  for (int i = 0; i < 100; ++i) EXPECT_EQ(probe_.add(i, 1), i + 1);
  probe_.note("x");
  EXPECT_TRUE(soon([&] { return handled_ == 1; }));
  EXPECT_EQ(running_.server.counters().frames_received, 1U);
}

INSTANTIATE_TEST_SUITE_P(InBothEncodings, Authorization, testing::Values(rpc::Encoding::exact, rpc::Encoding::tagged),
                         [](const auto& info) { return info.param == rpc::Encoding::exact ? "exact" : "tagged"; });

TEST(Access, IsDeniedBeforeTheArgumentsAreDecoded) {
  Running running;
  RawPeer peer = RawPeer::connect(running.folder.socket());
  peer.send(hello());
  peer.receive();
  peer.send(bind_probe());
  peer.receive();
  const auto answer_to = [&](const Bytes& body) {
    peer.send(call_frame(1, number_of_add, body));
    const auto received = peer.receive();
    return received && !received->body.empty() ? static_cast<Code>(received->body[0]) : Code{};
  };
  EXPECT_EQ(answer_to({1, 2, 3}), Code::malformed);
  running.server.authorize(&deny_all);
  EXPECT_EQ(answer_to({1, 2, 3}), Code::denied);
}

TEST(Access, IsDeniedToDatagrams) {
  Running running;
  std::atomic<int> noted = 0;
  running.object->on_note = [&](const std::string&) { ++noted; };
  running.server.authorize([](const AccessRequest& call) {
    return call.peer.address.starts_with("tcp://127.0.0.1:") && call.peer.identity.empty() ? rpc::deny("")
                                                                                           : rpc::allow();
  });
  RawDatagrams raw(running.server.listen("tcp://127.0.0.1:0"));
  raw.send(raw.call(number_of_note, text_body("hi")));
  EXPECT_TRUE(soon([&] { return running.server.counters().ignored_denied == 1; }));
  running.server.authorize([](const AccessRequest&) { return rpc::allow(); });
  raw.send(raw.call(number_of_note, text_body("hi")));
  EXPECT_TRUE(soon([&] { return noted == 1; }));
  EXPECT_EQ(running.server.counters().datagrams_received, 1U);
}

TEST(Access, IsDeniedByAHookThatThrowsAndTheCallerIsNotToldWhatItThrew) {
  static std::mutex mutex;
  static std::string logged;
  rpc::set_log_handler([](const rpc::LogRecord& record) {
    const std::lock_guard lock(mutex);
    logged += record.text;
  });
  Running running;
  running.server.authorize(
      [](const AccessRequest&) -> rpc::Verdict { throw std::runtime_error("password is hunter2"); });
  const ProbeClient probe(rpc::connect(running.url));
  const rpc::Error error = error_of([&] { probe.add(1, 2); });
  rpc::set_log_handler(nullptr);
  EXPECT_EQ(error.code(), Code::denied);
  EXPECT_STREQ(error.what(), "the server cannot tell whether Probe.add is allowed");
  EXPECT_EQ(error.remote_type(), "");
  const std::lock_guard lock(mutex);
  EXPECT_THAT(logged, HasSubstr("hunter2"));
}

TEST(Access, OfOneDoesNotWaitForAHookThatBlocksForAnother) {
  Running running;
  Gate gate;
  Gate asked;
  running.server.authorize([&](const AccessRequest& call) {
    if (call.method == "act") asked.open(), gate.wait();
    return rpc::allow();
  });
  const ProbeClient slow(rpc::connect(running.url));
  const ProbeClient quick(rpc::connect(running.url));
  const rpc::Future<void> waiting = slow.async_act("x");
  ASSERT_TRUE(asked.wait());
  EXPECT_EQ(slow.add(1, 2), 3) << "on the same connection";
  EXPECT_EQ(quick.add(1, 2), 3);
  EXPECT_FALSE(waiting.ready());
  gate.open();
  EXPECT_TRUE(soon([&] { return waiting.ready(); }));
}

TEST(Access, OfInterfacesOfTheRuntimeIsAskedByTheirNames) {
  Running running({.reflection = true});
  running.server.authorize([](const AccessRequest& call) {
    return call.interface == "rpc::Reflection" ? rpc::deny("ask somebody else") : rpc::allow();
  });
  const rpc::Channel channel = rpc::connect(running.url);
  EXPECT_EQ(error_of([&] { rpc::ReflectionClient(channel).interfaces(); }).code(), Code::denied);
  EXPECT_EQ(ProbeClient(channel).add(1, 2), 3);
}

std::string problem_of(const std::string& url, const rpc::ServerOptions& options = {}) {
  rpc::Server server(options);
  const rpc::Error error = error_of([&] { server.listen(url); });
  return error.code() == rpc::Code{} ? "none" : error.what();
}

TEST(PlainTcp, StaysOnThisMachineUnlessItIsAllowedToLeave) {
  EXPECT_EQ(problem_of("tcp://0.0.0.0:0"),
            "cannot listen on tcp://0.0.0.0:0: other machines reach 0.0.0.0, and plain TCP does not say who calls nor "
            "hide what is said: listen at tls://0.0.0.0:0, or on 127.0.0.1, or set ServerOptions::plain_tcp_to_others "
            "where nobody else is on the network");
  EXPECT_THAT(problem_of("tcp://[::]:0"), HasSubstr("ServerOptions::plain_tcp_to_others"));
  EXPECT_THAT(problem_of("tcp://192.0.2.1:0"), HasSubstr("ServerOptions::plain_tcp_to_others"));
  EXPECT_EQ(problem_of("tcp://0.0.0.0:0", {.plain_tcp_to_others = true}), "none");
  EXPECT_EQ(problem_of("tcp://127.5.6.7:0"), "none") << "all of 127.0.0.0/8 is this machine";
  EXPECT_EQ(problem_of("tcp://localhost:0"), "none");
}

}  // namespace
