// Datagrams on their own: their format, which of them came before, and when probes are due.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "net/datagram.h"
#include "net/probe_habit.h"
#include "net/replay_window.h"
#include "runtime/net/raw_datagrams.h"

namespace {

using rpc::net::Datagram;
using rpc::net::DatagramHeader;
using rpc::net::ProbeHabit;
using rpc::net::Reading;
using rpc::net::ReplayWindow;
using rpc::net::Time;

Bytes datagram_of(const DatagramHeader& header, const Bytes& body) {
  Bytes bytes(sizeof header);
  std::memcpy(bytes.data(), &header, sizeof header);
  append(bytes, body);
  return bytes;
}

/// From memory of its own, so that a sanitizer sees what is read behind it.
Reading read(const Bytes& bytes, Datagram& datagram) {
  return rpc::net::read_datagram(reinterpret_cast<const std::byte*>(bytes.data()), bytes.size(), datagram);
}

TEST(Datagram, BytesAreThoseOfTheProtocol) {
  const Bytes bytes = {0x46, 0x63, 0x64, 0x01, 1,    2,    0x34, 0x12, 7,    0,    0,    0,
                       0,    0,    0,    0,    0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7,
                       0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf, 'h',  'i'};
  Datagram datagram;
  ASSERT_EQ(read(bytes, datagram), Reading::whole);
  EXPECT_EQ(datagram.kind, rpc::net::DatagramKind::call);
  EXPECT_EQ(datagram.sequence, 7U);
  EXPECT_EQ(datagram.token[15], std::byte{0xaf});
  EXPECT_EQ(datagram.frame.header.kind, rpc::net::Kind::oneway);
  EXPECT_EQ(datagram.frame.header.flags, rpc::net::is_tagged);
  EXPECT_EQ(datagram.frame.header.method, 0x1234);
  EXPECT_EQ(datagram.frame.body_size, 2U);
  EXPECT_EQ(std::memcmp(datagram.frame.body, "hi", 2), 0);
}

// Those of the example in docs/protocol.md.
TEST(Datagram, OfferAndAnswerAreThoseOfTheProtocol) {
  rpc::net::DatagramOffer offer{.port = 7000, .max_size = 1200};
  for (std::size_t i = 0; i < offer.token.size(); ++i) offer.token[i] = static_cast<std::byte>(0xa0 + i);
  rpc::Buffer out;
  rpc::net::put_welcome(out, {.max_in_flight = 4096, .max_frame = 1 << 24, .datagrams = offer});
  EXPECT_EQ(bytes_of(out),
            (Bytes{0x2e, 0,    0,    0,    2,    0,    0,    0,    0,    0,    0,    0,    0x46, 0x63, 0x61, 0x6c, 1,
                   0,    0,    0x10, 0,    0,    0,    0,    0,    1,    0,    0,    0,    0,    0x58, 0x1b, 0xb0, 4,
                   0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xab, 0xac, 0xad, 0xae, 0xaf}));
  rpc::Buffer heard;
  rpc::net::put_heard(heard, 1);
  EXPECT_EQ(bytes_of(heard), (Bytes{16, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0}));
}

TEST(Datagram, EveryTruncationIsSeen) {
  const Bytes whole = datagram_of({.flags = rpc::net::has_metadata}, {3, 0, 0, 0, 1, 'k', 0});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Datagram datagram;
    EXPECT_EQ(read(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)), datagram),
              size < 4 ? Reading::foreign : Reading::truncated)
        << size;
  }
  Datagram datagram;
  ASSERT_EQ(read(whole, datagram), Reading::whole);
  EXPECT_EQ(datagram.frame.metadata_size, 3U);
  EXPECT_EQ(datagram.frame.body_size, 0U);
}

TEST(Datagram, OfOtherVersionsKindsAndFlagsIsForeign) {
  Datagram datagram;
  EXPECT_EQ(read(datagram_of({.magic = 0x02646346}, {}), datagram), Reading::foreign);
  EXPECT_EQ(read(datagram_of({.kind = rpc::net::DatagramKind{0}}, {}), datagram), Reading::foreign);
  EXPECT_EQ(read(datagram_of({.kind = rpc::net::DatagramKind{3}}, {}), datagram), Reading::foreign);
  EXPECT_EQ(read(datagram_of({.flags = 8}, {}), datagram), Reading::foreign);
}

