// Where continuations and coroutines go on: on executors, on an io_context, behind a std::future.
#include <rpc/asio.h>
#include <rpc/log.h>
#include <rpc/rpc.h>
#include <rpc/std_future.h>

#include <gtest/gtest.h>
#include <asio/awaitable.hpp>
#include <asio/bind_cancellation_slot.hpp>
#include <asio/bind_executor.hpp>
#include <asio/cancellation_signal.hpp>
#include <asio/co_spawn.hpp>
#include <asio/detached.hpp>
#include <asio/io_context.hpp>
#include <asio/use_awaitable.hpp>

#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fake_transport.h"

namespace rpc::test {
namespace {

/// Keeps what it is to run until it is told to, like the loop of a window.
struct Loop {
  std::vector<std::function<void()>> jobs;

  auto executor() {
    return [this](std::function<void()> job) { jobs.push_back(std::move(job)); };
  }
  void run() {
    for (const auto& job : std::exchange(jobs, {})) job();
  }
};

struct Refusing {
  void execute(const std::function<void()>&) const { throw std::runtime_error("shut down"); }
};

class ViaTest : public CalculatorTest {
 protected:
  Loop loop;
};

TEST_F(ViaTest, ThenRunsOnTheExecutor) {
  std::optional<int> seen;
  calculator.async_add(1).via(loop.executor()).then([&](Result<int> sum) { seen = sum.value(); });
  transport.reply(0, 7);
  EXPECT_FALSE(seen);
  loop.run();
  EXPECT_EQ(seen, 7);
}

TEST_F(ViaTest, ThenOfAReadyCallRunsThereToo) {
  Future<int> sum = calculator.async_add(1);
  transport.reply(0, 7);
  bool seen = false;
  sum.via(loop.executor()).then([&](Result<int>) { seen = true; });
  EXPECT_FALSE(seen);
  loop.run();
  EXPECT_TRUE(seen);
}

TEST_F(ViaTest, DroppingAbandons) {
  { const auto pending = calculator.async_add(1).via(loop.executor()); }
  EXPECT_TRUE(transport.was_withdrawn(0));
}

std::string refusal;

TEST_F(ViaTest, WhatARefusingExecutorWasToRunRunsAllTheSame) {
  refusal.clear();
  set_log_handler([](const LogRecord& record) { refusal = record.text; });
  std::optional<int> seen;
  calculator.async_add(1).via(Refusing{}).then([&](Result<int> sum) { seen = sum.value(); });
  transport.reply(0, 7);
  set_log_handler(nullptr);
  EXPECT_EQ(seen, 7);
  EXPECT_NE(refusal.find("shut down"), std::string::npos) << refusal;
}

struct Detached {
  struct promise_type {
    Detached get_return_object() const { return {}; }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_never final_suspend() const noexcept { return {}; }
    void return_void() const {}
    void unhandled_exception() const { std::terminate(); }
  };
};

TEST_F(ViaTest, ACoroutineGoesOnThereEvenIfTheCallIsReady) {
  std::vector<int> seen;
  Future<int> ready = calculator.async_add(1);
  transport.reply(0, 1);
  [](const CalculatorClient& calculator, Loop& loop, Future<int> ready, std::vector<int>& seen) -> Detached {
    seen.push_back(co_await ready.via(loop.executor()));
    seen.push_back(co_await calculator.async_add(2).via(loop.executor()));
    try {
      co_await calculator.async_add(3).via(Refusing{});
    } catch (const Error& error) {
      seen.push_back(static_cast<int>(error.code()));
    }
  }(calculator, loop, std::move(ready), seen);
  EXPECT_TRUE(seen.empty());
  loop.run();
  EXPECT_EQ(seen, std::vector{1});
  transport.reply(1, 2);
  EXPECT_EQ(seen.size(), 1U);
  loop.run();
  transport.fail(2, Error(Code::overloaded, "later"));
  EXPECT_EQ(seen, (std::vector{1, 2, static_cast<int>(Code::overloaded)}));
}

TEST_F(ViaTest, ACoroutineSeesThatItsExecutorRefusedAReadyCall) {
  Future<int> ready = calculator.async_add(1);
  transport.reply(0, 1);
  bool refused = false;
  [](Future<int> ready, bool& refused) -> Detached {
    try {
      co_await ready.via(Refusing{});
    } catch (const std::runtime_error&) {
      refused = true;
    }
  }(std::move(ready), refused);
  EXPECT_TRUE(refused);
}

TEST_F(ViaTest, AnIoContextRunsWhatFollows) {
  asio::io_context io;
  std::thread::id ran;
  calculator.async_add(1).via(PostTo{io.get_executor()}).then([&](Result<int>) { ran = std::this_thread::get_id(); });
  std::jthread([&] { transport.reply(0, 7); }).join();
  io.run();
  EXPECT_EQ(ran, std::this_thread::get_id());
}

class AsioTest : public CalculatorTest {
 protected:
  asio::io_context io;
};

TEST_F(AsioTest, ACoroutineOfAsioAwaitsCalls) {
  std::vector<int> seen;
  auto body = [&]() -> asio::awaitable<void> {
    seen.push_back(co_await async_wait(calculator.async_add(1), asio::use_awaitable));
    co_await async_wait(calculator.async_reset(), asio::use_awaitable);
    try {
      co_await async_wait(calculator.async_add(2), asio::use_awaitable);
    } catch (const Error& error) {
      seen.push_back(static_cast<int>(error.code()));
    }
  };
  asio::co_spawn(io, body(), asio::detached);
  std::jthread server([&] {
    transport.reply(transport.sent(0), 7);
    transport.reply_bytes(transport.sent(1), "");
    transport.fail(transport.sent(2), Error(Code::unavailable, "gone"));
  });
  io.run();  // does not end before the calls do
  EXPECT_EQ(seen, (std::vector{7, static_cast<int>(Code::unavailable)}));
}

TEST_F(AsioTest, AHandlerIsNotCalledByWhoeverStartedIt) {
  Future<int> sum = calculator.async_add(1);
  transport.reply(0, 7);
  std::optional<int> seen;
  async_wait(std::move(sum), asio::bind_executor(io, [&](std::exception_ptr error, int value) {
               EXPECT_EQ(error, nullptr);
               seen = value;
             }));
  EXPECT_FALSE(seen);
  io.run();
  EXPECT_EQ(seen, 7);
}

TEST_F(AsioTest, ACancellationSignalEndsTheCall) {
  asio::cancellation_signal signal;
  bool cancelled = false;
  auto handler = [&](std::exception_ptr error, int) {
    try {
      std::rethrow_exception(error);
    } catch (const Error& thrown) {
      cancelled = thrown.code() == Code::cancelled;
    }
  };
  async_wait(calculator.async_add(1), asio::bind_cancellation_slot(signal.slot(), asio::bind_executor(io, handler)));
  signal.emit(asio::cancellation_type::terminal);
  EXPECT_TRUE(transport.was_withdrawn(0));
  io.run();
  EXPECT_TRUE(cancelled);
}

TEST_F(AsioTest, AStdFutureHasTheResult) {
  std::future<int> sum = to_std_future(calculator.async_add(1));
  std::future<void> reset = to_std_future(calculator.async_reset());
  std::future<int> failed = to_std_future(calculator.async_add(2));
  transport.reply(0, 7);
  transport.reply_bytes(1, "");
  transport.fail(2, Error(Code::unavailable, "gone"));
  EXPECT_EQ(sum.get(), 7);
  reset.get();
  EXPECT_THROW(failed.get(), Error);
}

}  // namespace
}  // namespace rpc::test
