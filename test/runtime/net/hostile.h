// Peers that send garbage, stop in the middle or vanish, against live servers and clients. Whatever they do, the others
// are served, and the process lives. The same over each transport, which a type stands for:
//
//   struct OverUnix {
//     static constexpr int times = 1000;                                // what is done often; less where it is slow
//     static constexpr auto deadline = 100ms;                           // enough to connect and be answered
//     struct Served { RawPeer connect(); rpc::Channel channel(); … };   // a server of ours, and how it is reached
//     struct Serving { RawPeer accept(); rpc::Channel channel(); … };   // a raw server, and a channel to it
//   };
//   INSTANTIATE_TYPED_TEST_SUITE_P(OverUnix, HostileClients, OverUnix);
#pragma once

#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/log.h>

#include <sys/resource.h>

#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

using rpc::net::Kind;

/// The seed of this run, printed when something fails; RPC_TEST_SEED repeats one.
inline std::uint32_t seed() {
  static const std::uint32_t seed = [] {
    const char* given = std::getenv("RPC_TEST_SEED");
    return given != nullptr ? static_cast<std::uint32_t>(std::stoul(given)) : std::random_device{}();
  }();
  return seed;
}

class Hostile : public testing::Test {
 protected:
  Hostile() {
    rpc::set_log_handler([](const rpc::LogRecord&) {});
    RecordProperty("seed", static_cast<int>(seed()));
  }
  ~Hostile() override { rpc::set_log_handler(nullptr); }

  std::mt19937 random_{seed()};
};

/// Everything a client of good manners might send.
inline Bytes good_session() {
  Bytes bytes = hello();
  append(bytes, bind_probe());
  for (std::uint32_t id = 0; id < 4; ++id) append(bytes, call_frame(id, 0, {1, 0, 0, 0, 2, 0, 0, 0}, 1000));
  append(bytes, call_frame(9, 1, {3, 'a', 'b', 'c'}));
  append(bytes, plain_frame(Kind::oneway, 0, {}));
  append(bytes, plain_frame(Kind::cancel, 2, {}));
  append(bytes, call_frame(10, 2, {0}));
  return bytes;
}

template <class Way>
class HostileClients : public Hostile {
 protected:
  /// Sends it on a connection of its own and leaves.
  void attack(const Bytes& bytes) {
    RawPeer peer = served_.connect();
    ASSERT_TRUE(peer);
    peer.send(bytes);
  }

  void expect_alive() { EXPECT_EQ(ProbeClient(served_.channel()).add(1, 1), 2) << "seed " << seed(); }

  typename Way::Served served_;
};

TYPED_TEST_SUITE_P(HostileClients);

