// What a receipt tells.
#include <gtest/gtest.h>

#include <rpc/queue_control.h>
#include <rpc/this_call.h>

#include <ranges>
#include <stdexcept>
#include <string>

#include "runtime/failures_page.h"
#include "runtime/queue/ledger.h"

namespace {

class Receipts : public testing::Test {
 protected:
  QueueFolder folder_;
  std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
  rpc::Queue outbox_ = rpc::open_queue(options_in(folder_.socket("outbox")));
  LedgerClient client_{rpc::connect(folder_.url(), {.queue = outbox_})};
};

TEST_F(Receipts, TellEveryStep) {
  const rpc::Receipt receipt = client_.async_record("a");
  receipt.stored().get();
  EXPECT_EQ(receipt.state(), rpc::MessageState::stored);
  EXPECT_FALSE(receipt.delivered().ready());
  Gate gate;
  ledger_->on_text = [&](const std::string&) { gate.wait(); };
  const LedgerServer server(folder_, ledger_);
  receipt.delivered().get();
  EXPECT_FALSE(receipt.handled().ready());
  gate.open();
  receipt.handled().get();
  EXPECT_EQ(receipt.state(), rpc::MessageState::handled);
  EXPECT_EQ(ledger_->texts().size(), 1U);
}

TEST_F(Receipts, TellOfExpressOnes) {
  const LedgerServer server(folder_, ledger_);
  client_.async_note("a").handled().get();
  EXPECT_EQ(ledger_->texts().size(), 1U);
}

TEST_F(Receipts, TellOfManyInAnyOrder) {
  const LedgerServer server(folder_, ledger_);
  std::vector<rpc::Receipt> receipts;
  for (int i = 0; i < 200; ++i) receipts.push_back(client_.async_record(std::to_string(i)));
  for (rpc::Receipt& receipt : std::views::reverse(receipts)) receipt.handled().get();
  EXPECT_EQ(ledger_->texts().size(), 200U);
}

TEST_F(Receipts, OutliveTheServerThatIsStoppedMeanwhile) {
  Gate gate;
  ledger_->on_text = [&](const std::string&) {
    if (!gate.is_open()) rpc::retry_after(1ms);
  };
  std::vector<rpc::Receipt> receipts;
  {
    const LedgerServer server(folder_, ledger_);
    receipts.push_back(client_.async_record("a"));
    receipts.back().delivered().get();
  }
  gate.open();
  const LedgerServer server(folder_, ledger_);
  receipts.back().handled().get();
}

TEST_F(Receipts, TellWhyTheServerRefuses) {
  const LedgerServer server(folder_, ledger_);
  const rpc::Receipt receipt = client_.async_gone("a");
  const rpc::Error error = error_of([&] { receipt.handled().get(); });
  EXPECT_EQ(error.code(), rpc::Code::unimplemented);
  EXPECT_STREQ(error.what(), "the server's Ledger has no message gone");
  EXPECT_TRUE(is_told("the server's … has no message", error));
  EXPECT_EQ(receipt.state(), rpc::MessageState::failed);
  EXPECT_TRUE(receipt.stored().result()) << "it was stored before";
}

TEST_F(Receipts, TellThatTheServerHasNoSuchInterface) {
  const rpc::Queue inbox = rpc::open_queue(options_in(folder_.socket("inbox")));
  rpc::Server server({.queue = inbox});
  server.listen(folder_.url());
  EXPECT_TRUE(is_told("the server does not serve", [&] { client_.async_record("a").handled().get(); }));
}

TEST_F(Receipts, TellThatTheServerDoesNotAllowIt) {
  LedgerServer server(folder_, ledger_);
  (*server).authorize([](const rpc::AccessRequest& call) {
    const bool known = call.metadata("token") == "1234" && call.peer.identity.starts_with("uid:");
    EXPECT_EQ(call.interface, "Ledger") << "not the one by which messages come";
    EXPECT_EQ(call.mode, rpc::Mode::message);
    return known || call.method == "note" ? rpc::allow() : rpc::deny("show your token");
  });
  const rpc::Receipt receipt = client_.async_record("a");
  const rpc::Error error = error_of([&] { receipt.handled().get(); });
  EXPECT_EQ(error.code(), rpc::Code::denied);
  EXPECT_STREQ(error.what(), "Ledger.record is not allowed: show your token");
  EXPECT_TRUE(is_told("… is not allowed", error));
  client_.async_note("b").handled().get();
  LedgerClient(rpc::connect(folder_.url(), {.queue = outbox_}), {.metadata = {{"token", "1234"}}}).record("c");
  EXPECT_TRUE(soon([&] { return ledger_->texts().size() == 2; }));
  EXPECT_EQ(ledger_->texts(), (std::vector<std::string>{"b", "c"}));
  const rpc::QueuePage dead = rpc::control_queue(folder_.socket("outbox"))->list({.dead = true}, "", 10);
  ASSERT_EQ(dead.messages.size(), 1U) << "at once: asking again changes nothing";
  EXPECT_EQ(dead.messages[0].reason, "denied: Ledger.record is not allowed: show your token");
}

TEST_F(Receipts, TellWhatTheHandlerThrew) {
  ledger_->on_text = [](const std::string&) { throw std::runtime_error("no ink"); };
  const LedgerServer server(folder_, ledger_);
  const rpc::Error error = error_of([&] { client_.async_record("a").handled().get(); });
  EXPECT_EQ(error.code(), rpc::Code::failed);
  EXPECT_STREQ(error.what(), "failed: no ink");
  EXPECT_TRUE(is_told("failed: ", error));
}

TEST_F(Receipts, TellThatAMessageExpired) {
  const rpc::Receipt receipt = client_.async_brief("a");
  receipt.stored().get();
  const auto later = std::chrono::steady_clock::now() + 2ms;
  EXPECT_TRUE(soon([&] { return std::chrono::steady_clock::now() > later; }));
  const LedgerServer server(folder_, ledger_);
  EXPECT_TRUE(is_told("the message expired", [&] { receipt.delivered().get(); }));
  EXPECT_TRUE(ledger_->texts().empty());
}

TEST_F(Receipts, AreAbandonedWithTheQueue) {
  QueueFolder other;
  std::optional<rpc::Receipt> receipt;
  {
    const rpc::Queue queue = rpc::open_queue(options_in(other.socket("outbox")));
    receipt = LedgerClient(rpc::connect(other.url(), {.queue = queue})).async_record("a");
    receipt->stored().get();
  }
  EXPECT_TRUE(is_told("the queue was closed", [&] { receipt->delivered().get(); }));
  receipt->stored().get();
}

TEST_F(Receipts, MayGoBeforeTheirFutures) {
  rpc::Future<void> handled = client_.async_record("a").handled();
  const LedgerServer server(folder_, ledger_);
  handled.get();
  client_.async_record("b").handled().detach();
  EXPECT_EQ(ledger_->texts().front(), "a");
}

TEST_F(Receipts, RunContinuationsThatUseTheQueue) {
  const LedgerServer server(folder_, ledger_);
  Gate done;
  const rpc::Receipt receipt = client_.async_record("a");
  receipt.stored().then([&](const rpc::Result<void>&) {
    client_.record("b");
    done.open();
  });
  EXPECT_TRUE(done.wait());
}

}  // namespace
