// Calls that are answered through handles, over a connection: kept replies, clients and servers that go away.
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/reply.h>
#include <rpc/stop.h>
#include <rpc/this_call.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

/// Keeps its replies until the test takes them.
class Keeper final : public ProbeKeeper {
 public:
  struct Question {
    int sum = 0;
    rpc::Reply<int> done;
  };

  ~Keeper() override { gone->open(); }

  void add(int a, int b, rpc::Reply<int> done) override {
    const std::lock_guard lock(mutex_);
    kept_.push_back({a + b, std::move(done)});
  }

  std::size_t count() {
    const std::lock_guard lock(mutex_);
    return kept_.size();
  }

  std::vector<Question> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(kept_, {});
  }

  std::stop_token token_of_first() {
    const std::lock_guard lock(mutex_);
    return kept_.at(0).done.stop_token();
  }

  std::shared_ptr<Gate> gone = std::make_shared<Gate>();

 private:
  std::mutex mutex_;
  std::vector<Question> kept_;
};

/// What a handle was called with, and that it was called once.
class Heard {
 public:
  rpc::Reply<int> handle() {
    return [this](rpc::Result<int> result) {
      result_ = std::move(result);
      if (++times_ == 1) gate_.open();
    };
  }

  const rpc::Result<int>& result() {
    EXPECT_TRUE(gate_.wait());
    EXPECT_EQ(times_, 1);
    return *result_;
  }

 private:
  Gate gate_;
  std::atomic<int> times_ = 0;
  std::optional<rpc::Result<int>> result_;
};

class Handles : public testing::Test {
 protected:
  Handles() {
    auto keeper = std::make_shared<Keeper>();
    keeper_ = keeper.get();
    server_.emplace();
    server_->serve<Probe>(std::move(keeper));
    url_ = server_->listen(folder_.url());
    probe_.emplace(rpc::connect(url_));
  }

  bool keeps(std::size_t count) {
    return soon([&] { return keeper_->count() == count; });
  }

  Folder folder_;
  Keeper* keeper_ = nullptr;
  std::optional<rpc::Server> server_;
  std::string url_;
  std::optional<ProbeClient> probe_;
  Heard heard_;
};

TEST_F(Handles, AreAnsweredLaterAndOutOfOrder) {
  Heard second;
  probe_->add(1, 2, heard_.handle());
  probe_->add(3, 4, second.handle());
  rpc::Future<int> future = probe_->async_add(5, 6);  // a client that waits, of the same server
  ASSERT_TRUE(keeps(3));
  std::vector<Keeper::Question> questions = keeper_->take();
  std::shuffle(questions.begin(), questions.end(), std::minstd_rand(7));
  for (Keeper::Question& each : questions) each.done(each.sum);
  EXPECT_EQ(heard_.result().value(), 3);
  EXPECT_EQ(second.result().value(), 7);
  EXPECT_EQ(future.get(), 11);
}

TEST_F(Handles, ADroppedReplyAbandonsTheCall) {
  probe_->add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  keeper_->take();
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::abandoned);
}

TEST_F(Handles, AClientThatLeavesIsNoticed) {
  std::optional<RawPeer> peer = RawPeer::connect(folder_.socket());
  Bytes bytes = hello();
  append(bytes, bind_probe());
  append(bytes, call_frame(0, 0, {1, 0, 0, 0, 2, 0, 0, 0}));
  ASSERT_TRUE(peer->send(bytes));
  ASSERT_TRUE(keeps(1));
  const std::stop_token token = keeper_->token_of_first();
  EXPECT_FALSE(token.stop_requested());
  peer.reset();
  EXPECT_TRUE(soon([&] { return token.stop_requested(); }));
  for (Keeper::Question& each : keeper_->take()) each.done(each.sum);  // to nobody
  probe_->add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  keeper_->take().at(0).done(3);
  EXPECT_EQ(heard_.result().value(), 3) << "the server goes on";
}

TEST_F(Handles, ACancelledCallIsNoticed) {
  std::stop_source source;
  const std::stop_token token = source.get_token();
  probe_->with({.stop_token = token}).add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  const std::stop_token noticed = keeper_->token_of_first();
  source.request_stop();
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::cancelled);
  EXPECT_TRUE(soon([&] { return noticed.stop_requested(); }));
}

TEST_F(Handles, ADeadlineEndsBothSides) {
  probe_->with({.deadline = 30ms}).add(1, 2, heard_.handle());
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::deadline_exceeded);
  EXPECT_TRUE(soon([&] { return keeper_->count() == 1 && keeper_->token_of_first().stop_requested(); }));
}

TEST_F(Handles, ACallOutlivesItsChannel) {
  probe_->add(1, 2, heard_.handle());
  probe_.reset();
  ASSERT_TRUE(keeps(1));
  keeper_->take().at(0).done(3);
  EXPECT_EQ(heard_.result().value(), 3);
}

TEST_F(Handles, AServerThatCannotBeReachedIsAFailureOfTheHandle) {
  const ProbeClient nobody(rpc::connect(folder_.url("nobody")));
  nobody.with({.deadline = 30ms}).add(1, 2, heard_.handle());
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::unavailable);
}

