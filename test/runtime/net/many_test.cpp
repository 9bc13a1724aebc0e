// A channel to several servers, some of which are slow, full, gone, or come back.
#include <gtest/gtest.h>

#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/server.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "net/balance/balancer.h"
#include "pending_call.h"
#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

/// Servers on Unix sockets of one folder, which can stop and come back.
class Many : public testing::Test {
 protected:
  struct One {
    std::shared_ptr<Probe> object = std::make_shared<Probe>();
    std::optional<rpc::Server> server;
    std::atomic<int> calls = 0;
  };

  One& add_server() {
    one_.push_back(std::make_unique<One>());
    One& one = *one_.back();
    one.object->on_act = [&one](const std::string&) { ++one.calls; };
    return one;
  }
  void start(std::size_t number) {
    One& one = *one_[number];
    one.server.emplace();
    one.server->serve<Probe>(one.object);
    one.server->listen(url(number));
  }
  void start_all(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add_server(), start(i);
  }

  std::string url(std::size_t number) const { return folder_.url(std::to_string(number)); }
  std::string urls(std::size_t count) const {
    std::string urls = url(0);
    for (std::size_t i = 1; i < count; ++i) urls += "," + url(i);
    return urls;
  }

  /// Calls until each of the servers has had one: all are connected.
  void meet_all(const ProbeClient& probe) {
    ASSERT_TRUE(soon([&] {
      probe.act("meet");
      return std::ranges::all_of(one_, [](const auto& one) { return one->calls != 0; });
    }));
  }

  Folder folder_;
  std::vector<std::unique_ptr<One>> one_;
};

TEST_F(Many, CallsGoToAllOfThem) {
  start_all(3);
  ProbeClient probe(rpc::connect(urls(3)));
  meet_all(probe);
  EXPECT_EQ(probe.add(1, 2), 3);
  EXPECT_EQ(probe.async_echo("hello").get(), "hello");
}

TEST_F(Many, WhatIsDownIsPassedOver) {
  start_all(1);
  const rpc::Channel channel = rpc::connect(url(0) + "," + folder_.url("nobody"));
  ProbeClient probe(channel);
  for (int i = 0; i < 100; ++i) probe.act("go");
  EXPECT_EQ(one_[0]->calls, 100);
  EXPECT_EQ(channel.counters().retries, 0U);
  EXPECT_EQ(channel.counters().attempts, 100U);
}

TEST_F(Many, ACallWaitsForTheFirstServerThatComes) {
  add_server();
  ProbeClient probe(rpc::connect(folder_.url("nobody") + "," + url(0)));
  rpc::Future<void> future = probe.async_act("first");
  std::jthread caller([&] { probe.act("second"); });
  start(0);
  future.get();
  caller.join();
  EXPECT_EQ(one_[0]->calls, 2);
}

TEST_F(Many, WithoutAnyServerTheErrorTellsWhyOfEach) {
  ProbeClient probe(rpc::connect(urls(2)), {.deadline = 50ms});
  const rpc::Error blocking = error_of([&] { probe.act("go"); });
  const rpc::Error later = error_of([&] { probe.async_act("go").get(); });
  for (const rpc::Error& error : {blocking, later}) {
    EXPECT_EQ(error.code(), rpc::Code::unavailable);
    EXPECT_NE(std::string(error.what()).find(url(0) + ": "), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find(url(1) + ": "), std::string::npos) << error.what();
  }
}

/// Accepts one connection, answers the handshake, and leaves the rest to the test.
RawPeer raw_server(const rpc::net::Fd& listener) {
  RawPeer peer = RawPeer::accept(listener);
  peer.receive();  // hello
  peer.send(welcome());
  return peer;
}

/// The next call, after any bind.
RawPeer::Received next_call(RawPeer& peer) {
  for (;;) {
    const std::optional<RawPeer::Received> received = peer.receive();
    if (!received || received->header.kind == rpc::net::Kind::call) return received.value_or(RawPeer::Received{});
  }
}

