// From the sender's queue into the receiver's: whenever the server is there, once, and in order.
#include <gtest/gtest.h>

#include <rpc/this_call.h>

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "runtime/queue/ledger.h"

namespace {

using Texts = std::vector<std::string>;

Texts numbers(int from, int to) {
  Texts texts;
  for (int i = from; i < to; ++i) texts.push_back(std::to_string(i));
  return texts;
}

class Delivery : public testing::Test {
 protected:
  rpc::Queue open_outbox() { return rpc::open_queue(options_in(folder.socket("outbox"))); }
  bool soon_has(const Texts& texts) {
    return soon([&] { return ledger->texts().size() >= texts.size(); }) && ledger->texts() == texts;
  }

  QueueFolder folder;
  std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();
};

TEST_F(Delivery, OfWhatIsSentWhileTheServerRuns) {
  const LedgerServer server(folder, ledger);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 30)) client.record(text);
  EXPECT_TRUE(soon_has(numbers(0, 30)));
}

TEST_F(Delivery, OfWhatIsSentBeforeTheServerStarts) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 10)) client.record(text);
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon_has(numbers(0, 10)));
}

TEST_F(Delivery, OfWhatASenderLeftThatIsGone) {
  {
    const rpc::Queue outbox = open_outbox();
    const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
    for (const std::string& text : numbers(0, 10)) client.record(text);
  }
  const rpc::Queue outbox = open_outbox();
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon_has(numbers(0, 10)));
}

TEST_F(Delivery, GoesOnWhereItWasWhenTheServerIsBack) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  for (int round = 0; round < 3; ++round) {
    const LedgerServer server(folder, ledger);
    for (const std::string& text : numbers(10 * round, 10 * round + 10)) client.record(text);
  }
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon_has(numbers(0, 30)));
}

TEST_F(Delivery, OfFarMoreThanIsKeptInMemory) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 5'000)) client.async_record(text);
  client.record("5000");
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon_has(numbers(0, 5'001)));
}

TEST_F(Delivery, OfUrgentOnesFirst) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  const LedgerClient middle(rpc::connect(folder.url(), {.queue = outbox}), {.priority = 3});
  client.record("a");
  client.urgent("u");
  middle.record("m");
  client.record("b");
  client.urgent("v");
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon_has({"u", "v", "m", "a", "b"}));
}

TEST_F(Delivery, KeepsTheOrderOfEachOfManyThreads) {
  const LedgerServer server(folder, ledger);
  const rpc::Queue outbox = open_outbox();
  std::vector<std::thread> threads;
  for (char name = 'a'; name < 'i'; ++name) {
    threads.emplace_back([&, name] {
      const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
      for (const std::string& text : numbers(100, 130)) client.record(name + text);
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(soon([&] { return ledger->texts().size() == 240; }));
  Texts sorted = ledger->texts();
  std::ranges::stable_sort(sorted, {}, [](const std::string& text) { return text.front(); });
  EXPECT_TRUE(std::ranges::is_sorted(sorted));
}

TEST_F(Delivery, OfExpressOnesThroughMemory) {
  const LedgerServer server(folder, ledger);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 30)) client.note(text);
  EXPECT_TRUE(soon_has(numbers(0, 30)));
}

TEST_F(Delivery, OfOneQueueToItself) {
  const rpc::Queue queue = rpc::open_queue(options_in(folder.socket("both")));
  rpc::Server server({.queue = queue});
  server.serve<Ledger>(ledger);
  const LedgerClient client(rpc::connect(server.listen(folder.url()), {.queue = queue}));
  for (const std::string& text : numbers(0, 30)) client.record(text);
  EXPECT_TRUE(soon_has(numbers(0, 30)));
}

TEST_F(Delivery, CarriesMetadata) {
  std::string tenant;
  ledger->on_text = [&](const std::string&) { tenant = rpc::this_call().metadata("tenant").value_or("none"); };
  const LedgerServer server(folder, ledger);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}), {.metadata = {{"tenant", "north"}}});
  EXPECT_EQ(client.async_record("a").handled().result().has_value(), true);
  EXPECT_EQ(tenant, "north");
}

TEST_F(Delivery, CarriesTheTrace) {
  std::string trace;
  ledger->on_text = [&](const std::string&) { trace = rpc::this_call().trace()->trace_id(); };
  const rpc::Trace sent = rpc::Trace::begin();
  {
    const rpc::Queue outbox = open_outbox();
    LedgerClient(rpc::connect(folder.url(), {.queue = outbox}), {.trace = sent}).record("a");
  }
  const rpc::Queue outbox = open_outbox();
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon_has({"a"})) << "stored by another process";
  EXPECT_EQ(trace, sent.trace_id());
}

TEST_F(Delivery, ToOneServerByTwoAddresses) {
  LedgerServer server(folder, ledger);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient late(rpc::connect(folder.url("late"), {.queue = outbox}));
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  late.record("a");
  client.async_record("b").handled().get();
  (*server).listen(folder.url("late"));
  EXPECT_TRUE(soon_has({"b", "a"}));
}

TEST_F(Delivery, DoesNotBlockWhatGoesToOtherServers) {
  const LedgerServer server(folder, ledger);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient away(rpc::connect(folder.url("nobody"), {.queue = outbox}));
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  away.record("lost in space");
  for (const std::string& text : numbers(0, 10)) client.record(text);
  EXPECT_TRUE(soon_has(numbers(0, 10)));
}

}  // namespace
