// By way of a RabbitMQ: once, in order, and what is at the broker meanwhile.
#include <gmock/gmock.h>

#include <rpc/this_call.h>

#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "rabbitmq/by_rabbitmq.h"
#include "runtime/net/logged.h"

namespace {

using testing::HasSubstr;

class RabbitMq : public ByRabbitMq {};

TEST_F(RabbitMq, BringsMessagesOnceAndInOrder) {
  const auto receiver = receive(broker().url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 3'000)) client.async_record(text);
  EXPECT_TRUE(soon_has(numbers(0, 3'000)));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
}

TEST_F(RabbitMq, KeepsWhatIsSentBeforeThereIsAServer) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 10)) client.record(text);
  EXPECT_TRUE(soon_counts("farcall.Ledger", 10));
  const auto receiver = receive(broker().url());
  EXPECT_TRUE(soon_has(numbers(0, 10)));
}

TEST_F(RabbitMq, SaysInPropertiesWhatAMessageIs) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.hourly("a");
  ASSERT_TRUE(soon_counts("farcall.Ledger", 1));
  const auto found = broker().first("farcall.Ledger");
  ASSERT_TRUE(found);
  EXPECT_THAT(found->id, testing::MatchesRegex("[0-9a-f]+/[0-9]+#[0-9]+"));
  EXPECT_EQ(found->type, "Ledger.hourly");
  EXPECT_EQ(found->delivery_mode, 2);
  EXPECT_GT(std::stol(found->expiration), 3'500'000);
  EXPECT_LE(std::stol(found->expiration), 3'600'000);
}

TEST_F(RabbitMq, PutsMessagesOfAPriorityThatHasNoQueueWithTheOrdinaryOnes) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.urgent("a");
  client.urgent("b");
  EXPECT_TRUE(soon_counts("farcall.Ledger", 2));
  const auto receiver = receive(broker().url());
  EXPECT_TRUE(soon_has({"a", "b"}));
}

TEST_F(RabbitMq, LetsUrgentMessagesOvertakeThoseThatWait) {
  Gate gate;
  ledger->on_text = [&gate](const std::string& text) {
    if (text == "0") gate.wait();
  };
  const auto receiver = receive(broker().url());
  EXPECT_EQ(broker().count("farcall.Ledger.7"), 0);  // priorities that methods have
  EXPECT_EQ(broker().count("farcall.Ledger.3"), std::nullopt);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 5)) client.record(text);
  client.urgent("urgent");
  EXPECT_TRUE(soon([&] { return ledger->texts() == Texts{"urgent"}; }));
  gate.open();
  EXPECT_TRUE(soon_has({"urgent", "0", "1", "2", "3", "4"}));
}

TEST_F(RabbitMq, HandlesAsManyOfASenderAtATimeAsItMay) {
  Gate gate;
  std::atomic<int> running = 0;
  ledger->on_text = [&](const std::string& text) {
    if (text == "3") return;
    ++running;
    gate.wait();
  };
  const auto receiver = receive(broker().url(), "inbox", 3);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 3)) client.record(text);
  EXPECT_TRUE(soon([&] { return running == 3; }));
  client.record("3");
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
  EXPECT_EQ(ledger->texts(), Texts());
  gate.open();
  EXPECT_TRUE(soon([&] { return ledger->count() == 4; }));
}

TEST_F(RabbitMq, SharesMessagesAmongServers) {
  const auto one = receive(broker().url(), "one");
  const auto other = receive(broker().url(), "other");
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 500)) client.async_record(text);
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
  EXPECT_TRUE(soon([&] { return ledger->texts().size() == 500; }));
  Texts sorted = ledger->texts();
  Texts expected = numbers(0, 500);
  std::ranges::sort(sorted);
  std::ranges::sort(expected);
  EXPECT_EQ(sorted, expected);
}

TEST_F(RabbitMq, TriesAHandlerAgainAndPutsTheMessageAsideAtLast) {
  std::atomic<unsigned> attempts = 0;
  ledger->on_text = [&attempts](const std::string& text) {
    if (text != "bad") return;
    attempts = rpc::this_call().attempt();
    throw std::runtime_error("no");
  };
  const auto receiver = receive(broker().url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const char* text : {"a", "bad", "b"}) client.record(text);
  EXPECT_TRUE(soon_has({"a", "b"}));
  EXPECT_EQ(attempts, 3U);
  EXPECT_TRUE(soon_counts("farcall.dead", 1));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
}

