// Calls in two halves: everything that serves, called in every way there is. And what COM leaves to its users' care.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "towers.h"

namespace e2e {
namespace {

static_assert(rpc::Interface<Tower>::uuid == rpc::Uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e03"));
static_assert(AsyncTower::uuid == rpc::Uuid("4f1e5a10-7c1d-4d0e-8f57-0d6a1b9c2e04"));
static_assert(std::is_base_of_v<AsyncStation, AsyncTower>);

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
  return text_of(info.param.served) + "_by_" + how + "_" +
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
                         [](const auto& info) { return text_of(info.param); });

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
