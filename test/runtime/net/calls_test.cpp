// Calls over every transport: blocking, asynchronous, from many threads, with bodies of all sizes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/this_call.h>

#include <unistd.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/running.h"

namespace {

bool has_ipv6() {
  try {
    rpc::Server server;
    server.listen("tcp://[::1]:0");
    return true;
  } catch (const rpc::Error&) {
    return false;
  }
}

class Calls : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string where = GetParam();
    if (where.find("::1") != std::string::npos && !has_ipv6()) GTEST_SKIP() << "this machine has no IPv6";
    url_ = running_.server.listen(where == "unix" ? running_.folder.url("second") : where);
  }

  Running running_;
  std::string url_;
};

TEST_P(Calls, Waits) {
  const ProbeClient probe(rpc::connect(url_));
  EXPECT_EQ(probe.add(1, 2), 3);
  EXPECT_EQ(probe.add(-5, 2), -3);
  probe.act("");
}

TEST_P(Calls, KnowWhoCalls) {
  std::string address, identity;
  running_.object->on_act = [&](const std::string&) {
    address = rpc::this_call().peer().address;
    identity = rpc::this_call().peer().identity;
  };
  ProbeClient(rpc::connect(url_)).act("");
  const bool tcp = url_.starts_with("tcp://");
  EXPECT_EQ(address.substr(0, 6), url_.substr(0, 6));
  EXPECT_EQ(identity, tcp ? "" : "uid:" + std::to_string(::getuid())) << "the kernel knows who it is, TCP does not";
}

TEST_P(Calls, BodiesOfAllSizes) {
  const ProbeClient probe(rpc::connect(url_));
  for (const std::size_t size : {0, 1, 239, 240, 4000, 16'384, 65'536, 70'000, 1'048'576, 9'000'000}) {
    const std::string text(size, static_cast<char>('a' + size % 26));
    EXPECT_TRUE(probe.echo(text) == text) << size;
  }
}

TEST_P(Calls, ManyInFlight) {
  const ProbeClient probe(rpc::connect(url_));
  std::vector<rpc::Future<int>> sums;
  for (int i = 0; i < 3000; ++i) sums.push_back(probe.async_add(i, 1));
  for (int i = 0; i < 3000; ++i) EXPECT_EQ(sums[i].get(), i + 1);
}

TEST_P(Calls, ManyLargeOnesInFlight) {
  const ProbeClient probe(rpc::connect(url_));
  std::vector<rpc::Future<std::string>> texts;
  for (int i = 0; i < 40; ++i) texts.push_back(probe.async_echo(std::string(200'000 + i, 'x')));
  for (int i = 0; i < 40; ++i) EXPECT_EQ(texts[i].get().size(), 200'000U + i);
}

TEST_P(Calls, ContinuationsThatCallAgain) {
  const ProbeClient probe(rpc::connect(url_));
  std::atomic<int> done = 0;
  std::function<void(int)> step = [&](int left) {
    probe.async_add(left, 0).then([&step, &done](rpc::Result<int> sum) {
      if (sum.value() == 0) {
        ++done;
      } else {
        step(sum.value() - 1);
      }
    });
  };
  for (int i = 0; i < 32; ++i) step(100);
  EXPECT_TRUE(soon([&] { return done == 32; }));
}

TEST_P(Calls, FromManyThreadsOnOneChannel) {
  const ProbeClient probe(rpc::connect(url_));
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 300; ++i) {
        if (probe.add(t, i) != t + i) ++wrong;
        rpc::Future<int> first = probe.async_add(t, i);
        rpc::Future<std::string> second = probe.async_echo(std::to_string(i));
        if (second.get() != std::to_string(i) || first.get() != t + i) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

TEST_P(Calls, FromManyChannels) {
  std::vector<std::thread> threads;
  std::atomic<int> wrong = 0;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const ProbeClient probe(rpc::connect(url_));
        if (probe.add(t, i) != t + i) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

std::string name_of(const testing::TestParamInfo<const char*>& info) {
  static const char* const names[] = {"unix_socket", "ipv4", "ipv6", "name", "inproc"};
  return names[info.index];
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Calls,
                         testing::Values("unix", "tcp://127.0.0.1:0", "tcp://[::1]:0", "tcp://localhost:0",
                                         "inproc:probe"),
                         name_of);

/// Answers from coroutines that were resumed on another thread.
class Relay final : public ProbeService {
 public:
  explicit Relay(const std::string& url) : behind_(rpc::connect(url)) {}
  rpc::Task<std::string> echo(std::string text) override { co_return co_await behind_.async_echo(text) + "!"; }

 private:
  ProbeClient behind_;
};

TEST(Coroutines, AnswerLater) {
  Running behind;
  rpc::Server server;
  server.serve<Probe>(std::make_shared<Relay>(behind.url));
  const ProbeClient probe(rpc::connect(server.listen(behind.folder.url("front"))));
  std::vector<rpc::Future<std::string>> texts;
  for (int i = 0; i < 500; ++i) texts.push_back(probe.async_echo(std::to_string(i)));
  for (int i = 0; i < 500; ++i) EXPECT_EQ(texts[i].get(), std::to_string(i) + "!");
  EXPECT_EQ(probe.add(2, 3), 5);
}

TEST(Listening, ReportsTheChosenPort) {
  rpc::Server server;
  const std::string url = server.listen("tcp://127.0.0.1:0");
  EXPECT_THAT(url, testing::MatchesRegex("tcp://127.0.0.1:[0-9]+"));
  EXPECT_THAT(url, testing::Not(testing::EndsWith(":0")));
}

}  // namespace
