// Calls that nobody wants any more: past their deadline, abandoned, or of a client that is gone. Mostly with peers that
// send only what the test says, so that nothing else can end them.
#include <gtest/gtest.h>

#include <rpc/error.h>
#include <rpc/this_call.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "runtime/net/raw_peer.h"
#include "runtime/net/running.h"

namespace {

using rpc::net::Kind;

constexpr std::uint16_t echo = 1;
constexpr std::uint16_t act = 2;

Bytes reply(std::uint32_t id, std::uint8_t sum) { return plain_frame(Kind::reply, id, {sum, 0, 0, 0}); }

std::optional<rpc::Code> code_of(const std::optional<RawPeer::Received>& answer) {
  if (!answer || answer->header.kind != Kind::failure) return std::nullopt;
  return static_cast<rpc::Code>(answer->body.at(0));
}

/// A client by hand, of a server whose act() runs until it is to stop and whose echo() answers at length.
class LateAtTheServer : public testing::Test {
 protected:
  class Slow final : public Probe {
   public:
    std::string echo(std::string) override {
      ++echoed;
      return std::string(100'000, 'z');
    }
    void act(std::string) override {
      const std::stop_token stop = rpc::this_call().stop_token();
      Gate gate;
      const std::stop_callback on_stop(stop, [&] { gate.open(); });
      ++entered;
      if (gate.wait()) ++stopped;
    }

    std::atomic<int> echoed = 0;
    std::atomic<int> entered = 0;
    std::atomic<int> stopped = 0;
  };

  LateAtTheServer() {
    server_.serve<Probe>(object_);
    server_.listen(folder_.url());
    peer_ = RawPeer::connect(folder_.socket());
  }

  /// Binds and makes the calls in one go.
  bool send(const std::vector<Bytes>& calls) {
    Bytes bytes = hello();
    append(bytes, bind_probe());
    for (const Bytes& call : calls) append(bytes, call);
    return peer_.send(bytes);
  }

  /// The answer to call `id`.
  std::optional<RawPeer::Received> answer_to(std::uint32_t id) {
    for (;;) {
      std::optional<RawPeer::Received> received = peer_.receive();
      if (!received) return received;
      const bool answer = received->header.kind == Kind::reply || received->header.kind == Kind::failure;
      if (answer && received->header.call == id) return received;
    }
  }

  Folder folder_;
  std::shared_ptr<Slow> object_ = std::make_shared<Slow>();
  rpc::Server server_{{.limits = {.max_send_buffer = 4 << 20}}};
  RawPeer peer_{{}};
};

// The server stops in front of the last call because its replies are not read; when they are, the time is up.
TEST_F(LateAtTheServer, CallPastItsDeadlineIsNotStarted) {
  std::vector<Bytes> calls;
  for (std::uint32_t id = 0; id < 60; ++id) calls.push_back(call_frame(id, echo, {0}));
  calls.push_back(call_frame(60, act, {0}, 1));
  ASSERT_TRUE(send(calls));
  ASSERT_TRUE(soon([&] { return object_->echoed != 0; }));
  const auto over = std::chrono::steady_clock::now() + 30ms;  // the server's clock is a coarse one
  ASSERT_TRUE(soon([&] { return std::chrono::steady_clock::now() > over; }));
  EXPECT_EQ(code_of(answer_to(60)), rpc::Code::deadline_exceeded);
  EXPECT_EQ(object_->echoed, 60);
  EXPECT_EQ(object_->entered, 0);
}

TEST_F(LateAtTheServer, RunningCallIsStoppedAtItsDeadlineWithoutACancel) {
  ASSERT_TRUE(send({call_frame(1, act, {0}, 100)}));
  const auto answer = answer_to(1);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header.kind, Kind::reply);
  EXPECT_EQ(object_->stopped, 1);
}

TEST_F(LateAtTheServer, RunningCallsAreStoppedWhenTheClientIsGone) {
  ASSERT_TRUE(send({call_frame(1, act, {0}), call_frame(2, act, {0})}));
  EXPECT_TRUE(soon([&] { return object_->entered == 2; }));
  EXPECT_EQ(object_->stopped, 0);
  peer_.shut();
  EXPECT_TRUE(soon([&] { return object_->stopped == 2; }));
}

/// How a client comes to wait no longer for a call that was sent.
enum class Ended : std::uint8_t { blocking, future, abandoned };

class LateAtTheClient : public testing::TestWithParam<Ended> {
 protected:
  void SetUp() override {
    listener_ = RawPeer::listen(folder_.socket());
    probe_.emplace(rpc::connect(folder_.url()), rpc::CallOptions{.deadline = patience});
    peer_ = RawPeer::accept(listener_);
    ASSERT_TRUE(peer_.send(welcome(2)));
    rpc::Future<int> first = probe_->async_add(1, 1);
    ASSERT_TRUE(peer_.send(reply(next_call(), 2)));
    ASSERT_EQ(first.get(), 2);
  }

  /// Makes a call and gives it up; its number.
  std::uint32_t give_up() {
    const ProbeClient hasty = probe_->with({.deadline = 20ms});
    if (GetParam() == Ended::blocking) {
      EXPECT_EQ(error_of([&] { hasty.add(1, 1); }).code(), rpc::Code::deadline_exceeded);
    } else if (GetParam() == Ended::future) {
      rpc::Future<int> late = hasty.async_add(1, 1);
      EXPECT_EQ(error_of([&] { late.get(); }).code(), rpc::Code::deadline_exceeded);
    } else {
      rpc::Future<int> late = probe_->async_add(1, 1);
      late.abandon();
      EXPECT_EQ(error_of([&] { late.get(); }).code(), rpc::Code::cancelled);
    }
    return next_call();
  }

  std::uint32_t next_call() {
    while (const auto received = peer_.receive()) {
      if (received->header.kind == Kind::call) return received->header.call;
    }
    ADD_FAILURE() << "the client is gone";
    return 0;
  }

  Folder folder_;
  rpc::net::Fd listener_;
  RawPeer peer_{{}};
  std::optional<ProbeClient> probe_;
};

TEST_P(LateAtTheClient, ReplyIsNotTakenForTheNextCall) {
  const std::uint32_t late = give_up();
  rpc::Future<int> sum = probe_->async_add(2, 2);
  const std::uint32_t next = next_call();
  EXPECT_NE(next, late);
  EXPECT_EQ(error_of([&] { probe_->add(3, 3); }).code(), rpc::Code::overloaded);  // two are at the server
  ASSERT_TRUE(peer_.send(reply(late, 111)));
  ASSERT_TRUE(peer_.send(reply(next, 4)));
  EXPECT_EQ(sum.get(), 4);
}

TEST_P(LateAtTheClient, NumberIsFreeAfterItsReplyAndMeansAnotherCall) {
  const std::uint32_t late = give_up();
  ASSERT_TRUE(peer_.send(reply(late, 111)));
  rpc::Future<int> sum = probe_->async_add(2, 2);
  EXPECT_NE(next_call(), late);
  ASSERT_TRUE(peer_.send(reply(late, 111)));  // once more, which no server may
  EXPECT_EQ(error_of([&] { sum.get(); }).code(), rpc::Code::malformed);
}

std::string name_of_end(const testing::TestParamInfo<Ended>& info) {
  static const char* const names[] = {"blocking", "future", "abandoned"};
  return names[info.index];
}

INSTANTIATE_TEST_SUITE_P(Ended, LateAtTheClient, testing::Values(Ended::blocking, Ended::future, Ended::abandoned),
                         name_of_end);

}  // namespace
