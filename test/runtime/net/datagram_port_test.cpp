// A server and datagrams of all kinds of senders: those of its clients are served like any call, and all others are
// ignored and counted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/log.h>
#include <rpc/this_call.h>

#include <atomic>
#include <mutex>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "runtime/net/raw_datagrams.h"
#include "runtime/net/running.h"

namespace {

using rpc::ServerCounters;
using testing::ElementsAre;

constexpr std::uint16_t add_method = 0;
constexpr std::uint16_t note_method = 3;

class DatagramPort : public testing::Test {
 protected:
  explicit DatagramPort(const rpc::ServerOptions& options = {}) : server_(options) {
    probe_->on_note = [this](const std::string& text) {
      const std::lock_guard lock(mutex_);
      notes_.push_back(text);
    };
    server_.serve<Probe>(probe_);
    url_ = server_.listen("tcp://127.0.0.1:0");
  }

  std::vector<std::string> notes() {
    const std::lock_guard lock(mutex_);
    return notes_;
  }

  /// Whether a counter reaches a value. What was sent before is then counted, since one thread reads all.
  bool reaches(std::uint64_t ServerCounters::* counter, std::uint64_t value) {
    return soon([&] { return server_.counters().*counter == value; });
  }

  std::mutex mutex_;
  std::vector<std::string> notes_;
  std::shared_ptr<Probe> probe_ = std::make_shared<Probe>();
  rpc::Server server_;
  std::string url_;
};

TEST_F(DatagramPort, ServesCallsAsTheConnectionTheyBelongTo) {
  std::string peer;
  Gate noted;
  probe_->on_note = [&](const std::string& text) {
    peer = std::string(rpc::this_call().peer().address) + " says " + text;
    EXPECT_FALSE(rpc::this_call().stop_token().stop_requested());
    noted.open();
  };
  RawDatagrams raw(url_);
  ASSERT_TRUE(raw.offer);
  EXPECT_EQ(raw.offer->max_size, 1200);
  raw.send(raw.call(note_method, text_body("hi")));
  ASSERT_TRUE(noted.wait());
  sockaddr_in own{};
  socklen_t size = sizeof own;
  ::getsockname(raw.stream.fd(), reinterpret_cast<sockaddr*>(&own), &size);
  EXPECT_EQ(peer, "tcp://127.0.0.1:" + std::to_string(ntohs(own.sin_port)) + " says hi");
  EXPECT_TRUE(reaches(&ServerCounters::datagrams_received, 1));
  const auto metrics = [&] { return server_.metrics().methods[note_method]; };
  EXPECT_TRUE(soon([&] { return metrics().succeeded == 1; }));
  EXPECT_EQ(metrics().latency.total(), 1U);
  EXPECT_LT(metrics().latency.sum, patience);
}

TEST_F(DatagramPort, HasThePortOfTheConnectionIfThatIsFree) {
  const RawDatagrams raw(url_);
  EXPECT_EQ(raw.offer.value().port, rpc::net::parse_url(url_).port);
}

TEST_F(DatagramPort, TakesAnotherPortIfThatIsNotFree) {
  const rpc::net::Fd taken = bound_socket(SOCK_DGRAM, Address("127.0.0.1", 0));
  const std::string url = server_.listen("tcp://127.0.0.1:" + std::to_string(port_of(taken)));
  RawDatagrams raw(url);
  EXPECT_NE(raw.offer.value().port, port_of(taken));
  raw.send(raw.probe());
  EXPECT_EQ(raw.heard(), 0U);
}

TEST_F(DatagramPort, IsOfferedOnlyToThoseWhoAskAndOnlyOnTcp) {
  EXPECT_FALSE(RawDatagrams(url_, false).offer);
  const Folder folder;
  server_.listen(folder.url());
  RawPeer local = RawPeer::connect(folder.socket());
  rpc::Buffer asks;
  rpc::net::put_hello(asks, {.max_frame = 1 << 20, .datagrams = true});
  ASSERT_TRUE(local.send(bytes_of(asks)));
  EXPECT_EQ(local.receive().value().body.size(), 18U);
}

TEST_F(DatagramPort, AnswersProbesWithWhatItAccepted) {
  RawDatagrams raw(url_);
  raw.send(raw.probe());
  EXPECT_EQ(raw.heard(), 0U);
  for (int i = 0; i < 3; ++i) raw.send(raw.call(note_method, text_body("x")));
  raw.send(raw.probe());
  EXPECT_EQ(raw.heard(), 3U);
  EXPECT_EQ(server_.counters().probes_received, 2U);
}

TEST_F(DatagramPort, IgnoresWhatIsForged) {
  RawDatagrams raw(url_);
  Bytes forged = raw.call(note_method, text_body("forged"));
  forged[16] ^= 1;  // another connection's
  raw.send(forged);
  forged[16] ^= 1;
  forged[31] ^= 0x80;  // the same one's, almost
  raw.send(forged);
  EXPECT_TRUE(reaches(&ServerCounters::ignored_forged, 2));
  const rpc::net::Fd elsewhere = bound_socket(SOCK_DGRAM, Address("127.0.0.2", 0));
  raw.send(raw.call(note_method, text_body("stolen")), elsewhere);
  EXPECT_TRUE(reaches(&ServerCounters::ignored_forged, 3));
  const rpc::net::Fd other_port = bound_socket(SOCK_DGRAM, Address("127.0.0.1", 0));
  raw.send(raw.call(note_method, text_body("moved")), other_port);
  EXPECT_TRUE(soon([&] { return !notes().empty(); }));
  EXPECT_THAT(notes(), ElementsAre("moved"));
}

TEST_F(DatagramPort, ForgetsTokensWithTheirConnection) {
  RawDatagrams raw(url_);
  raw.send(raw.probe());
  EXPECT_EQ(raw.heard(), 0U);
  raw.stream.shut();
  EXPECT_TRUE(soon([&] {
    raw.send(raw.call(note_method, text_body("late")));
    return server_.counters().ignored_forged > 0;
  }));
}

TEST_F(DatagramPort, IgnoresWhatIsReplayed) {
  RawDatagrams raw(url_);
  const Bytes first = raw.call(note_method, text_body("first"));
  const Bytes second = raw.call(note_method, text_body("second"));
  const Bytes probe = raw.probe();
  for (const Bytes& each : {second, first, second, first, probe, probe}) raw.send(each);
  EXPECT_TRUE(reaches(&ServerCounters::ignored_replayed, 3));
  EXPECT_THAT(notes(), ElementsAre("second", "first"));
  EXPECT_EQ(raw.heard(), 2U);
  EXPECT_EQ(server_.counters().datagrams_received, 2U);
}

TEST_F(DatagramPort, IgnoresWhatIsTruncatedOrTooLong) {
  RawDatagrams raw(url_);
  Bytes whole = raw.call(note_method, {});
  whole[5] = rpc::net::has_metadata;
  append(whole, {1, 0, 0, 0});  // of a byte that is not there
  for (std::size_t size = 4; size <= whole.size(); ++size)
    raw.send(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
  raw.send(raw.call(note_method, Bytes(1200)));
  EXPECT_TRUE(reaches(&ServerCounters::ignored_truncated, whole.size() - 3 + 1));
  EXPECT_TRUE(notes().empty());
}

TEST_F(DatagramPort, IgnoresWhatIsRandom) {
  RawDatagrams raw(url_);
  std::mt19937 random(11);
  std::uint64_t sent = 0;
  for (; sent < 200; ++sent) {
    Bytes bytes(random() % 100);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    raw.send(bytes);
  }
  EXPECT_TRUE(reaches(&ServerCounters::ignored_foreign, sent));
  raw.send(raw.call(note_method, text_body("hi")));
  EXPECT_TRUE(reaches(&ServerCounters::datagrams_received, 1));
}

TEST_F(DatagramPort, IgnoresWhatIsNotServed) {
  RawDatagrams raw(url_);
  raw.send(raw.call(4, text_body("x")));
  raw.send(raw.call(0xffff, {}));
  raw.stream.send(plain_frame(rpc::net::Kind::oneway, 0, {}));  // add() without its arguments: dispatched
  EXPECT_TRUE(reaches(&ServerCounters::ignored_unbound, 2));
  EXPECT_TRUE(reaches(&ServerCounters::frames_received, 1));
}

// Whether a method is one-way is not the server's business, and nobody gets the reply.
TEST_F(DatagramPort, ArgumentsThatDoNotDecodeHarmNobody) {
  rpc::set_log_handler([](const rpc::LogRecord&) {});
  RawDatagrams raw(url_);
  raw.send(raw.call(add_method, {1}));
  raw.send(raw.call(add_method, {1, 0, 0, 0, 2, 0, 0, 0}));
  raw.send(raw.call(note_method, text_body("hi")));
  EXPECT_TRUE(soon([&] { return !notes().empty(); }));
  EXPECT_EQ(server_.counters().datagrams_received, 3U);
  rpc::set_log_handler(nullptr);
}

TEST_F(DatagramPort, HandlersThatBlockAreLeftBehind) {
  Gate blocked;
  Gate go_on;
  std::atomic<int> notes = 0;
  probe_->on_note = [&](const std::string& text) {
    if (text == "block") {
      blocked.open();
      go_on.wait();
    }
    ++notes;
  };
  RawDatagrams raw(url_);
  raw.send(raw.call(note_method, text_body("block")));
  for (int i = 0; i < 100; ++i) raw.send(raw.call(note_method, text_body("go")));
  EXPECT_TRUE(blocked.wait());
  EXPECT_TRUE(soon([&] { return notes == 100; }));
  raw.send(raw.call(note_method, text_body("go")));
  EXPECT_TRUE(soon([&] { return notes == 101; }));
  go_on.open();
  EXPECT_TRUE(soon([&] { return notes == 102; }));
}

TEST_F(DatagramPort, HandlersAreToldWhenTheirConnectionIsGone) {
  Gate begun;
  Gate stopped;
  probe_->on_note = [&](const std::string&) {
    const std::stop_callback on_stop(rpc::this_call().stop_token(), [&] { stopped.open(); });
    begun.open();
    stopped.wait();
  };
  RawDatagrams raw(url_);
  raw.send(raw.call(note_method, text_body("x")));
  ASSERT_TRUE(begun.wait());
  raw.stream.shut();
  EXPECT_TRUE(stopped.wait());
  server_.stop(patience);  // the handler has the gates of this test
}

TEST_F(DatagramPort, StopWaitsForHandlers) {
  Gate begun;
  Gate go_on;
  std::atomic<bool> done = false;
  probe_->on_note = [&](const std::string&) {
    begun.open();
    done = go_on.wait();
  };
  RawDatagrams raw(url_);
  raw.send(raw.call(note_method, text_body("x")));
  ASSERT_TRUE(begun.wait());
  std::thread stopper([&] {
    server_.stop(patience);
    EXPECT_TRUE(done);
  });
  EXPECT_EQ(raw.stream.receive().value().header.kind, rpc::net::Kind::goodbye);
  go_on.open();
  stopper.join();
  const std::string again = server_.listen(url_);  // the ports are free
  EXPECT_EQ(RawDatagrams(again).offer.value().port, rpc::net::parse_url(url_).port);
}

class BusyDatagramPort : public DatagramPort {
 protected:
  BusyDatagramPort() : DatagramPort({.limits = {.max_datagram = 65'507, .max_in_flight = 1}}) {}
};

TEST_F(BusyDatagramPort, HasTheConnectionsLimits) {
  Gate begun;
  Gate go_on;
  probe_->on_note = [&](const std::string&) {
    begun.open();
    go_on.wait();
  };
  RawDatagrams raw(url_);
  raw.send(raw.call(note_method, text_body("first")));
  ASSERT_TRUE(begun.wait());
  raw.send(raw.call(note_method, text_body("second")));
  EXPECT_TRUE(reaches(&ServerCounters::ignored_overloaded, 1));
  EXPECT_EQ(server_.counters().datagrams_received, 1U);
  go_on.open();
  server_.stop(patience);  // the handler has the gates of this test
}

TEST_F(BusyDatagramPort, TakesTheLongestDatagram) {
  std::atomic<std::size_t> size = 0;
  probe_->on_note = [&](const std::string& text) { size = text.size(); };
  RawDatagrams raw(url_);
  Bytes body = {0xfc, 0, 0};
  append(body, Bytes(65'507 - 32 - 3, 'x'));
  body[1] = static_cast<std::uint8_t>((body.size() - 3) & 0xff);
  body[2] = static_cast<std::uint8_t>((body.size() - 3) >> 8);
  raw.send(raw.call(note_method, body));
  EXPECT_TRUE(soon([&] { return size == 65'507 - 32 - 3; }));
}

TEST(DatagramPortOff, IsNotOffered) {
  rpc::Server server({.limits = {.max_datagram = 0}});
  server.serve<Probe>(std::make_shared<Probe>());
  EXPECT_FALSE(RawDatagrams(server.listen("tcp://127.0.0.1:0")).offer);
}

}  // namespace
