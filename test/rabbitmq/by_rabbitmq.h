// What the tests by RabbitMQ have in common: a broker without queues, and folders for a sender and a receiver.
//
//   class Messages : public ByRabbitMq {};
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "rabbitmq/broker.h"
#include "runtime/queue/ledger.h"

using Texts = std::vector<std::string>;

inline Texts numbers(int from, int to) {
  Texts texts;
  for (int i = from; i < to; ++i) texts.push_back(std::to_string(i));
  return texts;
}

class ByRabbitMq : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Broker::is_installed()) << "rabbitmq-server is not installed: ./dev deps rabbitmq";
    broker().clear();
  }

  virtual Broker& broker() { return Broker::get(); }

  /// A server and its queue; another one with another folder.
  class Receiver {
   public:
    Receiver(const std::string& folder, const std::string& url, std::shared_ptr<Ledger> ledger, unsigned concurrency)
        : queue_(rpc::open_queue(options_in(folder, concurrency))), server_({.queue = queue_}) {
      server_.serve<Ledger>(std::move(ledger));
      server_.listen(url);
    }
    rpc::Server& operator*() noexcept { return server_; }

   private:
    rpc::Queue queue_;
    rpc::Server server_;
  };

  std::unique_ptr<Receiver> receive(const std::string& url, const std::string& folder = "inbox",
                                    unsigned concurrency = 1) {
    return std::make_unique<Receiver>(folder_.socket(folder), url, ledger, concurrency);
  }

  /// What listening there throws.
  std::string problem_of(const std::string& url) {
    try {
      receive(url);
    } catch (const rpc::Error& error) {
      EXPECT_EQ(error.code(), rpc::Code::unavailable);
      return error.what();
    }
    return "";
  }

  rpc::Queue open_outbox() { return rpc::open_queue(options_in(folder_.socket("outbox"))); }

  bool soon_has(const Texts& texts) {
    return soon([&] { return ledger->texts().size() >= texts.size(); }) && ledger->texts() == texts;
  }
  bool soon_counts(std::string_view queue, std::uint32_t count) {
    return soon([&] { return broker().count(queue) == count; });
  }

  std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();

 private:
  QueueFolder folder_;
};