TEST_F(Handles, AServerThatKeepsTooManyRefusesMore) {
  rpc::ServerOptions options;
  options.limits.max_in_flight = 2;
  auto keeper = std::make_shared<Keeper>();
  rpc::Server server(options);
  server.serve<Probe>(keeper);
  const ProbeClient probe(rpc::connect(server.listen(folder_.url("small"))));
  Heard others[2];
  for (Heard& each : others) probe.add(1, 2, each.handle());
  ASSERT_TRUE(soon([&] { return keeper->count() == 2; }));
  probe.add(1, 2, heard_.handle());
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::overloaded);
  keeper->take();
  for (Heard& each : others) EXPECT_EQ(each.result().error().code(), rpc::Code::abandoned);
}

TEST_F(Handles, StopWaitsForKeptReplies) {
  probe_->add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  const std::stop_token token = keeper_->token_of_first();
  std::thread stopper([&] { server_->stop(patience); });
  EXPECT_TRUE(soon([&] {  // no new calls once it drains
    const rpc::Error error = error_of([&] { probe_->with({.deadline = 20ms}).add(1, 1); });
    return error.code() == rpc::Code::unavailable;
  }));
  EXPECT_FALSE(token.stop_requested());
  for (Keeper::Question& each : keeper_->take()) each.done(each.sum);
  stopper.join();
  EXPECT_EQ(heard_.result().value(), 3);
}

TEST_F(Handles, StopCancelsWhatIsNotAnswered) {
  probe_->add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  const std::stop_token token = keeper_->token_of_first();
  const std::stop_callback answer(token, [&] { keeper_->take().at(0).done(rpc::Error(rpc::Code::cancelled, "stop")); });
  server_->stop(1ms);
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::cancelled);
}

TEST_F(Handles, AServerThatKeepsItsRepliesIsGoneAllTheSame) {
  probe_->add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  const std::shared_ptr<Gate> gone = keeper_->gone;
  server_->stop(1ms);
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::unavailable);
  EXPECT_FALSE(gone->is_open());
  server_.reset();
  EXPECT_TRUE(gone->wait());
}

TEST_F(Handles, AReplyMayOutliveItsServer) {
  probe_->add(1, 2, heard_.handle());
  ASSERT_TRUE(keeps(1));
  std::vector<Keeper::Question> questions = keeper_->take();
  server_->stop(1ms);
  server_.reset();
  questions.at(0).done(3);
  EXPECT_EQ(heard_.result().error().code(), rpc::Code::unavailable);
}

/// Threads that answer what the server keeps, in any order, or drop it.
class Answering {
 public:
  Answering(Keeper& keeper, unsigned seed) {
    for (unsigned thread = 0; thread < 2; ++thread)
      threads_.emplace_back([&keeper, random = std::minstd_rand(seed + thread)](const std::stop_token& stop) mutable {
        while (!stop.stop_requested()) {
          std::vector<Keeper::Question> questions = keeper.take();
          std::shuffle(questions.begin(), questions.end(), random);
          for (Keeper::Question& each : questions) {
            if (random() % 8 != 0) each.done(each.sum);
          }
          if (questions.empty()) std::this_thread::yield();
        }
      });
  }

 private:
  std::vector<std::jthread> threads_;
};

TEST_F(Handles, TenThousandAreEachCalledOnce) {
  const unsigned seed = std::random_device()();
  RecordProperty("seed", static_cast<int>(seed));
  SCOPED_TRACE("seed " + std::to_string(seed));
  constexpr int calls = 10'000;
  constexpr int threads = 4;
  std::vector<std::atomic<int>> times(calls);
  std::atomic<int> done = 0;
  std::atomic<int> wrong = 0;
  {
    const Answering answering(*keeper_, seed);
    std::vector<std::jthread> callers;
    for (int thread = 0; thread < threads; ++thread) {
      callers.emplace_back([&, thread,
                            random = std::minstd_rand(seed + 10U + static_cast<unsigned>(thread))]() mutable {
        const ProbeClient probe(rpc::connect(url_));
        std::stop_source source;
        for (int call = thread; call < calls; call += threads) {
          const bool stops = random() % 8 == 0;
          const std::stop_token token = stops ? source.get_token() : std::stop_token();
          probe.with({.deadline = patience / 2, .stop_token = token}).add(call, 1, [&, call](rpc::Result<int> result) {
            if (result && *result != call + 1) ++wrong;
            ++times[static_cast<std::size_t>(call)];
            ++done;
          });
          if (random() % 64 == 0) std::exchange(source, std::stop_source()).request_stop();
        }
      });
    }
    callers.clear();
    EXPECT_TRUE(soon([&] { return done == calls; })) << done;
  }
  EXPECT_EQ(wrong, 0);
  EXPECT_TRUE(std::all_of(times.begin(), times.end(), [](const std::atomic<int>& each) { return each == 1; }));
}

}  // namespace
