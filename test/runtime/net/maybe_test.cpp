// Calls that may be dropped: they arrive when all is well, and never block or throw when it is not.
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/this_call.h>

#include <malloc.h>

#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>

#include "runtime/net/raw_peer.h"
#include "runtime/net/relay.h"
#include "runtime/net/running.h"

namespace {

TEST(Maybe, Arrives) {
  Running running;
  std::atomic<int> notes = 0;
  running.object->on_note = [&](const std::string& text) { notes += text == "hi"; };
  const rpc::Channel channel = rpc::connect(running.url);
  const ProbeClient probe(channel);
  EXPECT_EQ(probe.add(1, 1), 2);
  for (int i = 0; i < 100; ++i) probe.note("hi");
  EXPECT_TRUE(soon([&] { return notes == 100; }));
  EXPECT_EQ(channel.counters().frames_sent, 100U);
  EXPECT_EQ(channel.counters().dropped(), 0U);
  EXPECT_EQ(running.server.counters().frames_received, 100U);
}

TEST(Maybe, FirstOneWaitsForTheConnectionInTheMaking) {
  Running running;
  Gate noted;
  running.object->on_note = [&](const std::string&) { noted.open(); };
  const ProbeClient probe(rpc::connect(running.url));
  probe.note("hi");
  EXPECT_TRUE(noted.wait());
}

TEST(Maybe, DroppedWhileThereIsNoServer) {
  const Folder folder;
  const rpc::Channel channel = rpc::connect(folder.url());
  const ProbeClient probe(channel);
  for (int i = 0; i < 5000; ++i) probe.note(std::string(100, 'x'));
  EXPECT_TRUE(soon([&] { return channel.counters().dropped_offline == 5000; }));
  EXPECT_EQ(channel.counters().frames_sent, 0U);
}

TEST(Maybe, DroppedAfterTheServerWent) {
  Running running;
  const rpc::Channel channel = rpc::connect(running.url);
  const ProbeClient probe(channel);
  EXPECT_EQ(probe.add(1, 1), 2);
  running.server.stop();
  EXPECT_TRUE(soon([&] {
    probe.note("x");
    return channel.counters().dropped_offline > 0;
  }));
}

TEST(Maybe, DroppedWhenTheServerDoesNotRead) {
  const Folder folder;
  const rpc::net::Fd listener = RawPeer::listen(folder.socket());
  const rpc::Channel channel = rpc::connect(folder.url(), {.limits = {.max_send_buffer = 1 << 20}});
  const ProbeClient probe(channel);
  RawPeer peer = RawPeer::accept(listener);
  ASSERT_TRUE(peer.send(welcome()));
  EXPECT_TRUE(soon([&] {
    probe.note(std::string(10'000, 'x'));
    return channel.counters().dropped_congested > 0;
  }));
  EXPECT_GT(channel.counters().frames_sent, 0U);
}

TEST(Maybe, HandlerThatThrowsHarmsNobody) {
  Running running;
  std::atomic<int> notes = 0;
  running.object->on_note = [&](const std::string&) {
    ++notes;
    throw 1;
  };
  const ProbeClient probe(rpc::connect(running.url));
  probe.note("x");
  EXPECT_TRUE(soon([&] { return notes == 1; }));
  EXPECT_EQ(probe.add(1, 1), 2);
}

TEST(Maybe, ToAnInterfaceNobodyServesIsIgnored) {
  rpc::Server server;
  const Folder folder;
  server.listen(folder.url());
  const ProbeClient probe(rpc::connect(folder.url()));
  probe.note("x");
  EXPECT_EQ(error_of([&] { probe.add(1, 1); }).code(), rpc::Code::unimplemented);
  EXPECT_EQ(server.counters().ignored_unbound, 1U);
}

/// A server of Probe on TCP that knows the texts it was given.
class MaybeDatagrams : public testing::Test {
 protected:
  void serve(const std::string& host = "127.0.0.1", const rpc::ServerOptions& options = {}) {
    server_.emplace(options);
    probe_->on_note = [this](const std::string& text) {
      const std::lock_guard lock(mutex_);
      const std::string tenant(rpc::this_call().metadata("tenant").value_or("none"));
      repeated_ += noted_.emplace(text, tenant).second ? 0 : 1;
    };
    server_->serve<Probe>(probe_);
    url_ = server_->listen("tcp://" + host + ":0");
  }

  bool noted(const std::string& text) {
    const std::lock_guard lock(mutex_);
    return noted_.count(text) != 0;
  }

  /// Makes calls until one was a datagram; how many.
  std::uint64_t warm_up(const rpc::Channel& channel) {
    const ProbeClient probe(channel);
    std::uint64_t calls = 0;
    EXPECT_TRUE(soon([&] {
      probe.note("warm " + std::to_string(calls++));
      return channel.counters().datagrams_sent != 0;
    }));
    return calls;
  }

  std::mutex mutex_;
  std::map<std::string, std::string> noted_;  // with their tenants
  std::atomic<std::uint64_t> repeated_ = 0;
  std::shared_ptr<Probe> probe_ = std::make_shared<Probe>();
  std::optional<rpc::Server> server_;
  std::string url_;
};

class MaybeOnBothIps : public MaybeDatagrams, public testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Hosts, MaybeOnBothIps, testing::Values("127.0.0.1", "[::1]"),
                         [](const auto& host) { return host.param[0] == '[' ? "ipv6" : "ipv4"; });

TEST_P(MaybeOnBothIps, TravelsAsDatagramsOnceTheyAreKnownToArrive) {
  if (GetParam()[0] == '[' && !bound_socket(SOCK_DGRAM, Address("::1", 0))) GTEST_SKIP() << "no IPv6 here";
  serve(GetParam());
  const rpc::Channel channel = rpc::connect(url_);
  const ProbeClient probe(channel);
  const std::uint64_t calls = warm_up(channel);
  probe.with({.metadata = {{"tenant", "north"}}}).note("with metadata");
  EXPECT_TRUE(soon([&] { return noted("with metadata"); }));
  const rpc::ChannelCounters counters = channel.counters();
  EXPECT_EQ(counters.datagrams_sent + counters.frames_sent, calls + 1);
  EXPECT_GE(counters.datagrams_sent, 2U);
  EXPECT_GE(counters.probes_answered, 1U);
  EXPECT_EQ(counters.dropped(), 0U);
  EXPECT_TRUE(soon([&] { return server_->counters().datagrams_received == counters.datagrams_sent; }));
  EXPECT_TRUE(soon([&] { return server_->counters().frames_received == counters.frames_sent; }));
  EXPECT_EQ(noted_["with metadata"], "north");
  EXPECT_EQ(noted_["warm 0"], "none");
}

// 1,200 bytes less the header of 32 and the length of the text in two.
TEST_F(MaybeDatagrams, WhatDoesNotFitIsAFrame) {
  serve();
  const rpc::Channel channel = rpc::connect(url_);
  const ProbeClient probe(channel);
  EXPECT_EQ(probe.add(1, 1), 2);  // bound: from here on in the exact encoding
  warm_up(channel);
  const rpc::ChannelCounters before = channel.counters();
  probe.note(std::string(1200 - 32 - 2, 'a'));
  probe.note(std::string(1200 - 32 - 1, 'b'));
  const rpc::ChannelCounters after = channel.counters();
  EXPECT_EQ(after.datagrams_sent - before.datagrams_sent, 1U);
  EXPECT_EQ(after.frames_sent - before.frames_sent, 1U);
  EXPECT_TRUE(soon([&] { return noted(std::string(1200 - 32 - 2, 'a')) && noted(std::string(1200 - 32 - 1, 'b')); }));
}

TEST_F(MaybeDatagrams, WhatDoesNotFitIntoAFrameEitherIsAnError) {
  serve("127.0.0.1", {.limits = {.max_frame = 20'000, .max_datagram = 9'000}});
  const rpc::Channel channel = rpc::connect(url_, {.limits = {.max_datagram = 3'000}});
  const ProbeClient probe(channel);
  warm_up(channel);
  const rpc::Error error = error_of([&] { probe.note(std::string(20'001, 'x')); });
  EXPECT_EQ(error.code(), rpc::Code::too_large);
  EXPECT_NE(std::string(error.what()).find("Limits::max_frame of 20000"), std::string::npos) << error.what();
  const rpc::ChannelCounters before = channel.counters();
  probe.note(std::string(2'900, 'x'));
  probe.note(std::string(3'000, 'y'));  // the smaller limit counts
  EXPECT_EQ(channel.counters().datagrams_sent - before.datagrams_sent, 1U);
  EXPECT_TRUE(soon([&] { return noted(std::string(2'900, 'x')) && noted(std::string(3'000, 'y')); }));
}

TEST_F(MaybeDatagrams, AreOffWhereOneEndSaysSo) {
  serve();
  const rpc::Channel channel = rpc::connect(url_, {.limits = {.max_datagram = 0}});
  const ProbeClient probe(channel);
  EXPECT_EQ(probe.add(1, 1), 2);
  for (int i = 0; i < 100; ++i) probe.note(std::to_string(i));
  EXPECT_TRUE(soon([&] { return noted("99"); }));
  EXPECT_EQ(channel.counters().frames_sent, 100U);
  EXPECT_EQ(channel.counters().probes_sent, 0U);
}

// As behind a firewall: nothing is lost, and the counters show why.
TEST_F(MaybeDatagrams, AreNotUsedWhereTheyDoNotArrive) {
  serve();
  Relay relay(url_, [](const Bytes&) { return std::vector<Bytes>(); });
  const rpc::Channel channel = rpc::connect(relay.url());
  const ProbeClient probe(channel);
  EXPECT_EQ(probe.add(1, 1), 2);
  for (int i = 0; i < 1000; ++i) probe.note(std::to_string(i));
  EXPECT_EQ(probe.add(1, 1), 2);
  EXPECT_TRUE(soon([&] { return noted("999"); }));
  const rpc::ChannelCounters counters = channel.counters();
  EXPECT_EQ(counters.frames_sent, 1000U);
  EXPECT_EQ(counters.datagrams_sent, 0U);
  EXPECT_GE(counters.probes_sent, 1U);
  EXPECT_EQ(counters.probes_answered, 0U);
}

TEST_F(MaybeDatagrams, GoOnWithTheNextConnection) {
  serve();
  const rpc::Channel channel = rpc::connect(url_);
  const ProbeClient probe(channel);
  warm_up(channel);
  server_->stop();
  server_->listen(url_);
  const std::uint64_t before = channel.counters().datagrams_sent;
  std::uint64_t calls = 0;
  EXPECT_TRUE(soon([&] {
    probe.note("again " + std::to_string(calls++));
    return channel.counters().datagrams_sent > before + 1;
  }));
  EXPECT_TRUE(soon([&] { return noted("again " + std::to_string(calls - 1)); }));
}

// A third is lost, a third comes twice, and many are overtaken; probes are spared, so that datagrams stay in use.
TEST_F(MaybeDatagrams, LossRepetitionAndReorderingDoNoHarm) {
  serve();
  std::mt19937 random(3);
  std::vector<Bytes> held;
  std::atomic<std::uint64_t> repeats = 0;
  std::atomic<std::uint64_t> lost = 0;
  Relay relay(url_, [&](const Bytes& datagram) {
    const bool probe = datagram[4] == static_cast<std::uint8_t>(rpc::net::DatagramKind::probe);
    const unsigned chance = probe ? 2 : random() % 6;
    if (chance < 2) return ++lost, std::vector<Bytes>();
    std::vector<Bytes> passed = {datagram};
    if (chance > 3) ++repeats, passed.push_back(datagram);
    if (!probe && random() % 2 == 0) return held.push_back(passed.back()), passed.pop_back(), passed;
    for (const Bytes& each : held) passed.push_back(each);
    held.clear();
    return passed;
  });
  const rpc::Channel channel = rpc::connect(relay.url());
  const ProbeClient probe(channel);
  warm_up(channel);
  std::uint64_t calls = 0;
  EXPECT_TRUE(soon([&] {
    for (int i = 0; i < 20; ++i) probe.note(std::to_string(calls++));
    return calls >= 1000 && server_->counters().ignored_replayed > 50 && lost > 50;
  }));
  EXPECT_TRUE(soon([&] {
    const rpc::ServerCounters counters = server_->counters();
    return counters.datagrams_received + counters.ignored_replayed + counters.probes_received + counters.overrun ==
           relay.passed();
  }));
  EXPECT_GE(repeats, server_->counters().ignored_replayed);
  EXPECT_LT(server_->counters().datagrams_received, channel.counters().datagrams_sent);
  EXPECT_EQ(repeated_, 0U);
  EXPECT_EQ(probe.add(1, 1), 2);
}

std::size_t memory_in_use() { return ::mallinfo2().uordblks; }

/// ./dev bench maybe makes ten million of them.
constexpr std::uint64_t stalled_calls = 100'000;

/// A server that shakes hands and then does nothing at all.
class MaybeToAStalledServer : public testing::Test {
 protected:
  void SetUp() override {
    peer_ = RawPeer::accept(listener_);
    rpc::Buffer out;
    rpc::net::put_welcome(out, {.max_in_flight = 16,
                                .max_frame = 1 << 20,
                                .datagrams = rpc::net::DatagramOffer{.port = port_of(datagrams_), .max_size = 1200}});
    ASSERT_TRUE(peer_.send(bytes_of(out)));
    ASSERT_TRUE(soon([&] {  // a connection that is not made yet drops calls for another reason
      probe_.note("x");
      ++first_calls_;
      return channel_.counters().frames_sent != 0;
    }));
  }

  /// Neither blocks nor keeps anything, whatever the server does not do.
  void call_on_and_on() {
    const std::string text(100, 'x');
    for (int i = 0; i < 20'000; ++i) probe_.note(text);
    const std::size_t before = memory_in_use();
    for (std::uint64_t i = 0; i < stalled_calls; ++i) probe_.note(text);
    EXPECT_LE(memory_in_use(), before + (1 << 20));
    EXPECT_TRUE(soon([&] {
      const rpc::ChannelCounters counters = channel_.counters();
      return counters.datagrams_sent + counters.frames_sent + counters.dropped() ==
             stalled_calls + 20'000 + first_calls_;
    }));
  }

  const rpc::net::Fd listener_ = bound_socket(SOCK_STREAM, Address("127.0.0.1", 0));
  const rpc::net::Fd datagrams_ = bound_socket(SOCK_DGRAM, Address("127.0.0.1", 0));
  RawPeer peer_{rpc::net::Fd()};
  const rpc::Channel channel_ = listen_and_connect();
  const ProbeClient probe_{channel_};
  std::uint64_t first_calls_ = 0;

 private:
  rpc::Channel listen_and_connect() const {
    ::listen(listener_.get(), 1);
    return rpc::connect("tcp://127.0.0.1:" + std::to_string(port_of(listener_)),
                        {.limits = {.max_send_buffer = 1 << 20}});
  }
};

TEST_F(MaybeToAStalledServer, DropsFramesOnceTheConnectionIsFull) {
  call_on_and_on();
  EXPECT_GT(channel_.counters().dropped_congested, 0U);
  EXPECT_EQ(channel_.counters().datagrams_sent, 0U);
}

TEST_F(MaybeToAStalledServer, SendsDatagramsThatNobodyReads) {
  rpc::Buffer out;
  rpc::net::put_bound(out, 0, rpc::Encoding::exact);
  rpc::net::put_heard(out, 0);
  ASSERT_TRUE(soon([&] {  // what is heard before the first probe does not count
    peer_.send(bytes_of(out));
    probe_.note("x");
    ++first_calls_;
    return channel_.counters().datagrams_sent != 0;
  }));
  call_on_and_on();
  EXPECT_GT(channel_.counters().datagrams_sent, 20'000U);
}

}  // namespace
