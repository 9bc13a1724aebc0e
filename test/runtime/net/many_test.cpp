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
#include "runtime/net/many.h"

namespace {

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
