// Deadlines, cancelling, servers and clients that go away, and servers that come back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/stop.h>
#include <rpc/this_call.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "runtime/net/running.h"

namespace {

using testing::HasSubstr;

/// Waits in a handler until the call is to stop.
void wait_for_stop(std::atomic<int>& entered, std::atomic<int>& stopped) {
  const std::stop_token stop = rpc::this_call().stop_token();
  Gate gate;
  const std::stop_callback on_stop(stop, [&] { gate.open(); });
  ++entered;
  if (gate.wait()) ++stopped;
}

class Ending : public testing::Test {
 protected:
  Ending() {
    running_.object->on_act = [this](const std::string& what) {
      if (what == "stop") return wait_for_stop(entered_, stopped_);
      ++entered_;
      EXPECT_TRUE(gate_.wait());
    };
    EXPECT_EQ(probe_.add(1, 1), 2);  // deadlines count for the connection, too
  }
  ~Ending() override { gate_.open(); }

  std::atomic<int> entered_ = 0;
  std::atomic<int> stopped_ = 0;
  Gate gate_;
  Running running_;
  ProbeClient probe_{rpc::connect(running_.url)};
};

TEST_F(Ending, DeadlineEndsABlockingCall) {
  const rpc::Error error = error_of([&] { probe_.with({.deadline = 30ms}).act("wait"); });
  EXPECT_EQ(error.code(), rpc::Code::deadline_exceeded);
  EXPECT_EQ(probe_.add(1, 1), 2);
}

TEST_F(Ending, DeadlineEndsAFuture) {
  rpc::Future<void> pending = probe_.with({.deadline = 30ms}).async_act("wait");
  EXPECT_EQ(error_of([&] { pending.get(); }).code(), rpc::Code::deadline_exceeded);
}

TEST_F(Ending, DeadlineEndsAFutureNobodyWaitsFor) {
  std::atomic<int> code = 0;
  probe_.with({.deadline = 30ms}).async_act("wait").then([&](rpc::Result<void> result) {
    code = static_cast<int>(result.error().code());
  });
  EXPECT_TRUE(soon([&] { return code == static_cast<int>(rpc::Code::deadline_exceeded); }));
}

// They read for each other, one after the other, until none has time left.
TEST_F(Ending, DeadlineEndsAllOfManyWhoWait) {
  const ProbeClient other(rpc::connect(running_.url));
  const rpc::Future<void> longer = other.with({.deadline = 1800ms}).async_act("wait");
  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&] { error_of([&] { probe_.with({.deadline = 1030ms}).act("wait"); }); });
    EXPECT_TRUE(soon([&] { return entered_ == i + 2; }));
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_FALSE(longer.ready()) << "that had more time";
}

TEST_F(Ending, DeadlineStopsTheHandler) {
  EXPECT_TRUE(soon([&] {  // the reply may be just in time, and a call that came too late is not started
    static_cast<void>(error_of([&] { probe_.with({.deadline = 30ms}).act("stop"); }));
    return stopped_ != 0;
  }));
}

TEST_F(Ending, CancelStopsTheHandlerAndTheCallGoesOn) {
  rpc::Future<void> pending = probe_.async_act("stop");
  EXPECT_TRUE(soon([&] { return entered_ == 1; }));
  pending.cancel();
  pending.get();
  EXPECT_EQ(stopped_, 1);
}

TEST_F(Ending, AbandonStopsTheHandlerAndEndsTheCall) {
  rpc::Future<void> pending = probe_.async_act("stop");
  EXPECT_TRUE(soon([&] { return entered_ == 1; }));
  pending.abandon();
  EXPECT_EQ(error_of([&] { pending.get(); }).code(), rpc::Code::cancelled);
  EXPECT_TRUE(soon([&] { return stopped_ == 1; }));
}

TEST_F(Ending, DroppedFutureStopsTheHandler) {
  {
    const rpc::Future<void> pending = probe_.async_act("stop");
    EXPECT_TRUE(soon([&] { return entered_ == 1; }));
  }
  EXPECT_TRUE(soon([&] { return stopped_ == 1; }));
}

TEST_F(Ending, StopTokenEndsABlockingCall) {
  std::stop_source source;
  std::thread stopper([&] {
    EXPECT_TRUE(soon([&] { return entered_ == 1; }));
    source.request_stop();
  });
  EXPECT_EQ(error_of([&] { probe_.with({.stop_token = source.get_token()}).act("stop"); }).code(),
            rpc::Code::cancelled);
  stopper.join();
  EXPECT_TRUE(soon([&] { return stopped_ == 1; }));
}

