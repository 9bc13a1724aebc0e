// farcallctl queue at a RabbitMQ: what waits there, and what was put aside.
#include <gmock/gmock.h>

#include <rpc/queue_control.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "rabbitmq/by_rabbitmq.h"

namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

class RabbitMqControl : public ByRabbitMq {
 protected:
  /// What the program prints, and "exit code 1".
  std::string ctl(const std::string& words) {
    std::string said;
    FILE* const output = ::popen(("'" FARCALLCTL "' queue " + words + " 2>&1; echo exit code $?").c_str(), "r");
    std::array<char, 1024> bytes;
    while (const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), output))
      said.append(bytes.data(), count);
    ::pclose(output);
    return said;
  }
  std::string at() { return "--dir " + broker().url("guest:guest"); }

  /// Each handler fails until `works` is set.
  void put_aside(const Texts& texts) {
    ledger->on_text = [this](const std::string&) {
      if (!works) throw std::runtime_error("no");
    };
    const auto receiver = receive(broker().url());
    const rpc::Queue outbox = open_outbox();
    const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}), {.metadata = {{"tenant", "north"}}});
    for (const std::string& text : texts) client.record(text);
    ASSERT_TRUE(soon_counts("farcall.dead", static_cast<std::uint32_t>(texts.size())));
  }

  std::vector<rpc::QueuedMessage> dead() {
    return rpc::control_broker(broker().url())->list({.dead = true}, "", 100).messages;
  }

  std::atomic<bool> works = false;
};

TEST_F(RabbitMqControl, ShowsDeadLettersAndLeavesThemThere) {
  put_aside({"a", "b"});
  const auto control = rpc::control_broker(broker().url());
  const rpc::QueuePage first = control->list({.dead = true}, "", 1);
  ASSERT_EQ(first.messages.size(), 1U);
  const rpc::QueuedMessage& message = first.messages.front();
  EXPECT_EQ(message.interface + "." + message.method, "Ledger.record");
  EXPECT_EQ(message.id.substr(0, message.peer.size() + 1), message.peer + "#");
  EXPECT_THAT(message.reason, HasSubstr("rejected: "));
  EXPECT_EQ(message.attempts, 1U);
  EXPECT_LT(std::chrono::system_clock::now() - message.stored, 1min);
  EXPECT_EQ(control->list({.dead = true}, first.next, 10).messages.size(), 1U);
  EXPECT_EQ(control->list({.dead = true, .method = "record"}, "", 10).messages.size(), 2U);
  EXPECT_EQ(control->list({.dead = true, .peer = "nobody"}, "", 10).messages.size(), 0U);
  const rpc::QueueContents contents = control->peek(message.id);
  EXPECT_THAT(contents.metadata, ElementsAre(std::pair("tenant", "north")));
  EXPECT_EQ(contents.arguments.size(), 3U);
  EXPECT_EQ(control->tally("").groups.at(0).messages, 2U);
}

TEST_F(RabbitMqControl, HasDeadLettersHandledAfterAll) {
  put_aside({"a", "b", "c"});
  works = true;
  const auto receiver = receive(broker().url(), "another");
  const auto control = rpc::control_broker(broker().url());
  EXPECT_EQ(control->retry({.ids = {dead().at(1).id}}).changed, 1U);
  EXPECT_TRUE(soon_has({"b"}));
  EXPECT_EQ(control->retry({.matching = rpc::QueueFilter{.dead = true}}).changed, 2U);
  EXPECT_TRUE(soon([&] { return ledger->texts().size() == 3; }));
  EXPECT_THAT(ledger->texts(), UnorderedElementsAre("b", "a", "c"));  // dead letters have no order
  EXPECT_TRUE(soon_counts("farcall.dead", 0));
}

TEST_F(RabbitMqControl, DeletesDeadLetters) {
  put_aside({"a", "b", "c"});
  const auto control = rpc::control_broker(broker().url());
  EXPECT_EQ(control->purge({.ids = {dead().at(1).id}}).changed, 1U);
  EXPECT_TRUE(soon([&] { return dead().size() == 2; }));
  EXPECT_EQ(control->purge({.matching = rpc::QueueFilter{.dead = true, .method = "other"}}).changed, 0U);
  EXPECT_EQ(control->purge({.matching = rpc::QueueFilter{.dead = true}}).changed, 2U);
  EXPECT_TRUE(soon_counts("farcall.dead", 0));
}

TEST_F(RabbitMqControl, LeavesWhatIsNoMessageOfFarcallWhenItTriesAgain) {
  put_aside({"a"});
  broker().repeat("farcall.dead", {.id = "1", .type = "letter"});
  ASSERT_TRUE(soon([&] { return dead().size() == 2; }));
  const auto control = rpc::control_broker(broker().url());
  works = true;
  EXPECT_EQ(control->retry({.matching = rpc::QueueFilter{.dead = true}}).changed, 1U);
  ASSERT_TRUE(soon([&] { return dead().size() == 1; }));
  EXPECT_THAT(dead().front().reason, HasSubstr("no message of Farcall"));
  try {
    control->retry({.ids = {"1"}});
    FAIL();
  } catch (const rpc::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("no message of Farcall"));
  }
}

TEST_F(RabbitMqControl, IsFarcallctl) {
  put_aside({"a"});
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.record("b");
  client.record("c");
  ASSERT_TRUE(soon_counts("farcall.Ledger", 2));
  EXPECT_THAT(ctl("stats " + broker().url() + " Ledger"),
              AllOf(HasSubstr("\nfarcall.Ledger    2         0        -"),
                    HasSubstr("\nfarcall.dead      1         -        16 B  "), HasSubstr("amqp://guest@"),
                    Not(HasSubstr("guest:guest"))));
  EXPECT_THAT(ctl("stats --json " + broker().url() + " Ledger"), HasSubstr("\"waiting\": 2,"));
  EXPECT_THAT(ctl("ls --dead " + at()), AllOf(HasSubstr("broker  dead  "), HasSubstr("  rejected: ")));
  EXPECT_THAT(ctl("ls " + at()), AllOf(HasSubstr("only dead letters can be"), HasSubstr("exit code 1")));
  EXPECT_THAT(ctl("peek " + dead().at(0).id + " " + at()), HasSubstr("metadata  tenant=north\n"));
  EXPECT_THAT(ctl("peek x " + at()), HasSubstr("'x': no such dead letter is there (any more)"));
  EXPECT_THAT(ctl("move --all --to unix:/x " + at()), HasSubstr("what a broker has stays there"));
  EXPECT_THAT(ctl("purge --all --yes " + at()), HasSubstr("only dead letters can be"));
  EXPECT_THAT(ctl("retry --dead " + at()), HasSubstr("1 message to be tried again\n"));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 3));
  EXPECT_THAT(ctl("purge --dead --yes " + at()), HasSubstr("0 messages deleted\n"));
  EXPECT_THAT(ctl("stats amqp://guest:secret@127.0.0.1:1"), AllOf(HasSubstr("exit code 1"), Not(HasSubstr("secret"))));
}

}  // namespace
