// What the two ends offer each other before the first call.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/log.h>

#include <stdexcept>
#include <string>

#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using rpc::net::Kind;
using rpc::net::least_max_frame;
using testing::HasSubstr;

class Handshake : public testing::Test {
 protected:
  Handshake() {
    rpc::set_log_handler([](const rpc::LogRecord&) {});
  }
  ~Handshake() override { rpc::set_log_handler(nullptr); }
};

TEST_F(Handshake, ServerRefusesASmallMaxFrame) {
  Running running;
  RawPeer modest = RawPeer::connect(running.folder.socket());
  ASSERT_TRUE(modest.send(hello(least_max_frame)));
  EXPECT_EQ(modest.receive()->header.kind, Kind::welcome);
  RawPeer peer = RawPeer::connect(running.folder.socket());
  ASSERT_TRUE(peer.send(hello(least_max_frame - 1)));
  EXPECT_TRUE(peer.refused_with(rpc::Code::malformed));
}

TEST_F(Handshake, ClientRefusesASmallMaxFrame) {
  const Folder folder;
  const rpc::net::Fd listener = RawPeer::listen(folder.socket());
  rpc::Future<int> sum = ProbeClient(rpc::connect(folder.url()), {.deadline = patience}).async_add(1, 1);
  {
    RawPeer peer = RawPeer::accept(listener);
    ASSERT_TRUE(peer.send(welcome(16, least_max_frame - 1)));
    EXPECT_EQ(peer.receive()->header.kind, Kind::hello);
    EXPECT_FALSE(peer.receive());
    EXPECT_TRUE(peer.closed());
  }
  RawPeer peer = RawPeer::accept(listener);  // it tries again, and this one offers enough
  ASSERT_TRUE(peer.send(welcome(16, least_max_frame)));
  while (const auto received = peer.receive()) {
    if (received->header.kind != Kind::call) continue;
    EXPECT_TRUE(peer.send(plain_frame(Kind::reply, received->header.call, {2, 0, 0, 0})));
    break;
  }
  EXPECT_EQ(sum.get(), 2);
}

// Ends whose own limit is less accept the least all the same, and what has to fit does.
TEST_F(Handshake, LongestFailureFitsIntoTheLeastMaxFrame) {
  Running running({.limits = {.max_frame = 1}});
  running.object->on_act = [](const std::string&) { throw std::runtime_error(std::string(100'000, 'x')); };
  const ProbeClient probe(rpc::connect(running.url, {.limits = {.max_frame = 1}}));
  const rpc::Error error = error_of([&] { probe.act("x"); });
  EXPECT_EQ(error.code(), rpc::Code::failed);
  EXPECT_EQ(std::string(error.what()).size(), 4096U);
  EXPECT_EQ(probe.echo(std::string(least_max_frame - 10, 'x')).size(), least_max_frame - 10);
  EXPECT_THAT(error_of([&] { probe.echo(std::string(least_max_frame, 'x')); }).what(), HasSubstr("max_frame"));
}

}  // namespace