TEST_F(Ending, ClientThatLeavesStopsItsHandlers) {
  {
    const ProbeClient other(rpc::connect(running_.url));
    rpc::Future<void> pending = other.async_act("stop");
    EXPECT_TRUE(soon([&] { return entered_ == 1; }));
  }
  EXPECT_TRUE(soon([&] { return stopped_ == 1; }));
}

TEST_F(Ending, ServerThatClosesFailsPendingCallsAtOnce) {
  rpc::Future<void> future = probe_.async_act("wait");
  std::thread stopper([&] {
    EXPECT_TRUE(soon([&] { return entered_ == 2; }));
    running_.server.stop(0s);
  });
  EXPECT_EQ(error_of([&] { probe_.act("wait"); }).code(), rpc::Code::unavailable);
  EXPECT_EQ(error_of([&] { future.get(); }).code(), rpc::Code::unavailable);
  stopper.join();
}

TEST_F(Ending, IdleConnectionNoticesTheServersEnd) {
  EXPECT_EQ(probe_.add(1, 1), 2);
  running_.server.stop();
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(error_of([&] { probe_.with({.deadline = 100ms}).add(1, 1); }).code(), rpc::Code::unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, patience);
}

TEST_F(Ending, StopLetsRunningCallsFinish) {
  rpc::Future<void> pending = probe_.async_act("wait");
  EXPECT_TRUE(soon([&] { return entered_ == 1; }));
  std::thread stopper([&] { running_.server.stop(patience); });
  EXPECT_TRUE(soon([&] {  // no new calls once it drains
    const rpc::Error error = error_of([&] { probe_.with({.deadline = 20ms}).add(1, 1); });
    return error.code() == rpc::Code::unavailable || error.code() == rpc::Code::deadline_exceeded;
  }));
  EXPECT_FALSE(pending.ready());
  gate_.open();
  pending.get();
  stopper.join();
}

TEST_F(Ending, StopCancelsWhatDoesNotFinish) {
  rpc::Future<void> pending = probe_.async_act("stop");
  EXPECT_TRUE(soon([&] { return entered_ == 1; }));
  running_.server.stop(1ms);
  EXPECT_EQ(stopped_, 1);
  pending.get();  // it had the time to answer
}

TEST_F(Ending, RunReturnsWhenStopped) {
  std::thread runner([&] { running_.server.run(); });
  EXPECT_EQ(probe_.add(1, 1), 2);
  running_.server.stop();
  runner.join();
  running_.server.run();  // stopped already
}

TEST_F(Ending, HandlerMayStopItsServer) {
  running_.object->on_act = [&](const std::string&) { running_.server.stop(10ms); };
  static_cast<void>(error_of([&] { probe_.act("x"); }));
  running_.server.run();
}

TEST(Reconnecting, ServerThatComesBack) {
  const Folder folder;
  auto server = std::make_unique<rpc::Server>();
  server->serve<Probe>(std::make_shared<Probe>());
  const ProbeClient probe(rpc::connect(server->listen(folder.url())));
  for (int round = 0; round < 5; ++round) {
    EXPECT_EQ(probe.add(round, 1), round + 1);
    server.reset();
    rpc::Future<int> early = probe.async_add(round, 2);  // waits for the server, or is lost with the old one
    server = std::make_unique<rpc::Server>();
    server->serve<Probe>(std::make_shared<Probe>());
    server->listen(folder.url());
    const rpc::Result<int> result = early.result();
    EXPECT_TRUE(!result || *result == round + 2);
    EXPECT_TRUE(soon([&] { return error_of([&] { probe.add(1, 1); }).code() == rpc::Code{}; }));
  }
}

TEST(Reconnecting, CallWaitsForAServerThatIsLate) {
  const Folder folder;
  const ProbeClient probe(rpc::connect(folder.url()));
  rpc::Future<int> future = probe.async_add(2, 2);
  rpc::Server server;
  std::thread starter([&] {
    server.serve<Probe>(std::make_shared<Probe>());
    server.listen(folder.url());
  });
  EXPECT_EQ(probe.add(1, 1), 2);
  EXPECT_EQ(future.get(), 4);
  starter.join();
}

TEST(Reconnecting, NoServerFailsAtTheDeadlineAndSaysWhy) {
  const Folder folder;
  const ProbeClient probe(rpc::connect(folder.url()), {.deadline = 50ms});
  const rpc::Error error = error_of([&] { probe.add(1, 1); });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_THAT(error.what(), HasSubstr("No such file"));
  EXPECT_THAT(error.what(), HasSubstr(folder.url()));
  rpc::Future<int> future = probe.async_add(1, 1);
  EXPECT_EQ(error_of([&] { future.get(); }).code(), rpc::Code::unavailable);
}

}  // namespace
