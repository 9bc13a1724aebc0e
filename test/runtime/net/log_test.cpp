// How much peers can make a server log.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "log.h"
#include "runtime/net/logged.h"
#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using rpc::internal::LogLimit;

TEST(LogLimit, LetsSoManyThroughEachSecond) {
  LogLimit limit(3);
  const LogLimit::Time start{1h};
  for (int second = 0; second < 3; ++second) {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(limit.admit(start + second * 1s + i * 1ms));
    EXPECT_FALSE(limit.admit(start + second * 1s + 3ms));
    EXPECT_FALSE(limit.admit(start + second * 1s + 999ms));
  }
}

TEST(LogLimit, SaysOnceHowManyWereLeftOut) {
  LogLimit limit(1);
  const LogLimit::Time start{1h};
  EXPECT_EQ(limit.admit(start), 0U);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(limit.admit(start + 1ms));
  EXPECT_EQ(limit.admit(start + 1s), 5U);
  EXPECT_EQ(limit.admit(start + 2s), 0U);
  EXPECT_FALSE(limit.admit(start + 2s));
  EXPECT_EQ(limit.take_left_out(), 1U);
  EXPECT_EQ(limit.take_left_out(), 0U);
}

// Every one is in the log, but few have a line of their own.
TEST(Logging, HostilePeersDoNotFillTheLog) {
  constexpr std::size_t peers = 200;
  const Logged log;
  const auto begin = std::chrono::steady_clock::now();
  {
    Running running;
    for (std::size_t i = 0; i < peers; ++i) {
      RawPeer peer = RawPeer::connect(running.folder.socket());
      ASSERT_TRUE(peer.send(Bytes(100, 0xff)));
      ASSERT_TRUE(peer.closed());
    }
  }
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count();
  std::size_t own_lines = 0;
  std::size_t left_out = 0;
  for (const std::string& line : log.lines()) {
    if (line.starts_with("closing the connection of ")) ++own_lines;
    if (line.starts_with("closed ")) left_out += std::stoul(line.substr(7));
  }
  EXPECT_EQ(own_lines + left_out, peers);
  EXPECT_LE(own_lines, 10U * (static_cast<std::size_t>(seconds) + 1));
}

}  // namespace
