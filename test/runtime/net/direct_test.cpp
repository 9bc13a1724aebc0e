// A connection that is the only busy one is waited for in recv(): the others, and all that may happen meanwhile.
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/this_call.h>

#include <sys/syscall.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "net/read_habit.h"
#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using rpc::net::Kind;
using rpc::net::ReadHabit;

/// Calls at even distances; what the habit says after the last.
class Rhythm {
 public:
  bool come(std::uint32_t count, std::chrono::microseconds apart) {
    bool recv = false;
    for (std::uint32_t i = 0; i < count; ++i) recv = habit.next(now_ += apart);
    return recv;
  }

  ReadHabit habit;

 private:
  rpc::net::Time now_{1h};
};

TEST(ReadHabit, TriesBothAndKeepsTheFaster) {
  Rhythm calls;
  EXPECT_FALSE(calls.come(ReadHabit::trial, 20us));  // the first has no distance
  EXPECT_TRUE(calls.come(1, 20us));
  EXPECT_TRUE(calls.come(ReadHabit::trial, 19us));
  EXPECT_TRUE(calls.come(ReadHabit::kept_for - 1, 30us));
  EXPECT_FALSE(calls.come(1, 30us));  // and tries again
  EXPECT_FALSE(calls.come(ReadHabit::trial - 1, 20us));
  EXPECT_TRUE(calls.come(1, 20us));
  EXPECT_FALSE(calls.come(ReadHabit::trial, 21us));
  EXPECT_FALSE(calls.come(ReadHabit::kept_for, 10us));
}

TEST(ReadHabit, BeginsAnew) {
  Rhythm calls;
  EXPECT_TRUE(calls.come(ReadHabit::trial + 1, 20us));
  calls.habit.restart();
  EXPECT_FALSE(calls.come(ReadHabit::trial, 20us));
  EXPECT_TRUE(calls.come(1, 20us));
}

/// Whether a thread that serves sleeps in recv(): what the kernel says of it.
bool one_waits_in_recv() {
  for (const auto& thread : std::filesystem::directory_iterator("/proc/self/task")) {
    std::string name;
    long call = -1;
    std::getline(std::ifstream(thread.path() / "comm"), name);
    std::ifstream(thread.path() / "syscall") >> call;
    if (name == "rpc-loop" && call == SYS_recvfrom) return true;
  }
  return false;
}

/// The same, for a server that has just answered and may be on its way there.
bool one_comes_to_wait_in_recv() {
  for (int look = 0; look < 20; ++look) {
    if (one_waits_in_recv()) return true;
    std::this_thread::sleep_for(1ms);
  }
  return false;
}

class Direct : public testing::Test {
 protected:
  Direct() {
    if (!std::ifstream("/proc/self/syscall")) skipped_ = true;
    running_.object->on_act = [this](const std::string& what) {
      ++entered_;
      Gate stop;
      const std::stop_callback on_stop(rpc::this_call().stop_token(), [&] { stop.open(); });
      EXPECT_TRUE((what == "stop" ? stop : gate_).wait());
      if (what == "stop") ++stopped_;
    };
  }
  void SetUp() override {
    if (skipped_) GTEST_SKIP() << "this system does not say what a thread waits for";
  }
  ~Direct() override { gate_.open(); }

  /// Calls until the server waits for the next call in recv(). It tries that once a connection has made enough calls,
  /// and may find that it does not pay: then a new connection has another try.
  bool becomes_direct() {
    std::uint32_t calls = 0;
    return soon([&] {
      if (calls == 2 * ReadHabit::trial) {
        connect_anew();
        calls = 0;
      }
      EXPECT_EQ(probe_->add(1, 1), 2);
      return ++calls >= ReadHabit::trial && one_comes_to_wait_in_recv();
    });
  }

  /// The server knows nothing of this connection's habits.
  void connect_anew() { probe_.emplace(rpc::connect(running_.url)); }

  bool skipped_ = false;
  std::atomic<int> entered_ = 0;
  std::atomic<int> stopped_ = 0;
  Gate gate_;
  Running running_;
  std::optional<ProbeClient> probe_{rpc::connect(running_.url)};
};

