// Servers on Unix sockets of one folder, for tests of channels to several of them.
//
//   TEST_F(Many, …) { start_all(3); ProbeClient probe(rpc::connect(urls(3))); … }
#pragma once

#include <gtest/gtest.h>

#include <rpc/server.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/net/running.h"

/// They can stop and come back.
class Many : public testing::Test {
 protected:
  struct One {
    std::shared_ptr<Probe> object = std::make_shared<Probe>();
    std::optional<rpc::Server> server;
    std::atomic<int> calls = 0;
  };

  One& add_server() {
    one_.push_back(std::make_unique<One>());
    One& one = *one_.back();
    one.object->on_act = [&one](const std::string&) { ++one.calls; };
    return one;
  }
  void start(std::size_t number) {
    One& one = *one_[number];
    one.server.emplace();
    one.server->serve<Probe>(one.object);
    one.server->listen(url(number));
  }
  void start_all(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add_server(), start(i);
  }

  std::string url(std::size_t number) const { return folder_.url(std::to_string(number)); }
  std::string urls(std::size_t count) const {
    std::string urls = url(0);
    for (std::size_t i = 1; i < count; ++i) urls += "," + url(i);
    return urls;
  }

  /// Calls until each of the servers has had one: all are connected.
  void meet_all(const ProbeClient& probe) {
    ASSERT_TRUE(soon([&] {
      probe.act("meet");
      return std::ranges::all_of(one_, [](const auto& one) { return one->calls != 0; });
    }));
  }

  Folder folder_;
  std::vector<std::unique_ptr<One>> one_;
};