/// The reply of add(1, 2).
Bytes three(std::uint32_t call) {
  Bytes reply(rpc::net::header_size);
  append(reply, {0x08, 0x06});  // tagged: field 1 is 3
  rpc::net::put_header(reinterpret_cast<std::byte*>(reply.data()), rpc::net::Kind::reply, rpc::net::is_tagged, 0, call,
                       reply.size());
  return reply;
}

/// A channel to a raw server, and to one that begins once the raw one has got the call.
class Losing : public Many {
 protected:
  void connect() {
    channel_ = rpc::connect(folder_.url("raw") + "," + url(0));
    peer_ = raw_server(listener_);
  }
  ProbeClient probe() const { return ProbeClient(*channel_); }

  rpc::net::Fd listener_ = RawPeer::listen(folder_.socket("raw"));
  std::optional<rpc::Channel> channel_;
  std::optional<RawPeer> peer_;
};

TEST_F(Losing, AnIdempotentCallIsSentAgainElsewhere) {
  connect();
  rpc::Future<std::string> future = probe().async_echo("hello");
  next_call(*peer_);
  add_server(), start(0);
  peer_->shut();
  EXPECT_EQ(future.get(), "hello");
  EXPECT_EQ(channel_->counters().retries, 1U);
  EXPECT_EQ(channel_->counters().attempts, 2U);
}

