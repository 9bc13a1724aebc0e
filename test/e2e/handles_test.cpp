// Completion handles from header to call: each kind of server with each kind of client.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "address.h"
#include "futures.rpc.h"
#include "handles.rpc.h"

namespace {

using namespace std::chrono_literals;

/// What is to be done later, on a thread of its own, the newest first.
class Later {
 public:
  void post(std::function<void()> task) const {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
  }

 private:
  void run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      std::function<void()> task = [] { std::this_thread::yield(); };
      {
        const std::lock_guard lock(mutex_);
        if (!tasks_.empty()) {
          task = std::move(tasks_.back());
          tasks_.pop_back();
        }
      }
      task();
    }
  }

  mutable std::mutex mutex_;
  mutable std::vector<std::function<void()>> tasks_;
  std::jthread thread_{[this](const std::stop_token& stop) { run(stop); }};
};

int sum_of(const std::vector<int>& v) {
  if (v.empty()) throw std::invalid_argument("nothing to add");
  return std::accumulate(v.begin(), v.end(), 0);
}

double length_of(std::string_view text, std::span<const double> more) {
  return static_cast<double>(text.size()) + std::accumulate(more.begin(), more.end(), 0.0);
}

/// Answers now or later. `Interface` is the one or the service, which have the same members.
template <class Interface>
class Handles final : public Interface {
 public:
  void sum(std::vector<int> v, rpc::Reply<int> done) override {
    const int sum = sum_of(v);  // what it throws before the reply is moved away is the answer
    auto kept = std::make_shared<rpc::Reply<int>>(std::move(done));
    later_.post([kept, sum] { (*kept)(sum); });
    if (sum == 13) throw std::runtime_error("after the hand-off, which only the log hears of");
  }
  void length(std::function<void(rpc::Result<double>)> done, std::string_view text,
              std::span<const double> more) const override {
    later_.post([done = std::move(done), text, more] { done(length_of(text, more)); });  // the views are still there
  }
  void reset(const std::function<void(const rpc::Result<void>&)>& done) override { done({}); }
  void divide(int a, rpc::Reply<std::tuple<int, int>> done, int b) override {
    if (b == 0) return;  // dropped
    done(std::tuple(a / b, a % b));
  }
  void box(std::unique_ptr<std::string> value, rpc::Reply<std::unique_ptr<std::string>>&& done) noexcept override {
    *value += "!";
    done(std::move(value));
  }
  void turn(e2e::Sign sign, rpc::Reply<e2e::Sign> done) override {
    done(sign == e2e::Sign::plus ? e2e::Sign::minus : static_cast<e2e::Sign>(7));
  }

 private:
  Later later_;
};

class Results final : public e2e::CalculatorByFutures {
 public:
  int sum(std::vector<int> v) override { return sum_of(v); }
  double length(std::string_view text, std::span<const double> more) const override { return length_of(text, more); }
  void reset() override {}
  std::tuple<int, int> divide(int a, int b) override {
    if (b == 0) throw rpc::Error(rpc::Code::abandoned, "by zero");
    return {a / b, a % b};
  }
  std::unique_ptr<std::string> box(std::unique_ptr<std::string> value) override {
    *value += "!";
    return value;
  }
  e2e::Sign turn(e2e::Sign sign) override {
    return sign == e2e::Sign::plus ? e2e::Sign::minus : static_cast<e2e::Sign>(7);
  }
};

enum class ServedBy { handles, service, results };

struct HandleSetup {
  std::string transport;
  ServedBy kind;
  rpc::Encoding encoding;
};

/// Calls through a handle, and waits for what it hears.
template <class T, class Call>
rpc::Result<T> heard(Call call) {
  std::promise<rpc::Result<T>> promise;
  call([&](rpc::Result<T> result) { promise.set_value(std::move(result)); });
  return promise.get_future().get();
}

class HandlesEndToEnd : public testing::TestWithParam<HandleSetup> {
 protected:
  void SetUp() override {
    rpc::set_log_handler([](const rpc::LogRecord&) {});  // what is thrown after a hand-off
    switch (GetParam().kind) {
      case ServedBy::handles: server_.serve<e2e::Calculator>(std::make_shared<Handles<e2e::Calculator>>()); break;
      case ServedBy::service:
        server_.serve<e2e::Calculator>(std::make_shared<Handles<e2e::CalculatorService>>());
        break;
      case ServedBy::results: server_.serve<e2e::CalculatorByFutures>(std::make_shared<Results>()); break;
    }
    channel_ = rpc::connect(server_.listen(e2e::address(GetParam().transport)), {.encoding = GetParam().encoding});
  }

  void TearDown() override { rpc::set_log_handler(nullptr); }

  rpc::Channel channel() const { return *channel_; }

 private:
  rpc::Server server_;
  std::optional<rpc::Channel> channel_;
};