TEST_F(RabbitMq, PutsAsideWhatTheServerDoesNotHave) {
  const auto receiver = receive(broker().url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.async_gone("a");
  client.record("b");
  EXPECT_TRUE(soon_has({"b"}));
  EXPECT_TRUE(soon_counts("farcall.dead", 1));
}

TEST_F(RabbitMq, PutsAsideAtOnceWhatTheServerDoesNotAllow) {
  const Logged log;
  std::atomic<int> asked = 0;
  const auto receiver = receive(broker().url());
  (**receiver).authorize([&asked](const rpc::AccessRequest& call) {
    ++asked;
    EXPECT_EQ(call.interface, "Ledger");
    EXPECT_EQ(call.mode, rpc::Mode::message);
    EXPECT_EQ(call.peer.identity, "") << "nobody vouches for it";
    return call.metadata("token") == "1234" ? rpc::allow() : rpc::deny("show your token");
  });
  const rpc::Queue outbox = open_outbox();
  const LedgerClient stranger(rpc::connect(broker().url(), {.queue = outbox}));
  const LedgerClient known(rpc::connect(broker().url(), {.queue = outbox}), {.metadata = {{"token", "1234"}}});
  stranger.record("a");
  known.record("b");
  EXPECT_TRUE(soon_has({"b"}));
  EXPECT_TRUE(soon_counts("farcall.dead", 1));
  EXPECT_TRUE(log.has("Ledger.record is not allowed: show your token"));
  EXPECT_EQ(asked, 2) << "asking again changes nothing";
}

TEST_F(RabbitMq, HandlesAMessageOnceThatIsThereTwiceAlsoAfterARestart) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.record("a");
  ASSERT_TRUE(soon_counts("farcall.Ledger", 1));
  const auto message = broker().first("farcall.Ledger");
  ASSERT_TRUE(message);
  broker().repeat("farcall.Ledger", *message);
  {
    const auto receiver = receive(broker().url());
    ASSERT_TRUE(soon_has({"a"}));
    broker().repeat("farcall.Ledger", *message);
    client.record("b");
    EXPECT_TRUE(soon_has({"a", "b"}));
  }
  broker().repeat("farcall.Ledger", *message);
  client.record("c");
  const auto receiver = receive(broker().url());
  EXPECT_TRUE(soon_has({"a", "b", "c"}));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
}

TEST_F(RabbitMq, PutsAsideWhatIsNoMessageOfFarcall) {
  const auto receiver = receive(broker().url());
  broker().repeat("farcall.Ledger", {.id = "1", .type = "letter"});
  EXPECT_TRUE(soon_counts("farcall.dead", 1));
}

TEST_F(RabbitMq, PutsAsideWhatIsTooOld) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.record("a");
  ASSERT_TRUE(soon_counts("farcall.Ledger", 1));
  auto message = broker().first("farcall.Ledger");
  ASSERT_TRUE(message);
  message->expiration = "1";
  broker().repeat("farcall.Ledger", *message);
  const auto receiver = receive(broker().url());
  EXPECT_TRUE(soon_has({"a"}));
  EXPECT_TRUE(soon_counts("farcall.dead", 1));
}

TEST_F(RabbitMq, TellsThatAMessageIsDeliveredAndNoMore) {
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  const rpc::Receipt receipt = client.async_record("a");
  receipt.delivered().get();
  EXPECT_EQ(broker().count("farcall.Ledger"), 1);
  try {
    receipt.handled().get();
    FAIL();
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::unimplemented);
    EXPECT_THAT(error.what(), HasSubstr("only delivered() can be waited for"));
  }
}

TEST_F(RabbitMq, HoldsExpressMessagesInMemoryOfBothEnds) {
  const auto receiver = receive(broker().url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 100)) client.note(text);
  EXPECT_TRUE(soon_has(numbers(0, 100)));
}

}  // namespace
