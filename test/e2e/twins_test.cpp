// Calls in two halves: everything that serves, called in every way there is. And what COM leaves to its users' care.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "address.h"
#include "twins.rpc.h"

namespace e2e {
namespace {

using namespace std::chrono_literals;
using Log = std::vector<std::string>;

static_assert(rpc::Interface<Tower>::uuid == rpc::Uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e03"));
static_assert(AsyncTower::uuid == rpc::Uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e04"));
static_assert(std::is_base_of_v<AsyncStation, AsyncTower>);

/// What all servers do, and what they tell the test.
class PlainTower : public Tower {
 public:
  std::string name() const override { return "tower"; }
  bool adjust(Log& log, std::string_view room, double& low, int step) override {
    log = {"room " + std::string(room), "low " + std::to_string(static_cast<int>(low))};
    low += step;
    return step > 0;
  }
  int add(int a, int b) override { return a + b; }
  std::string add(const std::string& a, const std::string& b) override { return a + b; }
  std::unique_ptr<int> pass(std::unique_ptr<int> value) override {
    if (value) ++*value;
    return value;
  }
  void reset() override { ++resets; }
  void fail(std::string why) override { throw std::out_of_range(why); }
  int wait() override { return wait_for(rpc::this_call().stop_token()); }

  int wait_for(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    waiting = true;
    waiting.notify_all();
    if (!changed_.wait(lock, stop, [this] { return going_on_; }))
      throw rpc::Error(rpc::Code::cancelled, "was told to stop");
    return 7;
  }

  void go_on() {
    const std::lock_guard lock(mutex_);
    going_on_ = true;
    changed_.notify_all();
  }

  std::atomic<int> resets = 0;
  std::atomic<bool> waiting = false;

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool going_on_ = false;
};

class CoroutineTower : public TowerService {
 public:
  rpc::Task<std::string> name() const override { co_return plain.name(); }
  rpc::Task<std::tuple<bool, Log, double>> adjust(std::string_view room, double low, int step) override {
    Log log;
    const bool up = plain.adjust(log, room, low, step);
    co_return std::tuple(up, log, low);
  }
  rpc::Task<int> add(int a, int b) override { co_return plain.add(a, b); }
  rpc::Task<std::string> add(std::string a, std::string b) override { co_return plain.add(a, b); }
  rpc::Task<std::unique_ptr<int>> pass(std::unique_ptr<int> value) override { co_return plain.pass(std::move(value)); }
  rpc::Task<void> reset() override {
    plain.reset();
    co_return;
  }
  rpc::Task<void> fail(std::string why) override {
    plain.fail(why);
    co_return;
  }
  rpc::Task<int> wait() override { co_return plain.wait(); }

  PlainTower plain;
};

/// Works on threads of its own, but for what is done in the first half already.
class TwinTower : public AsyncTower {
 public:
  ~TwinTower() override { plain.go_on(); }

  rpc::Pending Begin_name() const override { return done(); }
  std::string Finish_name(rpc::Pending) const override { return plain.name(); }

  rpc::Pending Begin_adjust(std::string_view room, double low, int step) override {
    rpc::PendingSource source;
    auto& job = source.keep<Adjustment>(false, Log{}, low);
    rpc::Pending pending = source.pending();
    work([this, &job, room, step, source = std::move(source)]() mutable {
      job.up = plain.adjust(job.log, room, job.low, step);  // the view lasts as long as the call
      source.signal();
    });
    return pending;
  }
  bool Finish_adjust(rpc::Pending pending, Log& log, double& low) override {
    Adjustment& job = pending.kept<Adjustment>();
    EXPECT_EQ(low, job.low - 1) << "it is the variable that came in";
    log = job.log;
    low = job.low;
    return job.up;
  }

  rpc::Pending Begin_add(int a, int b) override { return done_with<int>(plain.add(a, b)); }
  int Finish_add(rpc::Pending pending) override { return pending.kept<int>(); }
  rpc::Pending Begin_add_text(const std::string& a, const std::string& b) override {
    return done_with<std::string>(plain.add(a, b));
  }
  std::string Finish_add_text(rpc::Pending pending) override { return pending.kept<std::string>(); }

  rpc::Pending Begin_pass(std::unique_ptr<int> value) override {
    return done_with<std::unique_ptr<int>>(plain.pass(std::move(value)));
  }
  std::unique_ptr<int> Finish_pass(rpc::Pending pending) override {
    return std::move(pending.kept<std::unique_ptr<int>>());
  }

  rpc::Pending Begin_reset() override { return done(); }
  void Finish_reset(rpc::Pending) override { plain.reset(); }

  rpc::Pending Begin_fail(std::string why) override {
    rpc::PendingSource source;
    rpc::Pending pending = source.pending();
    work([why, source = std::move(source)]() mutable { source.fail(std::make_exception_ptr(std::out_of_range(why))); });
    return pending;
  }
  void Finish_fail(rpc::Pending) override { ADD_FAILURE() << "the first half failed"; }

  rpc::Pending Begin_wait() override {
    rpc::PendingSource source;
    int& result = source.keep<int>();
    rpc::Pending pending = source.pending();
    work([this, &result, source = std::move(source)]() mutable {
      try {
        result = plain.wait_for(source.stop_token());
        source.signal();
      } catch (...) {
        source.fail(std::current_exception());
      }
    });
    return pending;
  }
  int Finish_wait(rpc::Pending pending) override { return pending.kept<int>(); }

  /// A worker may be the last that holds this tower, and cannot wait for itself: to be called when no call is left.
  void join_workers() {
    const std::lock_guard lock(mutex_);
    workers_.clear();
  }

  PlainTower plain;

 private:
  struct Adjustment {
    bool up;
    Log log;
    double low;
  };

  static rpc::Pending done() {
    rpc::PendingSource source;
    source.signal();
    return source.pending();
  }

  template <class T>
  static rpc::Pending done_with(T result) {
    rpc::PendingSource source;
    source.keep<T>(std::move(result));
    source.signal();
    return source.pending();
  }

  template <class Work>
  void work(Work what) {
    const std::lock_guard lock(mutex_);
    workers_.emplace_back(std::move(what));
  }

  std::mutex mutex_;
  std::vector<std::jthread> workers_;
};

/// A tower that is called by futures.
class ByFutures : public Tower {
 public:
  explicit ByFutures(TowerClient client) : client_(std::move(client)) {}

  std::string name() const override { return TowerClient(client_).async_name().get(); }
  bool adjust(Log& log, std::string_view room, double& low, int step) override {
    bool up = false;
    std::tie(up, log, low) = client_.async_adjust(room, low, step).get();
    return up;
  }
  int add(int a, int b) override { return client_.async_add(a, b).get(); }
  std::string add(const std::string& a, const std::string& b) override { return client_.async_add(a, b).get(); }
  std::unique_ptr<int> pass(std::unique_ptr<int> value) override { return client_.async_pass(std::move(value)).get(); }
  void reset() override { client_.async_reset().get(); }
  void fail(std::string why) override { client_.async_fail(why).get(); }
  int wait() override { return client_.async_wait().get(); }

 private:
  TowerClient client_;
};

/// A tower that is called in two halves; it may be one of a client or of a server.
class ByHalves : public Tower {
 public:
  explicit ByHalves(AsyncTower& twin) : twin_(twin) {}

  std::string name() const override { return twin_.Finish_name(twin_.Begin_name()); }
  bool adjust(Log& log, std::string_view room, double& low, int step) override {
    return twin_.Finish_adjust(twin_.Begin_adjust(room, low, step), log, low);
  }
  int add(int a, int b) override { return twin_.Finish_add(twin_.Begin_add(a, b)); }
  std::string add(const std::string& a, const std::string& b) override {
    return twin_.Finish_add_text(twin_.Begin_add_text(a, b));
  }
  std::unique_ptr<int> pass(std::unique_ptr<int> value) override {
    return twin_.Finish_pass(twin_.Begin_pass(std::move(value)));
  }
  void reset() override { twin_.Finish_reset(twin_.Begin_reset()); }
  void fail(std::string why) override { twin_.Finish_fail(twin_.Begin_fail(std::move(why))); }
  int wait() override { return twin_.Finish_wait(twin_.Begin_wait()); }

 private:
  AsyncTower& twin_;
};

enum class Served { plain, service, twin };
enum class Called { waiting, futures, halves };

std::string name_of(Served served) {
  return served == Served::plain ? "Tower" : served == Served::service ? "TowerService" : "AsyncTower";
}

/// A server and a client of it.
class TowerSite {
 public:
  TowerSite(Served served, rpc::Encoding encoding) {
    if (served == Served::plain) serve(std::make_shared<PlainTower>());
    if (served == Served::service) serve(std::make_shared<CoroutineTower>());
    if (served == Served::twin) serve(twin_tower_ = std::make_shared<TwinTower>());
    client.emplace(rpc::connect(server.listen(address("inproc")), {.encoding = encoding}));
    twin = client->async_twin();
  }
  ~TowerSite() {
    plain->go_on();
    server.stop(5s);
    if (twin_tower_) twin_tower_->join_workers();
  }

  rpc::Server server;
  PlainTower* plain = nullptr;
  std::optional<TowerClient> client;
  std::unique_ptr<AsyncTower> twin;

 private:
  void serve(std::shared_ptr<PlainTower> object) {
    plain = object.get();
    server.serve<Tower>(std::move(object));
  }
  template <class Object>
  void serve(std::shared_ptr<Object> object) {
    plain = &object->plain;
    server.serve<Tower>(std::move(object));
  }

  std::shared_ptr<TwinTower> twin_tower_;
};

/// One call of each method, whoever serves and however it is called.
void expect_all_calls_to_work(Tower& tower, const PlainTower& served) {
  EXPECT_EQ(tower.name(), "tower");
  Log log = {"from before"};
  double low = 4;
  EXPECT_TRUE(tower.adjust(log, "hall", low, 1));
  EXPECT_EQ(log, (Log{"room hall", "low 4"}));
  EXPECT_EQ(low, 5);
  EXPECT_EQ(tower.add(1, 2), 3);
  EXPECT_EQ(tower.add("one", "two"), "onetwo");
  EXPECT_EQ(*tower.pass(std::make_unique<int>(6)), 7);
  EXPECT_EQ(tower.pass(nullptr), nullptr);
  const int resets = served.resets;
  tower.reset();
  EXPECT_EQ(served.resets, resets + 1);
  try {
    tower.fail("no room 7");
    ADD_FAILURE() << "it did not fail";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::failed);
    EXPECT_EQ(error.remote_type(), "std::out_of_range");
    EXPECT_STREQ(error.what(), "no room 7");
  }
}

struct Pair {
  Served served;
  Called called;
  rpc::Encoding encoding;
};

class TwinMatrix : public testing::TestWithParam<Pair> {};

TEST_P(TwinMatrix, AllCallsWork) {
  TowerSite site(GetParam().served, GetParam().encoding);
  ByFutures futures(*site.client);
  ByHalves halves(*site.twin);
  Tower& tower = GetParam().called == Called::waiting   ? static_cast<Tower&>(*site.client)
                 : GetParam().called == Called::futures ? static_cast<Tower&>(futures)
                                                        : halves;
  expect_all_calls_to_work(tower, *site.plain);
}

std::vector<Pair> all_pairs() {
  std::vector<Pair> pairs;
  for (const Served served : {Served::plain, Served::service, Served::twin})
    for (const Called called : {Called::waiting, Called::futures, Called::halves})
      for (const rpc::Encoding encoding : {rpc::Encoding::exact, rpc::Encoding::tagged})
        pairs.push_back({served, called, encoding});
  return pairs;
}

std::string name_of_pair(const testing::TestParamInfo<Pair>& info) {
  const Called called = info.param.called;
  const std::string how = called == Called::waiting ? "waiting" : called == Called::futures ? "futures" : "halves";
  return name_of(info.param.served) + "_by_" + how + "_" +
         (info.param.encoding == rpc::Encoding::exact ? "exact" : "tagged");
}

INSTANTIATE_TEST_SUITE_P(All, TwinMatrix, testing::ValuesIn(all_pairs()), name_of_pair);

/// What holds whoever serves.
class TwinClient : public testing::TestWithParam<Served> {
 protected:
  rpc::Code code_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const rpc::Error& error) {
      return error.code();
    }
    return {};
  }