TEST_F(Losing, SoIsOneWithAWaitingCaller) {
  connect();
  std::jthread server([&] {
    next_call(*peer_);
    add_server(), start(0);
    peer_->shut();
  });
  const std::string large(100'000, 'x');
  EXPECT_EQ(probe().echo(large), large);
}

TEST_F(Losing, AnotherCallIsNot) {
  connect();
  rpc::Future<void> future = probe().async_act("once");
  next_call(*peer_);
  add_server(), start(0);
  peer_->shut();
  EXPECT_EQ(error_of([&] { future.get(); }).code(), rpc::Code::unavailable);
  EXPECT_EQ(channel_->counters().retries, 0U);
}

TEST_F(Losing, WhatTheMethodThrowsIsNot) {
  connect();
  rpc::Future<std::string> future = probe().async_echo("hello");
  const RawPeer::Received call = next_call(*peer_);
  rpc::Buffer failure;
  rpc::net::put_failure(failure, call.header.call, rpc::Error(rpc::Code::failed, "no", "std::runtime_error"));
  peer_->send(bytes_of(failure));
  EXPECT_EQ(error_of([&] { future.get(); }).code(), rpc::Code::failed);
  EXPECT_EQ(channel_->counters().attempts, 1U);
}

TEST_F(Losing, WithoutABudgetNothingIs) {
  channel_ = rpc::connect(folder_.url("raw") + "," + url(0), {.balance = {.retry_percent = 0}});
  peer_ = raw_server(listener_);
  rpc::Future<std::string> future = probe().async_echo("hello");
  next_call(*peer_);
  add_server(), start(0);
  peer_->shut();
  EXPECT_EQ(error_of([&] { future.get(); }).code(), rpc::Code::unavailable);
  EXPECT_EQ(channel_->counters().retries_refused, 1U);
}

TEST_F(Losing, AfterAGoodbyeCallsGoElsewhereAndTheOthersFinish) {
  connect();
  rpc::Future<int> running = probe().async_add(1, 2);
  const RawPeer::Received call = next_call(*peer_);
  peer_->send(plain_frame(rpc::net::Kind::goodbye, 0, {}));
  add_server(), start(0);
  const auto act = [&] { probe().with({.deadline = 20ms}).act("elsewhere"); };
  ASSERT_TRUE(soon([&] { return static_cast<void>(error_of(act)), one_[0]->calls != 0; }));
  for (int i = 0; i < 20; ++i) probe().act("elsewhere");
  rpc::net::Fd refused = std::move(listener_);  // nobody connects again
  peer_->send(three(call.header.call));
  EXPECT_EQ(running.get(), 3);
}

/// Two raw servers, to which an idempotent call is sent one after the other.
class Hedging : public Many {
 protected:
  void connect(const rpc::BalanceOptions& balance) {
    channel_ = rpc::connect(folder_.url("a") + "," + folder_.url("b"), {.balance = balance});
    peers_.push_back(raw_server(a_));
    peers_.push_back(raw_server(b_));
    ASSERT_TRUE(soon([&] { return met(peers_[0]) && met(peers_[1]); }));
  }

  /// One-way calls show that the channel knows of the connection.
  bool met(const RawPeer& peer) {
    if (!peer.has_some()) ProbeClient(*channel_).note("meet");
    return peer.has_some();
  }

  /// Which of the peers has got a call.
  std::size_t called() {
    std::size_t called = 2;
    EXPECT_TRUE(soon([&] {
      for (const std::size_t i : {0, 1}) {
        if (called == 2 && peers_[i].has_some() && got_call(i)) called = i;
      }
      return called != 2;
    }));
    return called;
  }

  bool got_call(std::size_t peer) {
    const std::optional<RawPeer::Received> received = peers_[peer].receive();
    if (!received || received->header.kind != rpc::net::Kind::call) return false;
    calls_[peer] = received->header.call;
    return true;
  }

  bool cancelled(std::size_t peer) {
    for (;;) {
      const std::optional<RawPeer::Received> received = peers_[peer].receive();
      if (!received) return false;
      if (received->header.kind == rpc::net::Kind::cancel) return received->header.call == calls_[peer];
    }
  }

  rpc::net::Fd a_ = RawPeer::listen(folder_.socket("a"));
  rpc::net::Fd b_ = RawPeer::listen(folder_.socket("b"));
  std::optional<rpc::Channel> channel_;
  std::vector<RawPeer> peers_;
  std::uint32_t calls_[2] = {};
};

TEST_F(Hedging, TheSecondServerAnswersAndTheFirstIsAskedToStop) {
  connect({.hedge_after = 1ms});
  rpc::Future<int> future = ProbeClient(*channel_).async_add(1, 2);
  const std::size_t slow = called();
  const std::size_t quick = 1 - slow;
  ASSERT_EQ(called(), quick);
  peers_[quick].send(three(calls_[quick]));
  EXPECT_EQ(future.get(), 3);
  EXPECT_TRUE(cancelled(slow));
  EXPECT_EQ(channel_->counters().hedges, 1U);
}

TEST_F(Hedging, TheFirstServerAnswersAWaitingCallerAfterAll) {
  connect({.hedge_after = 1ms});
  std::jthread servers([&] {
    const std::size_t first = called();
    EXPECT_EQ(called(), 1 - first);
    peers_[first].send(three(calls_[first]));
    EXPECT_TRUE(cancelled(1 - first));
  });
  EXPECT_EQ(ProbeClient(*channel_).add(1, 2), 3);
}

TEST_F(Hedging, TheSecondAttemptGoesOnWhenTheFirstFails) {
  connect({.hedge_after = 1ms});
  rpc::Future<int> future = ProbeClient(*channel_).async_add(1, 2);
  const std::size_t first = called();
  ASSERT_EQ(called(), 1 - first);
  peers_[first].shut();
  peers_[1 - first].send(three(calls_[1 - first]));
  EXPECT_EQ(future.get(), 3);
  EXPECT_EQ(channel_->counters().retries, 0U);
}

TEST_F(Hedging, ACallThatMustRunOnceIsNotHedged) {
  connect({.hedge_after = 1ms});
  rpc::Future<void> once = ProbeClient(*channel_).async_act("once");
  const std::size_t first = called();
  ASSERT_LT(first, 2U);
  rpc::Future<int> hedged = ProbeClient(*channel_).async_add(1, 2);  // to both servers, one after the other
  ASSERT_EQ(called() + called(), 1U);
  EXPECT_EQ(channel_->counters().attempts, 3U);
}

TEST_F(Hedging, WithdrawnCallsAreStoppedEverywhere) {
  connect({.hedge_after = 1ms});
  rpc::Future<int> future = ProbeClient(*channel_).async_add(1, 2);
  const std::size_t first = called();
  ASSERT_EQ(called(), 1 - first);
  future.abandon();
  EXPECT_TRUE(cancelled(0));
  EXPECT_TRUE(cancelled(1));
}

TEST_F(Many, AServerWhoseCallsFailGetsNone) {
  start_all(3);
  const rpc::Channel channel = rpc::connect(urls(3));
  ProbeClient probe(channel);
  meet_all(probe);
  std::atomic<int> failures = 0;
  one_[0]->object->on_act = [&](const std::string&) {
    ++failures;
    throw rpc::Error(rpc::Code::overloaded, "too much to do");
  };
  const auto act = [&] { probe.act("go"); };
  ASSERT_TRUE(soon([&] { return static_cast<void>(error_of(act)), channel.counters().ejections == 1; }));
  for (int i = 0; i < 20; ++i) EXPECT_EQ(error_of(act).code(), rpc::Code{});
  EXPECT_EQ(failures, 5);
}

TEST_F(Many, EachAddressOfANameIsAServer) {
  One& one = add_server();
  one.server.emplace();
  one.server->serve<Probe>(one.object);
  const std::string url = one.server->listen("tcp://127.0.0.1:0");
  const std::string named = "tcp://localhost" + url.substr(url.rfind(':'));
  const rpc::Channel channel = rpc::connect(named, {.balance = {.every_address = true}});
  ProbeClient(channel).act("go");
  EXPECT_EQ(channel.counters().attempts, 1U);
  const rpc::Channel list = rpc::connect(named + "," + folder_.url("nobody"));
  ProbeClient(list).act("go");
  EXPECT_EQ(list.counters().attempts, 1U);
}

TEST_F(Many, CallsFollowTheAddressesOfAName) {
  for (int i = 0; i < 2; ++i) {
    One& one = add_server();
    one.server.emplace();
    one.server->serve<Probe>(one.object);
  }
  rpc::net::Url url = rpc::net::parse_url(one_[0]->server->listen("tcp://127.0.0.1:0"));
  one_[1]->server->listen("tcp://127.0.0.2:" + std::to_string(url.port));
  url.name = "nowhere.invalid";
  const rpc::Channel channel(rpc::net::Balancer::make("tcp://nowhere.invalid", {url}, {}));
  auto& balancer = static_cast<rpc::net::Balancer&>(channel.transport());
  const auto look_up = [&](const std::string& address) {
    url.address = address;
    balancer.looked_up(0, {url}, {});
  };
  ProbeClient probe(channel);
  look_up("127.0.0.1");
  probe.act("first");
  EXPECT_EQ(one_[0]->calls, 1);
  look_up("127.0.0.2");
  for (int i = 0; i < 20; ++i) probe.act("second");
  EXPECT_EQ(one_[0]->calls, 1);
  EXPECT_EQ(one_[1]->calls, 20);
  look_up("127.0.0.1");
  for (int i = 0; i < 20; ++i) probe.act("third");
  EXPECT_EQ(one_[0]->calls, 21);
  EXPECT_EQ(one_[1]->calls, 20);
}

TEST_F(Many, OfANameThatHasNoneTheErrorTells) {
  ProbeClient probe(rpc::connect("tcp://nowhere.invalid:1", {.balance = {.every_address = true}}), {.deadline = 20ms});
  const rpc::Error error = error_of([&] { probe.act("go"); });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_NE(std::string(error.what()).find("tcp://nowhere.invalid:1: "), std::string::npos) << error.what();
}

TEST_F(Many, AMessageIsRefusedWithTheWayOut) {
  start_all(2);
  const rpc::Channel channel = rpc::connect(urls(2));
  const rpc::Error error = error_of([&] { channel.transport().queue(); });
  EXPECT_EQ(error.code(), rpc::Code::not_stored);
  EXPECT_NE(std::string(error.what()).find("amqp://"), std::string::npos);
}

TEST_F(Many, OneWayCallsGoToOneOfThem) {
  start_all(2);
  std::atomic<int> notes = 0;
  for (const auto& one : one_) one->object->on_note = [&](const std::string&) { ++notes; };
  const rpc::Channel channel = rpc::connect(urls(2));
  ProbeClient probe(channel);
  meet_all(probe);
  for (int i = 0; i < 100; ++i) probe.note("note");
  EXPECT_TRUE(soon([&] { return notes == 100; }));
  EXPECT_EQ(channel.counters().frames_sent, 100U);
}

}  // namespace