// As many others as there are loops: one at least shares the loop.
TEST_F(Direct, OthersAreServedMeanwhileAndEndIt) {
  std::vector<ProbeClient> others;
  for (unsigned i = 0; i < std::thread::hardware_concurrency(); ++i) others.emplace_back(rpc::connect(running_.url));
  EXPECT_TRUE(soon([&] {
    connect_anew();
    if (!becomes_direct()) return false;
    for (const ProbeClient& other : others) EXPECT_EQ(other.add(1, 2), 3);
    return one_waits_in_recv();
  }));
  EXPECT_EQ(probe_->add(1, 1), 2);
  EXPECT_TRUE(soon([&] { return !one_waits_in_recv(); }));
  EXPECT_TRUE(becomes_direct());
}

TEST_F(Direct, TimeGoesOnMeanwhile) {
  EXPECT_TRUE(soon([&] {
    connect_anew();
    const int before = stopped_;
    rpc::Future<void> late = probe_->with({.deadline = 50ms}).async_act("stop");
    if (!becomes_direct()) return false;
    if (!soon([&] { return stopped_ != before; })) return false;
    return one_waits_in_recv();
  }));
}

TEST_F(Direct, HandlersMayBlock) {
  for (int round = 0; round < 5; ++round) {
    connect_anew();
    ASSERT_TRUE(becomes_direct());
    rpc::Future<void> blocked = probe_->async_act("x");
    for (int i = 0; i < 100; ++i) EXPECT_EQ(probe_->add(i, 1), i + 1);
    EXPECT_TRUE(gate_.is_open() || !blocked.ready());
    gate_.open();
    blocked.get();
  }
}

TEST_F(Direct, CallsMayComeInAnyNumber) {
  ASSERT_TRUE(becomes_direct());
  std::vector<rpc::Future<int>> sums;
  for (int i = 0; i < 1000; ++i) sums.push_back(probe_->async_add(i, i));
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(sums[i].get(), 2 * i);
  const std::string large(3'000'000, 'x');
  connect_anew();
  ASSERT_TRUE(becomes_direct());
  EXPECT_EQ(probe_->echo(large), large);
}

TEST_F(Direct, ServerStops) {
  ASSERT_TRUE(becomes_direct());
  running_.server.stop(1h);
  EXPECT_EQ(error_of([&] { probe_->with({.deadline = 20ms}).add(1, 1); }).code(), rpc::Code::unavailable);
}

TEST_F(Direct, ServerStopsWithARunningCall) {
  rpc::Future<void> pending = probe_->async_act("stop");
  ASSERT_TRUE(becomes_direct());
  running_.server.stop(1ms);
  EXPECT_EQ(stopped_, 1);
  pending.get();
}

TEST_F(Direct, ClientLeaves) {
  rpc::Future<void> pending = probe_->async_act("stop");
  ASSERT_TRUE(becomes_direct());
  pending = {};
  probe_.reset();
  EXPECT_TRUE(soon([&] { return stopped_ == 1; }));
  running_.server.stop(1h);  // waits for the connection to go
}

/// Answers at length, and says how often.
class Lengthy final : public Probe {
 public:
  std::string echo(std::string) override {
    ++served;
    return std::string(200'000, 'z');
  }

  std::atomic<int> served = 0;
};

// As Limits.ServerPausesForAClientThatDoesNotRead.
TEST_F(Direct, ServerPausesForAClientThatDoesNotRead) {
  constexpr int asked = 120;
  const auto object = std::make_shared<Lengthy>();
  rpc::Server server({.limits = {.max_send_buffer = 16 << 20}});
  server.serve<Probe>(object);
  const Folder folder;
  server.listen(folder.url());
  RawPeer peer = RawPeer::connect(folder.socket());
  Bytes bytes = hello();
  append(bytes, bind_probe());
  ASSERT_TRUE(peer.send(bytes));
  ASSERT_TRUE(peer.receive() && peer.receive());
  ASSERT_TRUE(soon([&] {
    peer.send(call_frame(0, 0, Bytes(8)));
    EXPECT_TRUE(peer.receive());
    return one_comes_to_wait_in_recv();
  }));
  bytes.clear();
  for (std::uint32_t id = 0; id < asked; ++id) append(bytes, call_frame(id, 1, {0}));
  ASSERT_TRUE(peer.send(bytes));
  EXPECT_TRUE(soon([&] { return object->served >= 20; }));
  const ProbeClient other(rpc::connect(folder.url()));
  for (int i = 0; i < 50; ++i) EXPECT_EQ(other.add(i, 1), i + 1);
  EXPECT_LT(object->served, 100);
  for (int replies = 0; replies < asked;) {
    const auto received = peer.receive();
    ASSERT_TRUE(received);
    replies += received->header.kind == Kind::reply;
  }
  EXPECT_EQ(object->served, asked);
}

}  // namespace