TYPED_TEST_P(HostileClients, Truncated) {
  const Bytes session = good_session();
  for (std::size_t size = 0; size <= session.size(); size += 1000 / TypeParam::times) {
    this->attack(Bytes(session.begin(), session.begin() + static_cast<std::ptrdiff_t>(size)));
  }
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, BitFlipped) {
  for (int i = 0; i < 2000 * TypeParam::times / 1000; ++i) {
    Bytes session = good_session();
    for (unsigned flips = 1 + this->random_() % 4; flips != 0; --flips)
      session[this->random_() % session.size()] ^= 1U << this->random_() % 8;
    this->attack(session);
  }
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, Random) {
  for (int i = 0; i < 500 * TypeParam::times / 1000; ++i) {
    Bytes bytes = i % 2 == 0 ? Bytes{} : hello();
    for (unsigned size = this->random_() % 2000; size != 0; --size)
      bytes.push_back(static_cast<std::uint8_t>(this->random_()));
    this->attack(bytes);
  }
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, RandomFramesThatAreWellFormed) {
  for (int i = 0; i < 500 * TypeParam::times / 1000; ++i) {
    Bytes bytes = hello();
    if (this->random_() % 2 == 0) append(bytes, bind_probe());
    for (unsigned frames = this->random_() % 20; frames != 0; --frames) {
      Bytes body(this->random_() % 64);
      for (std::uint8_t& byte : body) byte = static_cast<std::uint8_t>(this->random_());
      append(bytes, this->random_() % 2 == 0
                        ? call_frame(this->random_() % 8, static_cast<std::uint16_t>(this->random_() % 6), body,
                                     this->random_() % 3)
                        : plain_frame(static_cast<Kind>(this->random_() % 12), this->random_() % 8, body));
    }
    this->attack(bytes);
  }
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, OversizedIsClosedAtOnce) {
  RawPeer peer = this->served_.connect();
  Bytes bytes = hello();
  append(bytes, {0xff, 0xff, 0xff, 0xff, 5, 0, 0, 0, 0, 0, 0, 0});
  ASSERT_TRUE(peer.send(bytes));
  ASSERT_EQ(peer.receive()->header.kind, Kind::welcome);
  const auto reason = peer.receive();
  ASSERT_TRUE(reason);
  EXPECT_EQ(reason->header.kind, Kind::failure);
  EXPECT_NE(std::string(reason->body.begin(), reason->body.end()).find("Limits::max_frame"), std::string::npos);
  EXPECT_TRUE(peer.closed());
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, OtherProtocols) {
  const std::string http = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  RawPeer peer = this->served_.connect();
  ASSERT_TRUE(peer.send(Bytes(http.begin(), http.end())));
  EXPECT_TRUE(peer.closed());
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, VersionFromTheFuture) {
  rpc::Buffer out;
  rpc::net::put_hello(out, {.oldest_version = 7, .newest_version = 9, .max_frame = 1 << 20});
  RawPeer peer = this->served_.connect();
  ASSERT_TRUE(peer.send(bytes_of(out)));
  const auto reason = peer.receive();
  ASSERT_TRUE(reason);
  EXPECT_EQ(reason->header.kind, Kind::failure);
  EXPECT_EQ(reason->header.call, rpc::net::whole_connection);
  EXPECT_TRUE(peer.closed());
}

TYPED_TEST_P(HostileClients, BindsWithoutEnd) {
  RawPeer peer = this->served_.connect();
  ASSERT_TRUE(peer.send(hello()));
  for (std::uint16_t i = 0; i < 1000; ++i) {
    if (!peer.send(bind_probe(static_cast<std::uint16_t>(i * 4)))) break;
  }
  EXPECT_TRUE(peer.closed());
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, AThousandThatConnectAndVanish) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  const std::size_t at_a_time = std::min<std::size_t>(TypeParam::times, files.rlim_cur / 4);
  std::vector<RawPeer> peers;
  for (int i = 0; i < TypeParam::times; ++i) {
    if (peers.size() == at_a_time) peers.clear();
    peers.push_back(this->served_.connect());
    ASSERT_TRUE(peers.back()) << i;
    const Bytes session = good_session();
    peers.back().send(
        Bytes(session.begin(), session.begin() + static_cast<std::ptrdiff_t>(this->random_() % session.size())));
  }
  peers.clear();
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, AThousandThatStayAndSayNothing) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  const std::size_t count = std::min<std::size_t>(TypeParam::times, files.rlim_cur / 4);
  std::vector<RawPeer> peers;
  for (std::size_t i = 0; i < count; ++i) peers.push_back(this->served_.connect());
  this->expect_alive();
}

TYPED_TEST_P(HostileClients, HalfOpen) {
  RawPeer peer = this->served_.connect();
  Bytes bytes = hello();
  append(bytes, bind_probe());
  append(bytes, call_frame(1, 0, {1, 0, 0, 0, 2, 0, 0, 0}));
  ASSERT_TRUE(peer.send(bytes));
  ::shutdown(peer.fd(), SHUT_WR);  // it will not ask any more, but still reads
  EXPECT_EQ(peer.receive()->header.kind, Kind::welcome);
  EXPECT_EQ(peer.receive()->header.kind, Kind::bound);
  EXPECT_EQ(peer.receive()->header.kind, Kind::reply);
  EXPECT_TRUE(peer.closed());
}

REGISTER_TYPED_TEST_SUITE_P(HostileClients, Truncated, BitFlipped, Random, RandomFramesThatAreWellFormed,
                            OversizedIsClosedAtOnce, OtherProtocols, VersionFromTheFuture, BindsWithoutEnd,
                            AThousandThatConnectAndVanish, AThousandThatStayAndSayNothing, HalfOpen);

