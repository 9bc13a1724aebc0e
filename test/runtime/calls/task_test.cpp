#include <rpc/stop.h>
#include <rpc/task.h>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

#include "fake_transport.h"

namespace rpc::test {
namespace {

using namespace std::chrono_literals;

/// Runs a task to its end and keeps what it gave.
template <class T>
class Running {
 public:
  explicit Running(Task<T> task) { drive(std::move(task), *this); }

  bool done = false;
  std::optional<T> value;
  std::exception_ptr exception;

 private:
  struct Coroutine {
    struct promise_type {
      Coroutine get_return_object() const { return {}; }
      std::suspend_never initial_suspend() const noexcept { return {}; }
      std::suspend_never final_suspend() const noexcept { return {}; }
      void return_void() const {}
      void unhandled_exception() const { std::terminate(); }
    };
  };

  static Coroutine drive(Task<T> task, Running& run) {
    try {
      run.value.emplace(co_await std::move(task));
    } catch (...) {
      run.exception = std::current_exception();
    }
    run.done = true;
  }
};

class TaskTest : public CalculatorTest {};

Task<int> answer() { co_return 42; }

TEST_F(TaskTest, GivesItsValue) { EXPECT_EQ(Running(answer()).value, 42); }

TEST_F(TaskTest, StartsWhenAwaited) {
  bool started = false;
  auto body = [&]() -> Task<int> {
    started = true;
    co_return 1;
  };
  Task<int> task = body();
  EXPECT_FALSE(started);
  Running run(std::move(task));
  EXPECT_TRUE(started);
  EXPECT_TRUE(run.done);
}

TEST_F(TaskTest, CarriesMoveOnlyValues) {
  auto body = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
  EXPECT_EQ(**Running(body()).value, 3);
}

TEST_F(TaskTest, CarriesExceptionsThroughEveryLevel) {
  auto inner = []() -> Task<> {
    throw std::out_of_range("sensor");
    co_return;
  };
  auto outer = [&]() -> Task<int> {
    co_await inner();
    co_return 1;
  };
  Running run(outer());
  ASSERT_TRUE(run.done);
  EXPECT_THROW(std::rethrow_exception(run.exception), std::out_of_range);
}

TEST_F(TaskTest, AwaitsFutures) {
  auto body = [&]() -> Task<int> {
    const int first = co_await calculator.async_add(1);
    Future<int> second = calculator.async_add(2);
    co_await calculator.async_reset();
    co_return first + co_await second;
  };
  Running run(body());
  transport.reply(0, 10);
  transport.reply(1, 20);
  EXPECT_FALSE(run.done);
  transport.reply_bytes(2, "");
  EXPECT_EQ(run.value, 30);
}

TEST_F(TaskTest, AwaitingAFailedCallThrows) {
  auto body = [&]() -> Task<std::string> {
    try {
      co_return co_await calculator.async_name();
    } catch (const Error& error) {
      co_return std::string(error.what());
    }
  };
  Running run(body());
  transport.fail(0, Error(Code::unavailable, "gone"));
  EXPECT_EQ(run.value, "gone");
}

TEST_F(TaskTest, GoesOnOnTheThreadThatCompletesTheCall) {
  auto body = [&]() -> Task<std::thread::id> {
    co_await calculator.async_add(1);
    co_return std::this_thread::get_id();
  };
  Running run(body());
  std::thread server([&] { transport.reply(0, 1); });
  const std::thread::id id = server.get_id();
  server.join();
  EXPECT_EQ(run.value, id);
}

TEST_F(TaskTest, DestroyingASuspendedTaskAbandonsItsCall) {
  auto body = [&]() -> Task<int> { co_return co_await calculator.async_add(1); };
  {
    // Started by hand: only its owner may destroy a task, and the owner must not be waiting for it.
    Task<int> task = body();
    std::move(task).operator co_await().await_suspend(std::noop_coroutine()).resume();
    EXPECT_EQ(transport.request(transport.sent(0)).method, 0);
  }
  EXPECT_TRUE(transport.was_withdrawn(0));
}

TEST_F(TaskTest, DestroyingATaskThatNeverRanFreesItsArguments) {
  auto kept = std::make_shared<int>(1);
  auto body = [](std::shared_ptr<int> argument) -> Task<int> { co_return *argument; };
  {
    const Task<int> task = body(kept);
    EXPECT_EQ(kept.use_count(), 2);
  }
  EXPECT_EQ(kept.use_count(), 1);
}

Task<int> depth_of(int levels) {
  if (levels == 0) co_return 0;
  co_return 1 + co_await depth_of(levels - 1);
}

TEST_F(TaskTest, TasksMayAwaitEachOtherDeeply) { EXPECT_EQ(Running(depth_of(1000)).value, 1000); }

// g++ 12 destroys braced aggregates in a co_await expression twice. Everything users write there must survive it.
TEST_F(TaskTest, OptionsMayBeWrittenInsideACoAwaitExpression) {
  std::stop_source stop;
  const std::string tenant = "a tenant whose name does not fit into a small string";
  auto body = [&]() -> Task<int> {
    int sum = co_await calculator.with({.deadline = 250ms}).async_add(1);
    sum += co_await calculator.with({.stop_token = stop.get_token()}).async_add(2);
    sum += co_await calculator
               .with({.deadline = 1s, .stop_token = stop.get_token(), .metadata = {{"tenant", tenant}}, .priority = 2})
               .async_add(3);
    co_return sum;
  };
  Running run(body());
  for (std::uint32_t call = 0; call < 3; ++call) transport.reply(call, 1);
  EXPECT_EQ(run.value, 3);
  EXPECT_EQ(transport.request(0).timeout, 250ms);
  EXPECT_EQ(transport.request(2).metadata, "\6tenant" + std::string(1, char(tenant.size())) + tenant);
  EXPECT_TRUE(stop.stop_possible());
  EXPECT_TRUE(stop.request_stop());
}

}  // namespace
}  // namespace rpc::test
