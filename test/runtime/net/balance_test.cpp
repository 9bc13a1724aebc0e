// The rules by which calls are spread over servers, without any: time and chance are given.
#include <gtest/gtest.h>

#include "net/balance/group.h"
#include "net/url.h"

#include <rpc/error.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using rpc::net::Ejector;
using rpc::net::Group;
using rpc::net::HedgeDelay;
using rpc::net::Outcome;
using rpc::net::Picker;
using rpc::net::RetryBudget;
using rpc::net::Server;
using rpc::net::Time;

namespace {

constexpr Time start{1h};

Group group_of(Server servers, const rpc::BalanceOptions& options = {}) {
  Group group(options, 1);
  for (Server i = 0; i < servers; ++i) group.set_connected(group.add(), true);
  return group;
}

TEST(Picker, CallsThatTakeTheirTimeAreSpreadEvenly) {
  Picker picker(7);
  for (Server i = 0; i < 10; ++i) picker.add(i), picker.set_usable(i, true);
  for (int i = 0; i < 1000; ++i) picker.began(picker.pick({}).value());
  for (Server i = 0; i < 10; ++i) {
    EXPECT_GE(picker.under_way(i), 95U);
    EXPECT_LE(picker.under_way(i), 105U);
  }
}

TEST(Picker, OneThatDoesNotAnswerIsAvoided) {
  Picker picker(7);
  for (Server i = 0; i < 4; ++i) picker.add(i), picker.set_usable(i, true);
  for (int i = 0; i < 1000; ++i) {
    const Server server = picker.pick({}).value();
    picker.began(server);
    if (server != 0) picker.ended(server);
  }
  EXPECT_LE(picker.under_way(0), 2U);
}

TEST(Picker, GivesNoneBeyondThoseItMay) {
  Picker picker(7);
  for (Server i = 0; i < 3; ++i) picker.add(i), picker.set_usable(i, true);
  const Server tried[] = {0, 2};
  for (int i = 0; i < 100; ++i) EXPECT_EQ(picker.pick(tried), 1U);
  picker.set_usable(1, false);
  EXPECT_EQ(picker.pick(tried), std::nullopt);
  EXPECT_NE(picker.pick({}), std::nullopt);
}

TEST(Ejector, FailuresInARowAndOnlyThose) {
  Ejector ejector;
  for (Server i = 0; i < 4; ++i) ejector.add(i);
  for (unsigned i = 1; i < Ejector::in_a_row; ++i) EXPECT_FALSE(ejector.failed(0, start));
  ejector.succeeded(0);
  for (unsigned i = 1; i < Ejector::in_a_row; ++i) EXPECT_FALSE(ejector.failed(0, start));
  EXPECT_TRUE(ejector.failed(0, start));
  EXPECT_TRUE(ejector.ejected(0));
  EXPECT_FALSE(ejector.ejected(1));
}

/// Fails until it is ejected, and gives when it comes back.
Time eject(Ejector& ejector, Server server, Time now) {
  while (!ejector.failed(server, now)) {}
  return ejector.readmit(now, [](Server) {});
}

TEST(Ejector, EachTimeTakesTwiceAsLongUntilItDoesWell) {
  Ejector ejector;
  for (Server i = 0; i < 4; ++i) ejector.add(i);
  Time now = start;
  for (const auto expected : {1s, 2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
    const Time back = eject(ejector, 0, now);
    EXPECT_EQ(back - now, expected);
    now = back;
    ejector.readmit(now, [](Server) {});
    EXPECT_FALSE(ejector.ejected(0));
  }
  for (int i = 0; i < 1000; ++i) ejector.succeeded(0);
  EXPECT_EQ(eject(ejector, 0, now) - now, 1s);
}

TEST(Ejector, NeverMoreThanHalf) {
  for (const Server servers : {1U, 2U, 5U, 10U}) {
    Ejector ejector;
    for (Server i = 0; i < servers; ++i) ejector.add(i);
    for (int round = 0; round < 100; ++round) {
      for (Server i = 0; i < servers; ++i) ejector.failed(i, start);
    }
    Server out = 0;
    for (Server i = 0; i < servers; ++i) out += ejector.ejected(i) ? 1 : 0;
    EXPECT_EQ(out, servers / 2);
  }
}

TEST(Ejector, HalfOfTheCallsFailWhereOthersDoWell) {
  Ejector ejector;
  for (Server i = 0; i < 4; ++i) ejector.add(i);
  for (int i = 0; i < 100; ++i) {
    for (Server other = 1; other < 4; ++other) ejector.succeeded(other);
    if (ejector.failed(0, start)) break;
    ejector.succeeded(0);
  }
  EXPECT_TRUE(ejector.ejected(0));
}

TEST(Ejector, HalfOfTheCallsFailEverywhere) {
  Ejector ejector;
  for (Server i = 0; i < 4; ++i) ejector.add(i);
  for (int i = 0; i < 1000; ++i) {
    for (Server each = 0; each < 4; ++each) {
      EXPECT_FALSE(ejector.failed(each, start));
      ejector.succeeded(each);
    }
  }
}

TEST(RetryBudget, IsAShareOfTheCalls) {
  RetryBudget budget(10);
  while (budget.spend()) {}
  unsigned retries = 0;
  for (int i = 0; i < 1000; ++i) {
    budget.earn();
    while (budget.spend()) ++retries;
  }
  EXPECT_EQ(retries, 100U);
}

TEST(RetryBudget, SavesSomeAndNotMore) {
  RetryBudget budget(10);
  for (int i = 0; i < 1'000'000; ++i) budget.earn();
  unsigned retries = 0;
  while (budget.spend()) ++retries;
  EXPECT_EQ(retries, RetryBudget::most);
  EXPECT_FALSE(RetryBudget(0).spend());
}

TEST(HedgeDelay, IsThePercentileOfWhatCallsTookLately) {
  HedgeDelay delay(0ns, 95);
  EXPECT_EQ(delay.get(), std::nullopt);
  const auto take = [&](int calls, std::chrono::nanoseconds step) {
    for (int i = 0; i < calls; ++i) delay.note(step * (1 + i % 100));
  };
  take(2000, 10us);
  EXPECT_GE(delay.get().value(), 950us);
  EXPECT_LE(delay.get().value(), 950us * 9 / 8 + 1ns);
  take(20'000, 1ms);
  EXPECT_GE(delay.get().value(), 90ms);
  EXPECT_LE(delay.get().value(), 110ms);
}

TEST(HedgeDelay, IsFixedOrNotLess) {
  EXPECT_FALSE(HedgeDelay(0ns, 0).on());
  EXPECT_EQ(HedgeDelay(5ms, 0).get(), 5ms);
  HedgeDelay both(5ms, 90);
  for (int i = 0; i < 1000; ++i) both.note(1us);
  EXPECT_EQ(both.get(), 5ms);
}

TEST(Group, TakesEjectedServersWhereThereAreNoOthers) {
  Group group = group_of(2);
  while (!group.ended(*group.pick({}), Outcome::failure, start)) {}
  std::vector<Server> chosen;
  for (int i = 0; i < 10; ++i) chosen.push_back(*group.pick({}));
  EXPECT_EQ(std::ranges::count(chosen, chosen.front()), 10);  // the other one is ejected
  group.set_connected(chosen.front(), false);
  EXPECT_EQ(group.pick({}), 1 - chosen.front());
  group.set_connected(1 - chosen.front(), false);
  EXPECT_EQ(group.pick({}), std::nullopt);
}

TEST(Group, AServerThatComesAfterOneThatWentHasNothingOfIt) {
  Group group = group_of(2);
  for (Server i = 0; i < 2; ++i) group.set_connected(i, false);
  group.set_connected(0, true);
  while (!group.ended(*group.pick({}), Outcome::failure, start)) {}
  group.remove(0);
  EXPECT_EQ(group.size(), 1U);
  const Server fresh = group.add();
  EXPECT_EQ(fresh, 0U);
  EXPECT_EQ(group.pick({}), std::nullopt);
  group.set_connected(fresh, true);
  EXPECT_EQ(group.pick({}), fresh);
}

std::vector<std::string> texts_of(const std::string& list) {
  std::vector<std::string> texts;
  for (const rpc::net::Url& url : rpc::net::parse_urls(list)) texts.push_back(url.text());
  return texts;
}

using Texts = std::vector<std::string>;

TEST(AddressLists, OfSeveralServers) {
  EXPECT_EQ(texts_of("tcp://a:1"), Texts{"tcp://a:1"});
  EXPECT_EQ(texts_of("tcp://a:1,b:2,[::1]:3"), (Texts{"tcp://a:1", "tcp://b:2", "tcp://[::1]:3"}));
  EXPECT_EQ(texts_of("tcp://a:1,tcp://b:2,c:3"), (Texts{"tcp://a:1", "tcp://b:2", "tcp://c:3"}));
  EXPECT_EQ(texts_of("unix:/a,unix:/b"), (Texts{"unix:/a", "unix:/b"}));
  EXPECT_EQ(texts_of("unix:/a,tcp://b:2,c:3,inproc:d"), (Texts{"unix:/a", "tcp://b:2", "tcp://c:3", "inproc:d"}));
  EXPECT_EQ(texts_of("unix:/a,b"), Texts{"unix:/a,b"});
  EXPECT_EQ(texts_of("inproc:a, b"), Texts{"inproc:a, b"});
}

TEST(AddressLists, ThatAreNone) {
  for (const std::string list : {"tcp://a:1,", "tcp://,a:1", "tcp://a:1,,b:2", "tcp://a:1,b", "tcp://a:1,udp://b:2",
                                 "tcp://a:1 ,b:2", ",tcp://a:1", "", ","}) {
    EXPECT_THROW(rpc::net::parse_urls(list), rpc::Error) << list;
  }
}

}  // namespace
