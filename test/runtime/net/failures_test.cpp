// docs/failures.md says what each failure looks like; here each of them is brought about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/dynamic.h>
#include <rpc/error.h>
#include <rpc/message.h>
#include <rpc/stop.h>

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "runtime/failures_page.h"
#include "runtime/net/running.h"

namespace {

class Failures : public testing::Test {
 protected:
  ProbeClient client(const rpc::ChannelOptions& options = {}) const {
    return ProbeClient(rpc::connect(running_.url, options));
  }

  Gate gate_;
  Running running_{{.limits = {.max_frame = 20'000, .max_connections = 2}}};
};

TEST_F(Failures, PageHasThemAll) { EXPECT_EQ(failure_rows().size(), 27U); }

TEST_F(Failures, OfConnections) {
  const Folder folder;
  EXPECT_TRUE(is_told("no connection to … within the call's deadline: …",
                      [&] { ProbeClient(rpc::connect(folder.url()), {.deadline = 20ms}).add(1, 1); }));
  const ProbeClient first = client();
  const ProbeClient second = client();
  EXPECT_EQ(first.add(1, 1) + second.add(1, 1), 4);
  EXPECT_TRUE(is_told("no connection to … within the call's deadline: the server's Limits::max_connections",
                      [&] { client().with({.deadline = 300ms}).add(1, 1); }));
  running_.object->on_act = [this](const std::string&) { gate_.wait(); };
  rpc::Future<void> slow = first.async_act("x");
  std::thread stopper([this] { running_.server.stop(0ns); });
  EXPECT_TRUE(is_told("the connection to … was lost", [&] { slow.get(); }));
  gate_.open();
  stopper.join();
  EXPECT_TRUE(
      is_told("no connection to … within the call's deadline: …", [&] { first.with({.deadline = 20ms}).add(1, 1); }));
}

TEST_F(Failures, OfTimeAndOfStopping) {
  running_.object->on_act = [this](const std::string&) { gate_.wait(); };
  const ProbeClient connected = client();
  EXPECT_EQ(connected.add(1, 1), 2);
  const ProbeClient probe = connected.with({.deadline = 50ms});
  EXPECT_TRUE(is_told("…: no reply within … ms", [&] { probe.act("x"); }));
  EXPECT_TRUE(is_told("no reply from …", [&] { probe.async_act("x").get(); }));
  std::stop_source stop;
  const ProbeClient stoppable = connected.with({.stop_token = stop.get_token()});
  rpc::Future<void> stopped = stoppable.async_act("x");
  stop.request_stop();
  EXPECT_TRUE(is_told("the caller's stop token was stopped", [&] { stopped.get(); }));
  EXPECT_TRUE(is_told("the caller's stop token was stopped before the call", [&] { stoppable.act("x"); }));
  gate_.open();
}

TEST_F(Failures, OfACallWithinACall) {
  Running inner;
  inner.object->on_act = [this](const std::string&) { gate_.wait(); };
  const ProbeClient further(rpc::connect(inner.url));
  EXPECT_EQ(further.add(1, 1), 2);
  Gate told;
  testing::AssertionResult result = testing::AssertionFailure();
  running_.object->on_act = [&](const std::string&) {
    result = is_told("…: no reply within … ms, which the call that made it had left", [&] { further.act("x"); });
    told.open();
  };
  error_of([&] { client().with({.deadline = 300ms}).act("x"); });
  EXPECT_TRUE(told.wait());
  EXPECT_TRUE(result);
  gate_.open();
}

class LosesReplies final : public ProbeKeeper {
 public:
  void add(int, int, rpc::Reply<int>) override {}
};

class SaysMuch final : public Probe {
 public:
  std::string echo(std::string) override { return std::string(19'000, 'x'); }
};

TEST_F(Failures, OfVersionsAndOfLostReplies) {
  EXPECT_TRUE(is_told("the server does not serve", [&] { add_of_unserved(rpc::connect(running_.url)); }));
  const rpc::DynamicClient newer(rpc::connect(running_.url), "Probe", {"subtract"});
  EXPECT_TRUE(is_told("the server's … has no method", [&] { newer.call("subtract", {}); }));
  EXPECT_TRUE(is_told("client and server were generated from different versions",
                      [&] { add_of_other_version(rpc::connect(running_.url, {.encoding = rpc::Encoding::exact})); }));
  rpc::Server server;
  server.serve<Probe>(std::make_shared<LosesReplies>());
  const Folder folder;
  const ProbeClient probe(rpc::connect(server.listen(folder.url())));
  EXPECT_TRUE(is_told("the server dropped the call", [&] { probe.add(1, 1); }));
}

TEST_F(Failures, OfLimits) {
  const ProbeClient probe = client();
  EXPECT_EQ(probe.add(1, 1), 2);
  EXPECT_TRUE(
      is_told("a message of … bytes is longer than the server's", [&] { probe.echo(std::string(30'000, 'x')); }));
  rpc::Server server;
  server.serve<Probe>(std::make_shared<SaysMuch>());
  const Folder folder;
  const std::string url = server.listen(folder.url());
  EXPECT_TRUE(is_told("a reply of … bytes is longer than the client's",
                      [&] { ProbeClient(rpc::connect(url, {.limits = {.max_frame = 16 << 10}})).echo("x"); }));
  running_.object->on_act = [this](const std::string&) { gate_.wait(); };
  const ProbeClient narrow = client({.limits = {.max_in_flight = 1}});
  EXPECT_EQ(narrow.add(1, 1), 2);
  rpc::Future<void> slow = narrow.async_act("x");
  EXPECT_TRUE(is_told("Limits::max_in_flight of", [&] { narrow.add(1, 1); }));
  gate_.open();
  slow.get();
  const ProbeClient short_of_room(rpc::connect(url, {.limits = {.max_send_buffer = 1'000}}));
  EXPECT_TRUE(is_told("Limits::max_send_buffer of", [&] { short_of_room.echo(std::string(2'000, 'x')); }));
}

TEST_F(Failures, OfMessages) {
  const Folder folder;
  const std::string path = folder.socket("queue");
  const rpc::Queue queue = rpc::open_queue({.folder = path, .max_bytes = 1'000, .max_message = 500});
  EXPECT_TRUE(is_told("…messages.db: it cannot be …", [&] {
    std::filesystem::create_directories(folder.socket("other") + "/messages.db");
    rpc::open_queue({.folder = folder.socket("other")});
  }));
  const std::vector<std::byte> body(400);
  const auto store = [&](std::size_t size) {
    queue.transport().store(
        {.target = "unix:/nowhere", .interface = "Probe", .method = "note", .body = std::span(body).first(size)});
  };
  const std::vector<std::byte> large(501);
  EXPECT_TRUE(is_told("a message of … bytes is longer than QueueOptions", [&] {
    queue.transport().store({.target = "unix:/nowhere", .interface = "Probe", .method = "note", .body = large});
  }));
  store(400);
  EXPECT_TRUE(is_told("the queue in … is full", [&] {
    for (int i = 0; i < 10; ++i) store(400);
  }));
}

}  // namespace
