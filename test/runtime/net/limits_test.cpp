// Each limit: what exceeds it is refused, the text names it, and the rest goes on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/outgoing.h>
#include <rpc/stub.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;

TEST(Limits, MaxFrameOfTheClient) {
  Running running;
  const ProbeClient probe(rpc::connect(running.url, {.limits = {.max_frame = 20'000}}));
  const rpc::Error error = error_of([&] { probe.echo(std::string(20'001, 'x')); });
  EXPECT_EQ(error.code(), rpc::Code::too_large);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("max_frame"), HasSubstr("20000")));
  EXPECT_EQ(probe.add(1, 1), 2);
}

TEST(Limits, MaxFrameOfTheServer) {
  Running running({.limits = {.max_frame = 20'000}});
  const ProbeClient probe(rpc::connect(running.url));
  const rpc::Error error = error_of([&] { probe.echo(std::string(20'001, 'x')); });
  EXPECT_EQ(error.code(), rpc::Code::too_large);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("server's Limits::max_frame"), HasSubstr("20000")));
  EXPECT_EQ(error_of([&] { probe.note(std::string(20'001, 'x')); }).code(), rpc::Code::too_large);
  EXPECT_EQ(probe.add(1, 1), 2);
}

// An interface so wide that its bind is too long for the server is refused call by call; others go on.
TEST(Limits, MaxFrameOfTheServerForBind) {
  const std::vector<rpc::MethodInfo> methods(1000, {.name = "a_name_of_twenty_two__"});
  const rpc::InterfaceInfo wide{.name = "home::Wide", .methods = methods.data(), .method_count = 1000};
  const Folder folder;
  const rpc::net::Fd listener = RawPeer::listen(folder.socket());
  const rpc::Channel channel = rpc::connect(folder.url());
  const rpc::Stub stub(channel, {}, wide);
  const auto expect_refused = [](auto call) {
    const rpc::Error error = error_of(call);
    EXPECT_EQ(error.code(), rpc::Code::too_large);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("1000 methods of home::Wide"), HasSubstr("24022 bytes"),
                                    HasSubstr("server's Limits::max_frame of 16384")));
  };
  stub.call(0).send_maybe();
  rpc::Future<void> early = stub.call(0).start();
  RawPeer peer = RawPeer::accept(listener);
  ASSERT_TRUE(peer.send(welcome(16, rpc::net::least_max_frame)));
  expect_refused([&] { early.get(); });
  expect_refused([&] { stub.call(999).wait(); });
  expect_refused([&] { stub.call(0).send_maybe(); });
  EXPECT_EQ(channel.counters().frames_sent, 0U);
  EXPECT_EQ(channel.counters().dropped_refused, 1U);
  rpc::Future<int> sum = ProbeClient(channel).async_add(1, 1);
  EXPECT_EQ(peer.receive()->header.kind, rpc::net::Kind::hello);
  EXPECT_EQ(peer.receive()->header.kind, rpc::net::Kind::bind);
  EXPECT_EQ(peer.receive()->header.method, 1000);
}

/// Answers with more than it was asked.
class Talkative final : public Probe {
 public:
  std::string echo(std::string text) override { return text + std::string(20'001, 'y'); }
};

TEST(Limits, MaxFrameOfTheClientForReplies) {
  rpc::Server server;
  server.serve<Probe>(std::make_shared<Talkative>());
  const Folder folder;
  const ProbeClient probe(rpc::connect(server.listen(folder.url()), {.limits = {.max_frame = 20'000}}));
  const rpc::Error error = error_of([&] { probe.echo("x"); });
  EXPECT_EQ(error.code(), rpc::Code::too_large);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("client's Limits::max_frame"), HasSubstr("20000")));
  EXPECT_EQ(probe.add(1, 1), 2);
}

TEST(Limits, MaxFrameOfTheServerForReplies) {
  rpc::Server server({.limits = {.max_frame = 20'000}});
  server.serve<Probe>(std::make_shared<Talkative>());
  const Folder folder;
  const ProbeClient probe(rpc::connect(server.listen(folder.url())));
  const rpc::Error error = error_of([&] { probe.echo("x"); });
  EXPECT_EQ(error.code(), rpc::Code::too_large);
  EXPECT_THAT(error.what(), HasSubstr("max_frame"));
}

TEST(Limits, MaxConnections) {
  Running running({.limits = {.max_connections = 2}});
  const ProbeClient first(rpc::connect(running.url));
  EXPECT_EQ(first.add(1, 1), 2);
  {
    const ProbeClient second(rpc::connect(running.url));
    EXPECT_EQ(second.add(1, 1), 2);
    const ProbeClient third(rpc::connect(running.url), {.deadline = 100ms});
    const rpc::Error error = error_of([&] { third.add(1, 1); });
    EXPECT_EQ(error.code(), rpc::Code::unavailable);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("Limits::max_connections"), HasSubstr("2")));
  }
  const ProbeClient fourth(rpc::connect(running.url));
  EXPECT_EQ(fourth.add(1, 1), 2);
}

TEST(Limits, MaxInFlightOfTheClient) {
  Gate gate;
  Running running;
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(gate.wait()); };
  const ProbeClient probe(rpc::connect(running.url, {.limits = {.max_in_flight = 3}}));
  EXPECT_EQ(probe.add(1, 1), 2);
  std::vector<rpc::Future<void>> pending;
  for (int i = 0; i < 3; ++i) pending.push_back(probe.async_act("x"));
  const rpc::Error error = error_of([&] { probe.add(1, 1); });
  EXPECT_EQ(error.code(), rpc::Code::overloaded);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("Limits::max_in_flight"), HasSubstr("3")));
  gate.open();
  for (rpc::Future<void>& each : pending) each.get();
  EXPECT_EQ(probe.add(1, 1), 2);
}

TEST(Limits, MaxInFlightOfTheServerIsKeptByItsClients) {
  Gate gate;
  Running running({.limits = {.max_in_flight = 3}});
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(gate.wait()); };
  const ProbeClient probe(rpc::connect(running.url));
  EXPECT_EQ(probe.add(1, 1), 2);
  std::vector<rpc::Future<void>> pending;
  for (int i = 0; i < 3; ++i) pending.push_back(probe.async_act("x"));
  EXPECT_THAT(error_of([&] { probe.add(1, 1); }).what(), HasSubstr("Limits::max_in_flight"));
  gate.open();
  for (rpc::Future<void>& each : pending) each.get();
}

TEST(Limits, MaxInFlightIsEnforcedByTheServer) {
  Gate gate;
  Running running({.limits = {.max_in_flight = 2}});
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(gate.wait()); };
  RawPeer peer = RawPeer::connect(running.folder.socket());
  Bytes bytes = hello();
  append(bytes, bind_probe());
  for (std::uint32_t id = 0; id < 5; ++id) append(bytes, call_frame(id, 2, {0}));
  ASSERT_TRUE(peer.send(bytes));
  EXPECT_EQ(peer.receive()->header.kind, rpc::net::Kind::welcome);
  EXPECT_EQ(peer.receive()->header.kind, rpc::net::Kind::bound);
  for (int i = 0; i < 3; ++i) {
    const auto refused = peer.receive();
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->header.kind, rpc::net::Kind::failure);
    EXPECT_THAT(std::string(refused->body.begin(), refused->body.end()), HasSubstr("Limits::max_in_flight"));
  }
  gate.open();
}

TEST(Limits, CallsTheServerHoldsCountAfterTheirDeadline) {
  Gate gate;
  Running running({.limits = {.max_in_flight = 2}});
  running.object->on_act = [&](const std::string&) { EXPECT_TRUE(gate.wait()); };
  const ProbeClient probe(rpc::connect(running.url));
  EXPECT_EQ(probe.add(1, 1), 2);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(error_of([&] { probe.with({.deadline = 5ms}).act("x"); }).code(), rpc::Code::deadline_exceeded);
  }
  EXPECT_EQ(error_of([&] { probe.add(1, 1); }).code(), rpc::Code::overloaded);
  gate.open();
  EXPECT_TRUE(soon([&] { return error_of([&] { probe.add(1, 1); }).code() == rpc::Code{}; }));
}

TEST(Limits, MaxSendBufferOfTheClient) {
  const Folder folder;
  const rpc::net::Fd listener = RawPeer::listen(folder.socket());
  const ProbeClient probe(rpc::connect(folder.url(), {.limits = {.max_send_buffer = 1 << 20}}));
  RawPeer peer = RawPeer::accept(listener);
  ASSERT_TRUE(peer.send(welcome()));
  std::vector<rpc::Future<std::string>> pending;
  rpc::Error refused(rpc::Code{}, "");
  for (int i = 0; i < 8; ++i) {
    pending.push_back(probe.async_echo(std::string(500'000, 'x')));  // the peer reads nothing
    if (!pending.back().ready()) continue;
    refused = error_of([&] { pending.back().get(); });
    break;
  }
  EXPECT_EQ(refused.code(), rpc::Code::overloaded);
  EXPECT_THAT(refused.what(), HasSubstr("Limits::max_send_buffer"));
}

/// Says how often it was asked, and answers at length.
class Counting final : public Probe {
 public:
  explicit Counting(std::atomic<int>& served) : served_(served) {}
  std::string echo(std::string) override {
    ++served_;
    return std::string(200'000, 'z');
  }

 private:
  std::atomic<int>& served_;
};

// The peer asks for a lot and reads nothing: the server stops to serve it instead of filling its memory.
TEST(Limits, ServerPausesForAClientThatDoesNotRead) {
  constexpr int asked = 400;
  std::atomic<int> served = 0;
  rpc::Server server({.limits = {.max_send_buffer = 16 << 20}});
  server.serve<Probe>(std::make_shared<Counting>(served));
  const Folder folder;
  server.listen(folder.url());
  RawPeer peer = RawPeer::connect(folder.socket());
  Bytes bytes = hello();
  append(bytes, bind_probe());
  for (std::uint32_t id = 0; id < asked; ++id) append(bytes, call_frame(id, 1, {0}));
  ASSERT_TRUE(peer.send(bytes));
  EXPECT_TRUE(soon([&] { return served >= 20; }));
  const ProbeClient other(rpc::connect(folder.url()));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(other.add(i, 1), i + 1);
  EXPECT_LT(served, 100);  // a quarter of the buffer, and what was running then
  for (int replies = 0; replies < asked;) {
    const auto received = peer.receive();
    ASSERT_TRUE(received);
    replies += received->header.kind == rpc::net::Kind::reply;
  }
  EXPECT_EQ(served, asked);
}

TEST(Limits, HandshakeTimeoutOfTheServer) {
  Running running({.limits = {.handshake_timeout = 30ms}});
  RawPeer silent = RawPeer::connect(running.folder.socket());
  EXPECT_TRUE(silent.closed());
  RawPeer slow = RawPeer::connect(running.folder.socket());
  Bytes half = hello();
  half.resize(half.size() / 2);
  EXPECT_TRUE(slow.send(half));
  EXPECT_TRUE(slow.closed());
  EXPECT_EQ(ProbeClient(rpc::connect(running.url)).add(1, 1), 2);
}

TEST(Limits, HandshakeTimeoutOfTheClient) {
  const Folder folder;
  const rpc::net::Fd listener = RawPeer::listen(folder.socket());
  const ProbeClient probe(rpc::connect(folder.url(), {.limits = {.handshake_timeout = 20ms}}), {.deadline = 200ms});
  EXPECT_TRUE(soon([&] {  // the deadline may come before the time-out is noticed
    const rpc::Error error = error_of([&] { probe.add(1, 1); });
    EXPECT_EQ(error.code(), rpc::Code::unavailable);
    return std::string(error.what()).find("Limits::handshake_timeout") != std::string::npos;
  }));
}

TEST(Limits, StallTimeoutOfTheServer) {
  Running running({.limits = {.stall_timeout = 30ms}});
  RawPeer peer = RawPeer::connect(running.folder.socket());
  Bytes bytes = hello();
  append(bytes, bind_probe());
  Bytes call = call_frame(1, 1, Bytes(1000));
  call.resize(500);
  append(bytes, call);
  ASSERT_TRUE(peer.send(bytes));
  EXPECT_TRUE(peer.closed());
  EXPECT_EQ(ProbeClient(rpc::connect(running.url)).add(1, 1), 2);
}

TEST(Limits, StallTimeoutOfTheClient) {
  const Folder folder;
  const rpc::net::Fd listener = RawPeer::listen(folder.socket());
  const ProbeClient probe(rpc::connect(folder.url(), {.limits = {.stall_timeout = 30ms}}));
  RawPeer peer = RawPeer::accept(listener);
  ASSERT_TRUE(peer.send(welcome()));
  rpc::Future<std::string> pending = probe.async_echo("x");
  ASSERT_EQ(peer.receive()->header.kind, rpc::net::Kind::hello);
  ASSERT_EQ(peer.receive()->header.kind, rpc::net::Kind::bind);
  const auto call = peer.receive();
  ASSERT_TRUE(call);
  Bytes reply = plain_frame(rpc::net::Kind::reply, call->header.call, Bytes(1000));
  reply.resize(100);
  ASSERT_TRUE(peer.send(reply));
  const rpc::Error error = error_of([&] { pending.get(); });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_THAT(error.what(), HasSubstr("Limits::stall_timeout"));
}

// An idle connection is not a stalled one: it outlives one that stalls from later on.
TEST(Limits, StallTimeoutSparesTheIdle) {
  Running running({.limits = {.stall_timeout = 5ms}});
  const ProbeClient probe(rpc::connect(running.url, {.limits = {.stall_timeout = 5ms}}));
  running.object->on_act = [&](const std::string&) {
    RawPeer stalled = RawPeer::connect(running.folder.socket());
    Bytes half = hello();
    half.resize(half.size() / 2);
    EXPECT_TRUE(stalled.send(half));
    EXPECT_TRUE(stalled.closed());
  };
  probe.act("x");
  EXPECT_EQ(probe.add(1, 1), 2);
}

}  // namespace