/// A server without manners for one client: `answer` gets the connection once the client has made its call.
template <class Way>
class HostileServers : public Hostile {
 protected:
  template <class Answer>
  rpc::Error call_with(Answer answer) {
    typename Way::Serving serving;
    std::thread server([&] {
      RawPeer peer = serving.accept();
      if (peer) answer(peer);
      serving.listener.reset();
    });
    rpc::Error error = error_of([&] {
      const ProbeClient probe(serving.channel(), {.deadline = Way::deadline});
      probe.add(1, 1);
    });
    server.join();
    return error;
  }

  static std::uint32_t await_call(RawPeer& peer) {
    while (const auto received = peer.receive()) {
      if (received->header.kind == Kind::call) return received->header.call;
    }
    return 0;
  }
};

TYPED_TEST_SUITE_P(HostileServers);

TYPED_TEST_P(HostileServers, Random) {
  for (int i = 0; i < 30 * TypeParam::times / 1000; ++i) {
    const rpc::Error error = this->call_with([&](RawPeer& peer) {
      Bytes bytes = i % 2 == 0 ? Bytes{} : welcome();
      for (unsigned size = 16 + this->random_() % 500; size != 0; --size)
        bytes.push_back(static_cast<std::uint8_t>(this->random_()));
      peer.send(bytes);
    });
    EXPECT_NE(error.code(), rpc::Code{}) << "seed " << seed();
  }
}

TYPED_TEST_P(HostileServers, BitFlippedReplies) {
  for (int i = 0; i < 100 * TypeParam::times / 1000; ++i) {
    static_cast<void>(this->call_with([&](RawPeer& peer) {
      peer.send(welcome());
      Bytes reply = plain_frame(Kind::reply, this->await_call(peer), {2, 0, 0, 0});
      reply[this->random_() % reply.size()] ^= 1U << this->random_() % 8;
      peer.send(reply);
    }));
  }
}

TYPED_TEST_P(HostileServers, TruncatedReplies) {
  for (std::size_t size = 0; size < 16; ++size) {
    const rpc::Error error = this->call_with([&](RawPeer& peer) {
      peer.send(welcome());
      Bytes reply = plain_frame(Kind::reply, this->await_call(peer), {2, 0, 0, 0});
      reply.resize(size);
      peer.send(reply);
    });
    EXPECT_EQ(error.code(), rpc::Code::unavailable) << size;
  }
}

TYPED_TEST_P(HostileServers, RepliesToCallsNeverMade) {
  const rpc::Error error = this->call_with([&](RawPeer& peer) {
    peer.send(welcome());
    peer.send(plain_frame(Kind::reply, this->await_call(peer) + 1, {2, 0, 0, 0}));
    peer.closed();
  });
  EXPECT_EQ(error.code(), rpc::Code::malformed);
}

TYPED_TEST_P(HostileServers, ReplyOfTheWrongSize) {
  const rpc::Error error = this->call_with([&](RawPeer& peer) {
    peer.send(welcome());
    peer.send(plain_frame(Kind::reply, this->await_call(peer), {2, 0, 0}));
    peer.closed();
  });
  EXPECT_EQ(error.code(), rpc::Code::malformed);
}

TYPED_TEST_P(HostileServers, OversizedReply) {
  const rpc::Error error = this->call_with([&](RawPeer& peer) {
    peer.send(welcome());
    this->await_call(peer);
    peer.send({0xff, 0xff, 0xff, 0x7f, 7, 0, 0, 0, 0, 0, 0, 0});
    peer.closed();
  });
  EXPECT_EQ(error.code(), rpc::Code::malformed);
}

TYPED_TEST_P(HostileServers, GoneAfterTheCall) {
  const rpc::Error error = this->call_with([&](RawPeer& peer) {
    peer.send(welcome());
    this->await_call(peer);
  });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
}

TYPED_TEST_P(HostileServers, SilentAfterTheCall) {
  const rpc::Error error = this->call_with([&](RawPeer& peer) {
    peer.send(welcome());
    peer.closed();
  });
  EXPECT_EQ(error.code(), rpc::Code::deadline_exceeded);
}

REGISTER_TYPED_TEST_SUITE_P(HostileServers, Random, BitFlippedReplies, TruncatedReplies, RepliesToCallsNeverMade,
                            ReplyOfTheWrongSize, OversizedReply, GoneAfterTheCall, SilentAfterTheCall);
