// Calls that a channel to several servers sends more than once: retried and hedged ones, to raw servers.
#include <gtest/gtest.h>

#include <rpc/channel.h>
#include <rpc/error.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "net/balance/balanced_call.h"
#include "runtime/net/many.h"
#include "runtime/net/raw_peer.h"

namespace {

/// What a loop sends again it counts just after.
bool soon_counted(const rpc::Channel& channel, std::uint64_t rpc::ChannelCounters::* what, std::uint64_t times) {
  return soon([&] { return channel.counters().*what == times; });
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
  EXPECT_TRUE(soon_counted(*channel_, &rpc::ChannelCounters::retries, 1));
  EXPECT_TRUE(soon_counted(*channel_, &rpc::ChannelCounters::attempts, 2));
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

/// A raw server that refuses a call, which is not idempotent.
class Refusing : public Losing {
 protected:
  /// The channel sends nothing again for which it must pay.
  void begin(const std::string& what = "once") {
    channel_ = rpc::connect(folder_.url("raw") + "," + url(0), {.balance = {.retry_percent = 0}});
    peer_ = raw_server(listener_);
    future_ = probe().async_act(what);
    call_ = next_call(*peer_);
  }
  void say_goodbye() { peer_->send(plain_frame(rpc::net::Kind::goodbye, 0, {})); }
  void refuse(std::uint8_t flags, rpc::Code code = rpc::Code::unavailable) {
    rpc::Buffer failure;
    rpc::net::put_failure(failure, call_.header.call, rpc::Error(code, "refused"), flags);
    peer_->send(bytes_of(failure));
  }
  std::string refusal() {
    return error_of([&] { future_->get(); }).what();
  }

  std::optional<rpc::Future<void>> future_;
  RawPeer::Received call_;
};

TEST_F(Refusing, WhatCrossesAGoodbyeIsSentElsewhere) {
  begin(std::string(100'000, 'x'));
  say_goodbye();
  add_server(), start(0);
  refuse(rpc::net::is_unbegun);
  future_->get();
  EXPECT_EQ(one_[0]->calls, 1);
  EXPECT_TRUE(soon_counted(*channel_, &rpc::ChannelCounters::retries, 1));
  EXPECT_EQ(channel_->counters().ejections, 0U);
}

TEST_F(Refusing, AsOftenAsItTakes) {
  begin();
  for (std::size_t i = 0; i < 2 * rpc::net::BalancedCall::most_attempts; ++i) {
    say_goodbye();
    refuse(rpc::net::is_unbegun);
    EXPECT_TRUE(peer_->closed());
    peer_ = raw_server(listener_);
    call_ = next_call(*peer_);
  }
  peer_->send(plain_frame(rpc::net::Kind::reply, call_.header.call, {}));
  future_->get();
  EXPECT_EQ(channel_->counters().ejections, 0U);
}

TEST_F(Refusing, UnlessItMayHaveRun) {
  begin();
  say_goodbye();
  add_server(), start(0);
  refuse(0);
  EXPECT_EQ(refusal(), "refused");
  EXPECT_EQ(one_[0]->calls, 0);
}

TEST_F(Refusing, WithoutAGoodbyeItIsPaidFor) {
  begin();
  refuse(rpc::net::is_unbegun);
  EXPECT_EQ(refusal(), "refused");
  EXPECT_EQ(channel_->counters().retries_refused, 1U);
}

TEST_F(Refusing, AServerThatHasTooMuchToDoIsPassedOver) {
  connect();
  future_ = probe().async_act("once");
  call_ = next_call(*peer_);
  std::atomic<bool> met = false;
  add_server().object->on_note = [&](const std::string&) { met = true; };
  start(0);
  ASSERT_TRUE(soon([&] { return probe().note("meet"), met.load(); }));
  refuse(rpc::net::is_unbegun, rpc::Code::overloaded);
  future_->get();
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
  EXPECT_TRUE(soon_counted(*channel_, &rpc::ChannelCounters::hedges, 1));
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
  EXPECT_TRUE(soon_counted(*channel_, &rpc::ChannelCounters::attempts, 3));
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

}  // namespace