TEST(Datagram, SizesAreLimited) {
  using rpc::net::max_datagram;
  EXPECT_EQ(max_datagram({}), 1200);
  EXPECT_EQ(max_datagram({.max_datagram = 0}), 0);
  EXPECT_EQ(max_datagram({.max_datagram = 31}), 0);
  EXPECT_EQ(max_datagram({.max_datagram = 1 << 20}), 65'507);
  EXPECT_EQ(max_datagram({.max_frame = 16384, .max_datagram = 20'000}), 16'384);
}

TEST(ReplayWindow, TakesEachNumberOnce) {
  ReplayWindow seen;
  for (const std::uint64_t number : {1, 3, 2, 64, 63, 65, 4000, 66, 4100}) {
    EXPECT_TRUE(seen.admit(number)) << number;
    EXPECT_FALSE(seen.admit(number)) << number;
  }
  EXPECT_TRUE(seen.admit(1'000'000));
  EXPECT_FALSE(seen.admit(4100)) << "too old to be known";
  EXPECT_TRUE(seen.admit(1'000'000 - 4032)) << "not too old";
  EXPECT_TRUE(seen.admit(~std::uint64_t{0}));
  EXPECT_FALSE(seen.admit(1'000'001));
}

TEST(ReplayWindow, AnyOrder) {
  std::mt19937_64 random(7);
  ReplayWindow seen;
  std::set<std::uint64_t> admitted;
  std::uint64_t highest = 0;
  for (int i = 0; i < 30'000; ++i) {
    const std::uint64_t number = highest + random() % 200 - std::min<std::uint64_t>(highest, random() % 8000);
    const bool fresh = admitted.count(number) == 0;
    const bool known = number > highest || highest - number < 4032;
    const bool taken = seen.admit(number);
    if (known) {
      ASSERT_EQ(taken, fresh) << number << " at " << highest;
    }
    ASSERT_FALSE(taken && !fresh) << number << " at " << highest;
    if (taken) admitted.insert(number);
    highest = std::max(highest, number);
  }
}

class Probes : public testing::Test {
 protected:
  /// Calls every millisecond for that long; the probes that went with them.
  int calls_for(std::chrono::milliseconds time) {
    int probes = 0;
    for (const Time end = at_ + time; at_ < end; at_ += 1ms) probes += habit_.due(at_) ? 1 : 0;
    return probes;
  }

  ProbeHabit habit_;
  Time at_ = Time(1h);
};

TEST_F(Probes, GoWithTheFirstCallAndAreRepeatedMoreAndMoreSeldom) {
  EXPECT_TRUE(habit_.due(at_));
  EXPECT_FALSE(habit_.arrives());
  EXPECT_EQ(calls_for(1s), 3);  // after 100, 300 and 700 ms
  EXPECT_FALSE(habit_.arrives());
  calls_for(3min);
  EXPECT_EQ(calls_for(5min), 5);
}

TEST_F(Probes, WithoutAnswersTurnDatagramsOffAgain) {
  EXPECT_TRUE(habit_.due(at_));
  habit_.answered(at_);
  EXPECT_TRUE(habit_.arrives());
  EXPECT_EQ(calls_for(5s), 0);
  EXPECT_EQ(calls_for(500ms), 3);
  EXPECT_TRUE(habit_.arrives());
  EXPECT_EQ(calls_for(500ms), 1);
  EXPECT_FALSE(habit_.arrives());
  habit_.answered(at_);
  EXPECT_TRUE(habit_.arrives());
  habit_.refused();
  EXPECT_FALSE(habit_.arrives());
}

TEST_F(Probes, OneOrTwoMayBeLost) {
  habit_.answered(at_);
  at_ += 5s;
  EXPECT_EQ(calls_for(250ms), 2);
  habit_.answered(at_);
  EXPECT_EQ(calls_for(5s), 0);
  EXPECT_TRUE(habit_.arrives());
}

}  // namespace
