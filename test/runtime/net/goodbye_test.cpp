// A server that stops tells its clients; what they sent before they knew, it refuses as not begun, and they leave.
#include <gtest/gtest.h>

#include <rpc/channel.h>
#include <rpc/error.h>
#include <rpc/server.h>

#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using rpc::net::Kind;

constexpr std::uint8_t unbegun = 8;

/// act("x") in the tagged encoding, as the call with this number.
Bytes act(std::uint32_t id) {
  const rpc::InterfaceInfo& info = rpc::Interface<Probe>::info();
  std::uint16_t method = 0;
  while (std::string_view(info.methods[method].name) != "act") ++method;
  Bytes frame = call_frame(id, method, {0x0a, 0x01, 'x'});
  frame[5] = rpc::net::is_tagged;
  return frame;
}

/// A server that stops while a call of a raw client runs.
class Goodbye : public testing::Test {
 protected:
  void begin(const rpc::net::Hello& hello) {
    running_.object->on_act = [this](const std::string&) { entered_.open(), gate_.wait(); };
    rpc::Buffer out;
    rpc::net::put_hello(out, hello);
    peer_ = RawPeer::connect(running_.folder.socket());
    peer_->send(bytes_of(out));
    peer_->send(bind_probe());
    peer_->send(act(0));
    ASSERT_TRUE(entered_.wait());
    stopper_ = std::jthread([this] { running_.server.stop(patience); });
    EXPECT_EQ(next().kind, Kind::welcome);
    EXPECT_EQ(next().kind, Kind::bound);
    EXPECT_EQ(next().kind, Kind::goodbye);
  }
  void TearDown() override { gate_.open(); }

  rpc::net::Header next() { return peer_->receive().value_or(RawPeer::Received{}).header; }

  Gate entered_;
  Gate gate_;
  Running running_;
  std::optional<RawPeer> peer_;
  std::jthread stopper_;
};

TEST_F(Goodbye, WhatComesAfterItIsRefusedAsNotBegun) {
  begin({.max_frame = 1 << 20, .leaves = true});
  peer_->send(act(1));
  const RawPeer::Received refused = peer_->receive().value();
  EXPECT_EQ(refused.header.kind, Kind::failure);
  EXPECT_EQ(refused.header.call, 1U);
  EXPECT_EQ(refused.header.flags, unbegun);
  EXPECT_EQ(refused.body.front(), static_cast<std::uint8_t>(rpc::Code::unavailable));
  const std::string text(refused.body.begin() + 3, refused.body.end() - 2);
  EXPECT_EQ(text, "the server is stopping");  // as in docs/failures.md
  gate_.open();
  EXPECT_EQ(next().kind, Kind::reply);
  peer_->send(act(2));  // the server waits until the client closes
  EXPECT_EQ(next().flags, unbegun);
  peer_->shut();
  stopper_.join();
}

TEST_F(Goodbye, ToAClientOfAnEarlierVersionAllIsAsItWas) {
  begin({.max_frame = 1 << 20});
  peer_->send(act(1));
  const RawPeer::Received refused = peer_->receive().value();
  EXPECT_EQ(refused.header.kind, Kind::failure);
  EXPECT_EQ(refused.header.flags, 0);
  gate_.open();
  EXPECT_EQ(next().kind, Kind::reply);
  EXPECT_TRUE(peer_->closed());
}

TEST_F(Goodbye, AClientThatDoesNotLeaveIsLeft) {
  begin({.max_frame = 1 << 20, .leaves = true});
  gate_.open();
  EXPECT_EQ(next().kind, Kind::reply);
  EXPECT_TRUE(peer_->closed());
}

/// A channel to a raw server.
class Leaving : public testing::Test {
 protected:
  void meet() {
    peer_ = RawPeer::accept(listener_);
    hello_ = peer_->receive().value().body;
    peer_->send(welcome());
  }
  void say_goodbye() { peer_->send(plain_frame(Kind::goodbye, 0, {})); }

  Folder folder_;
  rpc::net::Fd listener_ = RawPeer::listen(folder_.socket());
  ProbeClient probe_{rpc::connect(folder_.url())};
  std::optional<RawPeer> peer_;
  Bytes hello_;
};

TEST_F(Leaving, AClientSaysThatItWillAndDoes) {
  meet();
  EXPECT_EQ(hello_.back(), 2);
  say_goodbye();
  EXPECT_TRUE(peer_->closed());
}

TEST_F(Leaving, ItHasItsRepliesFirst) {
  rpc::Future<int> future = probe_.async_add(1, 1);
  meet();
  say_goodbye();
  std::optional<RawPeer::Received> call = peer_->receive();
  while (call && call->header.kind != Kind::call) call = peer_->receive();
  ASSERT_TRUE(call);
  EXPECT_FALSE(peer_->has_some());
  Bytes two = plain_frame(Kind::reply, call->header.call, {0x08, 0x04});
  two[5] = rpc::net::is_tagged;
  peer_->send(two);
  EXPECT_EQ(future.get(), 2);
  EXPECT_TRUE(peer_->closed());
}

}  // namespace