TEST_P(HandlesEndToEnd, AClientWithHandlesIsAnswered) {
  e2e::CalculatorClient client(channel());
  e2e::Calculator& calculator = client;
  EXPECT_EQ(heard<int>([&](auto done) { calculator.sum({1, 2, 3}, done); }).value(), 6);
  EXPECT_EQ(heard<int>([&](auto done) { calculator.sum({13}, done); }).value(), 13);
  const std::vector<double> more = {1, 0.5};
  EXPECT_EQ(heard<double>([&](auto done) { calculator.length(done, "four", more); }).value(), 5.5);
  EXPECT_TRUE(heard<void>([&](auto done) { calculator.reset(done); }));
  const auto divided = heard<std::tuple<int, int>>([&](auto done) { calculator.divide(7, done, 2); });
  EXPECT_EQ(divided.value(), std::tuple(3, 1));
  const auto boxed =
      heard<std::unique_ptr<std::string>>([&](auto done) { calculator.box(std::make_unique<std::string>("x"), done); });
  EXPECT_EQ(*boxed.value(), "x!");
}

TEST_P(HandlesEndToEnd, EveryFailureComesThroughTheHandle) {
  e2e::CalculatorClient calculator(channel());
  const auto nothing = heard<int>([&](auto done) { calculator.sum({}, done); });
  EXPECT_EQ(nothing.error().remote_type(), "std::invalid_argument");
  const auto dropped = heard<std::tuple<int, int>>([&](auto done) { calculator.divide(7, done, 0); });
  EXPECT_EQ(dropped.error().code(), rpc::Code::abandoned);
  const auto turn = [&](e2e::Sign sign) { return heard<e2e::Sign>([&](auto done) { calculator.turn(sign, done); }); };
  EXPECT_EQ(turn(e2e::Sign::plus).value(), e2e::Sign::minus);
  EXPECT_EQ(turn(e2e::Sign::minus).error().code(), rpc::Code::marshalling) << "of the result";
  EXPECT_EQ(turn(static_cast<e2e::Sign>(5)).error().code(), rpc::Code::marshalling) << "of the argument";
}

TEST_P(HandlesEndToEnd, AnEmptyHandleIsRefusedAtOnce) {
  e2e::CalculatorClient calculator(channel());
  EXPECT_THROW(calculator.sum({1}, {}), rpc::Error);
  EXPECT_THROW(calculator.reset(nullptr), rpc::Error);
  EXPECT_EQ(heard<int>([&](auto done) { calculator.sum({1}, done); }).value(), 1) << "nothing else came of it";
}

TEST_P(HandlesEndToEnd, AClientThatWaitsAndOneWithFuturesAreAnsweredToo) {
  e2e::CalculatorByFuturesClient calculator(channel());
  EXPECT_EQ(calculator.sum({1, 2, 3}), 6);
  EXPECT_EQ(calculator.async_length("four", {}).get(), 4);
  calculator.async_reset().get();
  EXPECT_EQ(calculator.divide(7, 2), std::tuple(3, 1));
  EXPECT_EQ(*calculator.async_box(std::make_unique<std::string>("x")).get(), "x!");
  EXPECT_EQ(calculator.async_sum({}).result().error().remote_type(), "std::invalid_argument");
  EXPECT_EQ(calculator.async_divide(1, 0).result().error().code(), rpc::Code::abandoned);
}

TEST_P(HandlesEndToEnd, ManyCallsInFlightAreEachAnsweredOnce) {
  e2e::CalculatorClient calculator(channel());
  constexpr int count = 500;
  std::vector<std::atomic<int>> answers(count);
  std::promise<void> all;
  std::atomic<int> missing = count;
  for (int i = 0; i < count; ++i) {
    calculator.sum({i, 1}, [&, i](rpc::Result<int> sum) {
      answers[static_cast<std::size_t>(i)] += sum.value();
      if (--missing == 0) all.set_value();
    });
  }
  all.get_future().get();
  for (int i = 0; i < count; ++i) EXPECT_EQ(answers[static_cast<std::size_t>(i)], i + 1);
}

std::string setup_name(const testing::TestParamInfo<HandleSetup>& info) {
  const char* kinds[] = {"_handles", "_service", "_results"};
  return info.param.transport + kinds[static_cast<std::size_t>(info.param.kind)] +
         (info.param.encoding == rpc::Encoding::exact ? "_exact" : "_tagged");
}

std::vector<HandleSetup> handle_setups() {
  std::vector<HandleSetup> all;
  for (const char* transport : {"inproc", "unix", "tcp"}) {
    for (const ServedBy kind : {ServedBy::handles, ServedBy::service, ServedBy::results}) {
      for (const rpc::Encoding encoding : {rpc::Encoding::exact, rpc::Encoding::tagged}) {
        all.push_back({transport, kind, encoding});
      }
    }
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Transports, HandlesEndToEnd, testing::ValuesIn(handle_setups()), setup_name);

TEST(HandlesLocally, AnObjectOfThisProcessIsCalledTheSameWay) {
  Handles<e2e::Calculator> calculator;
  EXPECT_EQ(heard<int>([&](auto done) { calculator.sum({1, 2}, done); }).value(), 3);
  const auto dropped = heard<std::tuple<int, int>>([&](auto done) { calculator.divide(7, done, 0); });
  EXPECT_EQ(dropped.error().code(), rpc::Code::abandoned);
}

TEST(HandlesOnTheWire, AreThePlainMethods) {
  EXPECT_EQ(rpc::Interface<e2e::Calculator>::info().fingerprint,
            rpc::Interface<e2e::CalculatorByFutures>::info().fingerprint);
}

}  // namespace
