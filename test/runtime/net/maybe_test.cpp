// Calls that may be dropped: they arrive when all is well, and never block or throw when it is not.
#include <gtest/gtest.h>

#include <rpc/error.h>

#include <atomic>
#include <string>

#include "runtime/net/raw_peer.h"
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
  EXPECT_EQ(channel.maybe_counts().sent, 100U);
  EXPECT_EQ(channel.maybe_counts().dropped, 0U);
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
  EXPECT_TRUE(soon([&] { return channel.maybe_counts().dropped == 5000; }));
  EXPECT_EQ(channel.maybe_counts().sent, 0U);
}

TEST(Maybe, DroppedAfterTheServerWent) {
  Running running;
  const rpc::Channel channel = rpc::connect(running.url);
  const ProbeClient probe(channel);
  EXPECT_EQ(probe.add(1, 1), 2);
  running.server.stop();
  EXPECT_TRUE(soon([&] {
    probe.note("x");
    return channel.maybe_counts().dropped > 0;
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
    return channel.maybe_counts().dropped > 0;
  }));
  EXPECT_GT(channel.maybe_counts().sent, 0U);
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
}

}  // namespace