  TowerSite site{GetParam(), rpc::Encoding::exact};
};

TEST_P(TwinClient, HasAnyNumberOfCallsUnderWay) {
  rpc::Pending first = site.twin->Begin_add(1, 2);
  rpc::Pending second = site.twin->Begin_add(3, 4);
  rpc::Pending third = site.twin->Begin_name();
  EXPECT_EQ(site.twin->Finish_name(std::move(third)), "tower");
  EXPECT_EQ(site.twin->Finish_add(std::move(second)), 7);
  EXPECT_EQ(site.twin->Finish_add(std::move(first)), 3);
}

TEST_P(TwinClient, CancelsAndFinishesAllTheSame) {
  rpc::Pending pending = site.twin->Begin_wait();
  site.plain->waiting.wait(false);
  pending.cancel();
  EXPECT_EQ(code_of([&] { site.twin->Finish_wait(std::move(pending)); }), rpc::Code::cancelled);
  EXPECT_EQ(site.twin->Finish_add(site.twin->Begin_add(1, 2)), 3) << "and goes on";
}

TEST_P(TwinClient, StopsWhatNobodyWaitsForAnyMore) {
  {
    const rpc::Pending dropped = site.twin->Begin_wait();
    site.plain->waiting.wait(false);
  }
  site.server.stop(5s);  // waits for the call, which is not told to go on
}

TEST_P(TwinClient, HasTheOptionsOfItsClient) {
  const std::unique_ptr<AsyncTower> hasty = site.client->with({.deadline = 20ms}).async_twin();
  rpc::Pending pending = hasty->Begin_wait();
  EXPECT_EQ(code_of([&] { hasty->Finish_wait(std::move(pending)); }), rpc::Code::deadline_exceeded);
}

TEST_P(TwinClient, TellsOfTheNetworkInItsSecondHalf) {
  rpc::Pending begun = site.twin->Begin_wait();
  site.plain->waiting.wait(false);
  site.server.stop(0s);
  EXPECT_NE(code_of([&] { site.twin->Finish_wait(std::move(begun)); }), rpc::Code{});
  rpc::Pending late = site.client->with({.deadline = 100ms}).async_twin()->Begin_add(1, 2);
  EXPECT_NE(code_of([&] { site.twin->Finish_add(std::move(late)); }), rpc::Code{});
}

INSTANTIATE_TEST_SUITE_P(OfAll, TwinClient, testing::Values(Served::plain, Served::service, Served::twin),
                         [](const auto& info) { return name_of(info.param); });

std::string misuse_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::internal);
    return error.what();
  }
  return "nothing was thrown";
}

