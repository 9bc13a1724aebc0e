// What becomes of a message whose handler does not return as it should.
#include <gtest/gtest.h>

#include <rpc/this_call.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/queue/ledger.h"

namespace {

class MessageHandlers : public testing::Test {
 protected:
  QueueFolder folder;
  std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();
  rpc::Queue outbox = rpc::open_queue(options_in(folder.socket("outbox")));
  LedgerClient client{rpc::connect(folder.url(), {.queue = outbox})};
};

TEST_F(MessageHandlers, AreTriedAgainAndTold) {
  std::vector<unsigned> attempts;
  ledger->on_text = [&](const std::string&) {
    attempts.push_back(rpc::this_call().attempt());
    if (attempts.size() < 3) throw std::runtime_error("busy");
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
  EXPECT_EQ(attempts, (std::vector<unsigned>{1, 2, 3}));
}

TEST_F(MessageHandlers, AreCountedWithTheirTimes) {
  ledger->on_text = [&](const std::string&) {
    if (rpc::this_call().attempt() == 1) throw std::runtime_error("busy");
  };
  LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
  for (const rpc::MethodMetrics& each : (*server).metrics().methods) {
    if (each.interface != "Ledger") continue;
    const bool called = each.method == "record";
    EXPECT_EQ(each.succeeded, called ? 1U : 0U);
    EXPECT_EQ(each.failures(), called ? 1U : 0U);
    EXPECT_EQ(each.latency.total(), called ? 2U : 0U);
    EXPECT_EQ(each.latency.sum > 0ns, called);
  }
}

TEST_F(MessageHandlers, DoNotOvertakeOneThatIsTriedAgain) {
  std::atomic<int> failures = 2;
  ledger->on_text = [&](const std::string& text) {
    if (text == "a" && failures-- > 0) throw std::runtime_error("busy");
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a");
  client.async_record("b").handled().get();
  EXPECT_EQ(ledger->texts(), (std::vector<std::string>{"a", "b"}));
}

TEST_F(MessageHandlers, AreSparedPoison) {
  ledger->on_text = [&](const std::string& text) {
    if (text == "poison") throw std::runtime_error("ugh");
  };
  const LedgerServer server(folder, ledger);
  const rpc::Receipt poison = client.async_record("poison");
  client.async_record("b").handled().get();
  EXPECT_FALSE(poison.handled().result());
  EXPECT_EQ(ledger->texts(), (std::vector<std::string>{"b"}));
}

TEST_F(MessageHandlers, MayDiscard) {
  std::atomic<int> calls = 0;
  ledger->on_text = [&](const std::string& text) {
    ++calls;
    if (text == "a") rpc::discard("no use");
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
  client.async_record("b").handled().get();
  EXPECT_EQ(calls, 2);
}

TEST_F(MessageHandlers, MayAskForTheMessageLaterAsOftenAsTheyLike) {
  std::atomic<int> calls = 0;
  ledger->on_text = [&](const std::string&) {
    if (++calls < 10) rpc::retry_after(1ms);
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
  EXPECT_EQ(calls, 10);
}

TEST_F(MessageHandlers, BeginNothingWhileTheServerIsStopped) {
  std::atomic<int> calls = 0;
  Gate began;
  Gate go_on;
  ledger->on_text = [&](const std::string&) {
    ++calls;
    began.open();
    go_on.wait();
  };
  {
    const LedgerServer server(folder, ledger);
    std::vector<rpc::Receipt> receipts;
    for (int i = 0; i < 3; ++i) receipts.push_back(client.async_record("a"));
    for (const rpc::Receipt& receipt : receipts) receipt.delivered().get();
    EXPECT_TRUE(began.wait());
    std::thread stops([&] { (*const_cast<LedgerServer&>(server)).stop(patience); });
    EXPECT_EQ(calls, 1);
    go_on.open();
    stops.join();
  }
  const int before = calls;
  EXPECT_LE(before, 3);
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon([&] { return ledger->texts().size() == 3; }));
  EXPECT_EQ(calls, 3) << "what was handled is not handled again";
}

TEST_F(MessageHandlers, OfOneSenderRunOneAtATimeAndOfTwoTogether) {
  const rpc::Queue other = rpc::open_queue(options_in(folder.socket("other")));
  const LedgerClient second(rpc::connect(folder.url(), {.queue = other}));
  std::atomic<int> inside = 0;
  Gate both;
  ledger->on_text = [&](const std::string&) {
    if (++inside == 2) both.open();
    EXPECT_TRUE(both.wait());
  };
  const LedgerServer server(folder, ledger);
  client.record("meet");
  second.record("meet");
  EXPECT_TRUE(both.wait());
}

TEST_F(MessageHandlers, OfOneSenderRunTogetherAsOftenAsTheOptionsSay) {
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  Gate both;
  ledger->on_text = [&](const std::string&) {
    const int now = ++inside;
    if (now > most) most = now;
    if (now == 2) both.open();
    EXPECT_TRUE(both.wait());
    --inside;
  };
  const LedgerServer server(folder, ledger, 2);
  for (int i = 0; i < 20; ++i) client.record("meet");
  EXPECT_TRUE(soon([&] { return ledger->texts().size() == 20; }));
  EXPECT_EQ(most, 2);
}

TEST_F(MessageHandlers, ThatRunTogetherDoNotWaitForOneThatIsTriedAgain) {
  Gate others_are_done;
  std::atomic<int> attempts = 0;
  ledger->on_text = [&](const std::string& text) {
    if (text == "first" && ++attempts == 1) rpc::retry_after(1h);
    if (text == "last") others_are_done.open();
  };
  const LedgerServer server(folder, ledger, 2);
  client.record("first");
  EXPECT_TRUE(soon([&] { return attempts == 1; }));
  client.record("last");
  EXPECT_TRUE(others_are_done.wait());
}

TEST_F(MessageHandlers, ThatRunTogetherAreGivenEachMessageOfALongQueueOnce) {
  std::vector<std::string> expected;
  for (int i = 0; i < 10'000; ++i) client.async_record(expected.emplace_back(std::to_string(i)));
  client.record(expected.emplace_back("last"));
  std::atomic<int> calls = 0;
  ledger->on_text = [&](const std::string&) {
    if (++calls % 1000 == 0) throw std::runtime_error("busy");
  };
  const LedgerServer server(folder, ledger, 8);
  EXPECT_TRUE(soon([&] { return ledger->texts().size() >= expected.size(); }));
  std::vector<std::string> texts = ledger->texts();
  std::ranges::sort(texts);
  std::ranges::sort(expected);
  EXPECT_EQ(texts, expected);
}

TEST_F(MessageHandlers, MaySendMessagesThemselves) {
  const LedgerServer server(folder, ledger);
  ledger->on_text = [&](const std::string& text) {
    if (text == "a") client.record("b");
  };
  client.record("a");
  EXPECT_TRUE(soon([&] { return ledger->texts().size() == 2; }));
}

TEST_F(MessageHandlers, AreOneServersAlone) {
  const rpc::Queue queue = rpc::open_queue(options_in(folder.socket("inbox")));
  rpc::Server first({.queue = queue});
  rpc::Server second({.queue = queue});
  first.serve<Ledger>(ledger);
  second.serve<Ledger>(ledger);
  first.listen(folder.url("first"));
  EXPECT_EQ(error_of([&] { second.listen(folder.url("second")); }).code(), rpc::Code::not_stored);
  first.stop();
  second.listen(folder.url());
  client.async_record("a").handled().get();
}

}  // namespace
