// What does not go as it should, between Farcall and a RabbitMQ: nothing is lost, nothing is handled twice, and errors
// say what is wrong.
#include <gmock/gmock.h>

#include <atomic>
#include <optional>
#include <string>
#include <thread>

#include "rabbitmq/by_rabbitmq.h"
#include "runtime/net/logged.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class RabbitMqFailure : public ByRabbitMq {};

TEST_F(RabbitMqFailure, OfABrokerThatIsKilledLosesNothing) {
  const auto receiver = receive(broker().url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.record("0");
  ASSERT_TRUE(soon_has({"0"}));
  // It writes down with a delay which queues there are, and would lose one that was just made.
  broker().ctl("eval [dets:sync(Table)||Table<-dets:all()].");
  int sent = 1;
  std::atomic<bool> killed = false;
  std::thread sender([&] {
    while (!killed) {
      client.record(std::to_string(sent++));
      while (!killed && ledger->count() + 3'000 < static_cast<std::size_t>(sent)) std::this_thread::sleep_for(1ms);
    }
    for (int i = 0; i < 1'000; ++i) client.record(std::to_string(sent++));
  });
  EXPECT_TRUE(soon([&] { return ledger->texts().size() > 500; }));
  broker().kill();
  killed = true;
  sender.join();  // who sends does not notice
  EXPECT_LE(ledger->texts().size() + 1'000, static_cast<std::size_t>(sent));
  broker().start();
  EXPECT_TRUE(soon_has(numbers(0, sent)));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
}

TEST_F(RabbitMqFailure, OfConnectionsLosesNothing) {
  Cable to_sender(broker().port());
  Cable to_receiver(broker().port());
  const auto receiver = receive(to_receiver.url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(to_sender.url(), {.queue = outbox}));
  for (int round = 0; round < 10; ++round) {
    for (const std::string& text : numbers(500 * round, 500 * round + 500)) client.async_record(text);
    ASSERT_TRUE(soon([&] { return ledger->texts().size() > 500U * static_cast<unsigned>(round); }));
    to_sender.cut();
    to_receiver.cut();
  }
  EXPECT_TRUE(soon_has(numbers(0, 5'000)));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
  EXPECT_GT(to_sender.connections(), 5);
  EXPECT_GT(to_receiver.connections(), 5);
}

TEST_F(RabbitMqFailure, OfTheConnectionWhileAHandlerRunsDoesNotRepeatIt) {
  Gate begun;
  Gate end;
  ledger->on_text = [&](const std::string& text) {
    if (text != "0") return;
    begun.open();
    end.wait();
  };
  Cable cable(broker().port());
  const auto receiver = receive(cable.url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  for (const std::string& text : numbers(0, 3)) client.record(text);
  ASSERT_TRUE(begun.wait());
  cable.cut();
  ASSERT_TRUE(soon([&] { return cable.connections() == 2; }));
  end.open();
  EXPECT_TRUE(soon_has(numbers(0, 3)));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
  EXPECT_EQ(ledger->texts(), numbers(0, 3));
}

// What is on the way then is more than there is room for, so the sender waits in the middle of a message.
TEST_F(RabbitMqFailure, OfABrokerThatStandsStillInAMessageEndsTheConnection) {
  const Logged log;
  const std::string large(4'000'000, 'x');
  const auto receiver = receive(broker().url());
  Cable cable(broker().port());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(cable.url() + "?heartbeat=1", {.queue = outbox}));
  client.record("0");
  ASSERT_TRUE(soon_has({"0"}));
  cable.hold();
  for (const std::string& text : {large, large, std::string("1")}) client.record(text);
  EXPECT_TRUE(soon([&] { return log.has("wait: no connection with RabbitMQ"); }));
  cable.release();
  EXPECT_TRUE(soon_has({"0", large, large, "1"}));
}

TEST_F(RabbitMqFailure, OfTwentyConsumersPutsTheMessageAside) {
  Gate end;
  ledger->on_text = [&end](const std::string&) { end.wait(); };
  Cable cable(broker().port());
  const auto receiver = receive(cable.url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.async_record("a").delivered().get();
  int cut = 0;
  EXPECT_TRUE(soon([&] {
    const bool is_given = cable.connections() > cut && broker().count("farcall.Ledger") == 0;
    if (is_given) {
      cut = cable.connections();
      cable.cut();
    }
    return broker().count("farcall.dead") == 1;
  }));
  EXPECT_GT(cut, 20);
  end.open();
}

TEST_F(RabbitMqFailure, OfOneHostIsMadeUpForByAnother) {
  const std::string url =
      "amqp://guest:guest@127.0.0.1:1,127.0.0.1:" + std::to_string(broker().port()) + ",nowhere.invalid/%2F";
  const auto receiver = receive(url);
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(url, {.queue = outbox}));
  client.record("a");
  EXPECT_TRUE(soon_has({"a"}));
}

TEST_F(RabbitMqFailure, SaysThatThePasswordIsWrong) {
  EXPECT_THAT(problem_of(broker().url("guest:secret")),
              AllOf(HasSubstr("refuses to log in as guest"), HasSubstr("ACCESS_REFUSED"), Not(HasSubstr("secret"))));
}

TEST_F(RabbitMqFailure, SaysThatThereIsNoSuchVhost) {
  EXPECT_THAT(problem_of(broker().url("guest:guest", "nowhere")), HasSubstr("vhost nowhere"));
}

TEST_F(RabbitMqFailure, TellsTheLogOfASenderAndKeepsTheMessage) {
  const Logged log;
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url("guest:secret"), {.queue = outbox}));
  const rpc::Receipt receipt = client.async_record("a");
  EXPECT_TRUE(soon([&log] { return log.has("wait: RabbitMQ at 127.0.0.1"); }));
  EXPECT_FALSE(log.has("secret"));
  EXPECT_EQ(receipt.state(), rpc::MessageState::stored);
}

/// What makes a broker take nothing, and what ends that.
struct Shortage {
  const char* name;
  const char* begin;
  const char* end;
};

class RabbitMqShortage : public RabbitMqFailure, public testing::WithParamInterface<Shortage> {};

TEST_P(RabbitMqShortage, LeavesMessagesWithTheSenderWhoseQueueCanBeClosed) {
  const Logged log;
  const std::string large(4'000'000, 'x');  // two are more than there is room for on the way
  const auto receiver = receive(broker().url());
  auto outbox = std::make_optional(open_outbox());
  {
    const LedgerClient client(rpc::connect(broker().url(), {.queue = *outbox}));
    client.record("0");
    ASSERT_TRUE(soon_has({"0"}));
    broker().ctl(GetParam().begin);
    for (const std::string& text : {std::string("1"), large, large, std::string("2")}) client.record(text);
    EXPECT_TRUE(soon([&log] { return log.has("takes no messages for now"); }));
  }
  outbox.reset();
  outbox.emplace(open_outbox());
  EXPECT_LT(ledger->texts().size(), 5U);
  broker().ctl(GetParam().end);
  EXPECT_TRUE(soon_has({"0", "1", large, large, "2"}));
}

INSTANTIATE_TEST_SUITE_P(
    Alarm, RabbitMqShortage,
    testing::Values(Shortage{"OfMemory", "set_vm_memory_high_watermark absolute 1", "set_vm_memory_high_watermark 0.4"},
                    Shortage{"OfTheDisk", "set_disk_free_limit 1000000GB", "set_disk_free_limit 10MB"}),
    [](const auto& shortage) { return shortage.param.name; });

TEST_F(RabbitMqFailure, SaysThatAQueueOfTheNameIsAnother) {
  broker().ctl(
      "eval rabbit_amqqueue:declare({resource,<<\"/\">>,queue,<<\"farcall.Ledger\">>},true,false,[],none,<<\"x\">>).");
  EXPECT_THAT(problem_of(broker().url()),
              AllOf(HasSubstr("declare the queue farcall.Ledger"), HasSubstr("PRECONDITION_FAILED")));
}

TEST_F(RabbitMqFailure, SaysWhatIsWrongWithAnAddress) {
  EXPECT_THAT(problem_of("amqp://guest:secret@/x"), AllOf(HasSubstr("a host is missing"), Not(HasSubstr("secret"))));
  EXPECT_THAT(problem_of("amqp://guest@host"), HasSubstr("the password is missing"));
  EXPECT_THAT(problem_of("amqp://host:0"), HasSubstr("from 1 to 65535"));
  EXPECT_THAT(problem_of("amqp://host/a/b"), HasSubstr("%2F"));
  EXPECT_THAT(problem_of("amqp://host/%zz"), HasSubstr("hexadecimal"));
  EXPECT_THAT(problem_of("amqp://host?heartbeat=0"), HasSubstr("from 1 to 600"));
  EXPECT_THAT(problem_of("amqp://host?heartbeat=1s"), HasSubstr("a number of seconds"));
  EXPECT_THAT(problem_of("amqp://host?heartbeat"), HasSubstr("key=value"));
  EXPECT_THAT(problem_of("amqp://guest:sec?k=ret@host"), AllOf(HasSubstr("a port"), Not(HasSubstr("ret"))));
}

TEST_F(RabbitMqFailure, OfCallsIsTheirOwn) {
  rpc::Server server;
  try {
    server.listen(broker().url());
    FAIL();
  } catch (const rpc::Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("no interface with messages"));
  }
}

}  // namespace
