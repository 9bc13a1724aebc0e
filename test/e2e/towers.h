// Everything that serves a Tower, and everything that calls one.
//
//   TowerSite site(Served::twin, rpc::Encoding::exact);
//   site.twin->Begin_name();
#pragma once

#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

#include "address.h"
#include "twins.rpc.h"

namespace e2e {

using namespace std::chrono_literals;
using Log = std::vector<std::string>;

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

inline std::string text_of(Served served) {
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

}  // namespace e2e