TEST(Twins, AreFinishedByTheirOwnCallsOnly) {
  TowerSite site(Served::plain, rpc::Encoding::exact);
  AsyncTower& twin = *site.twin;
  const std::string start = "cannot finish a call of e2e::Tower.add: the rpc::Pending is ";
  EXPECT_EQ(misuse_of([&] { twin.Finish_add(rpc::Pending()); }),
            start + "empty: it was moved from, or never was of a call");
  EXPECT_EQ(misuse_of([&] { twin.Finish_add(twin.Begin_reset()); }), start + "of e2e::Tower.reset");
  EXPECT_EQ(misuse_of([&] { twin.Finish_add(rpc::PendingSource().pending()); }), start + "of a PendingSource");
  rpc::Pending pending = twin.Begin_add(1, 2);
  EXPECT_EQ(twin.Finish_add(std::move(pending)), 3);
  EXPECT_EQ(misuse_of([&] { twin.Finish_add(std::move(pending)); }),
            start + "empty: it was moved from, or never was of a call");
}

TEST(Twins, WorkWithoutAServer) {
  TwinTower served;
  ByHalves tower(served);
  EXPECT_EQ(tower.add(1, 2), 3);
  Log log;
  double low = 4;
  rpc::Pending pending = served.Begin_adjust("hall", low, 1);
  EXPECT_TRUE(served.Finish_adjust(std::move(pending), log, low)) << "the second half waits for the first";
  EXPECT_EQ(low, 5);
}

/// Passes every call on to another server, token and all.
class Relay : public TwinTower {
 public:
  explicit Relay(AsyncTower& next) : next_(next) {}
  rpc::Pending Begin_add(int a, int b) override { return next_.Begin_add(a, b); }
  int Finish_add(rpc::Pending pending) override { return 10 * next_.Finish_add(std::move(pending)); }
  rpc::Pending Begin_wait() override { return next_.Begin_wait(); }
  int Finish_wait(rpc::Pending pending) override { return next_.Finish_wait(std::move(pending)); }

 private:
  AsyncTower& next_;
};

TEST(Twins, PassCallsOnWithoutAThread) {
  TowerSite behind(Served::twin, rpc::Encoding::exact);
  rpc::Server server;
  server.serve<Tower>(std::make_shared<Relay>(*behind.twin));
  TowerClient client(rpc::connect(server.listen(address("inproc"))));
  EXPECT_EQ(client.add(1, 2), 30);
  rpc::Future<int> waiting = client.async_wait();
  behind.plain->waiting.wait(false);
  waiting.cancel();
  EXPECT_EQ(waiting.result().error().code(), rpc::Code::cancelled) << "the wish to stop goes all the way";
}

}  // namespace
}  // namespace e2e
