// How values get to a method and back: references, moves, outputs. values.h through farcall generate.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <coroutine>
#include <future>
#include <mutex>
#include <numeric>
#include <thread>

#include "address.h"
#include "other_values.rpc.h"
#include "values.rpc.h"

namespace {

/// Implements both kinds of server.
struct Mint {
  static e2e::Token merge(const e2e::Token& first, e2e::Token&& second) {
    second.text = first.text + second.text;
    return std::move(second);
  }
  static bool find(const std::string& text, e2e::Token& found) {
    found = e2e::Token("found " + text);
    return !text.empty();
  }
  static e2e::Ticket validate(e2e::Ticket ticket, e2e::Ticket& last) {
    ticket.number += last.number;
    last.number = 99;
    return ticket;
  }
  static int copies() { return std::exchange(e2e::Tallied::copies, 0); }
};

template <class Interface>
class ValuesBase : public Interface {
 public:
  e2e::Token pass(e2e::Token token) override { return token; }
  e2e::Token merge(const e2e::Token& first, e2e::Token&& second) override {
    return Mint::merge(first, std::move(second));
  }
  void stamp(e2e::Token& token, std::uint64_t number) override { token.number = number; }
  std::uint64_t read(e2e::Token& token) override { return token.number; }
  int by_reference(const e2e::Tallied&) override { return Mint::copies(); }
  int by_value(e2e::Tallied) override { return Mint::copies(); }
  int by_move(e2e::Tallied&& value) override {
    const e2e::Tallied taken = std::move(value);
    return Mint::copies();
  }
};

class PlainValues : public ValuesBase<e2e::Values> {
 public:
  e2e::Token mint(std::string text) override { return e2e::Token(std::move(text)); }
  bool find(const std::string& text, e2e::Token& found) override { return Mint::find(text, found); }
  e2e::Ticket validate(e2e::Ticket ticket, e2e::Ticket& last) override {
    return Mint::validate(std::move(ticket), last);
  }
  e2e::Wallet keep(e2e::Wallet wallet) override { return wallet; }
  e2e::Tallied round(e2e::Tallied value) override {
    value.text += " " + std::to_string(Mint::copies());
    return value;
  }
};

class CoroutineValues : public ValuesBase<e2e::ValuesService> {
 public:
  rpc::Task<e2e::Token> mint(std::string text) override { co_return e2e::Token(std::move(text)); }
  rpc::Task<std::tuple<bool, e2e::Token>> find(std::string text) override {
    e2e::Token found;
    const bool is_there = Mint::find(text, found);
    co_return std::tuple<bool, e2e::Token>(is_there, std::move(found));
  }
  rpc::Task<std::tuple<e2e::Ticket, e2e::Ticket>> validate(e2e::Ticket ticket, e2e::Ticket last) override {
    e2e::Ticket valid = Mint::validate(std::move(ticket), last);
    co_return std::tuple<e2e::Ticket, e2e::Ticket>(std::move(valid), std::move(last));
  }
  rpc::Task<e2e::Wallet> keep(e2e::Wallet wallet) override { co_return wallet; }
  rpc::Task<e2e::Tallied> round(e2e::Tallied value) override {
    value.text += " " + std::to_string(Mint::copies());
    co_return value;
  }
};

class ValuesTest : public testing::TestWithParam<std::tuple<bool, rpc::Encoding>> {
 protected:
  ValuesTest() {
    if (std::get<0>(GetParam())) {
      server.serve<e2e::Values>(std::make_shared<CoroutineValues>());
    } else {
      server.serve<e2e::Values>(std::make_shared<PlainValues>());
    }
    client.emplace(rpc::connect(server.listen(e2e::address("inproc")), {.encoding = std::get<1>(GetParam())}));
  }

  rpc::Server server;
  std::optional<e2e::ValuesClient> client;
};

INSTANTIATE_TEST_SUITE_P(Servers, ValuesTest,
                         testing::Combine(testing::Bool(),
                                          testing::Values(rpc::Encoding::exact, rpc::Encoding::tagged)));

TEST_P(ValuesTest, ThatCanOnlyBeMovedAreParametersAndResults) {
  EXPECT_EQ(client->pass(e2e::Token("a")).text, "a");
  EXPECT_EQ(client->merge(e2e::Token("a"), e2e::Token("b")).text, "ab");
  EXPECT_EQ(client->mint("new").text, "new");
  EXPECT_EQ(client->async_mint("later").get().text, "later");
  EXPECT_EQ(client->async_mint("result").result().value().text, "result");
  std::promise<std::string> seen;
  client->async_mint("then").then([&](rpc::Result<e2e::Token> token) { seen.set_value(token.value().text); });
  EXPECT_EQ(seen.get_future().get(), "then");
}

TEST_P(ValuesTest, ThatCanOnlyBeMovedComeBackThroughOutputs) {
  e2e::Token token("a");
  client->stamp(token, 3);
  EXPECT_EQ(token.number, 3U);
  EXPECT_EQ(token.text, "a");
  client->stamp(token);
  EXPECT_EQ(client->read(token), 7U);
  e2e::Token found;
  EXPECT_TRUE(client->find("x", found));
  EXPECT_EQ(found.text, "found x");
  std::tuple<bool, e2e::Token> later = client->async_find("").get();
  EXPECT_FALSE(std::get<0>(later));
  EXPECT_EQ(std::get<1>(later).text, "found ");
  e2e::Ticket last(2);
  EXPECT_EQ(client->validate(e2e::Ticket(40), last).number, 42U);
  EXPECT_EQ(last.number, 99U);
  EXPECT_EQ(std::get<1>(client->async_validate(e2e::Ticket(1), last).get()).number, 99U);
}

TEST_P(ValuesTest, ThatCanOnlyBeMovedMayBeInsideOfContainers) {
  e2e::Wallet wallet;
  wallet.tokens.emplace_back("a");
  wallet.tokens.emplace_back("b");
  wallet.spare.emplace("c");
  wallet.tickets.emplace("d", e2e::Ticket(5));
  const e2e::Wallet kept = client->async_keep(std::move(wallet)).get();
  EXPECT_EQ(kept.tokens.at(1).text, "b");
  EXPECT_EQ(kept.spare->text, "c");
  EXPECT_EQ(kept.tickets.at("d").number, 5U);
  EXPECT_TRUE(client->keep({}).empty());
}

TEST_P(ValuesTest, AreNotCopiedOnTheirWay) {
  const e2e::Tallied value("x");
  EXPECT_EQ(client->by_reference(value), 0);
  EXPECT_EQ(client->by_value(e2e::Tallied("x")), 0);
  EXPECT_EQ(client->by_move(e2e::Tallied("x")), 0);
  EXPECT_EQ(client->round(e2e::Tallied("x")).text, "x 0");
  EXPECT_EQ(client->async_round(e2e::Tallied("x")).get().text, "x 0");
  EXPECT_EQ(Mint::copies(), 0) << "in the client";
}

}  // namespace
