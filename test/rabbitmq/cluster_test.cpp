// By a RabbitMQ of three nodes, which lose the one that leads the queue: nothing is lost, nothing is handled twice.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>
#include <sstream>
#include <thread>

#include "rabbitmq/by_rabbitmq.h"

namespace {

constexpr int nodes = 3;

/// For a queue to have another leader, and everybody else to notice: longer than other tests wait.
constexpr std::chrono::seconds time_to_change{90};

/// More are not sent before some are handled.
constexpr std::size_t most_waiting = 3'000;

class RabbitMqCluster : public ByRabbitMq {
 protected:
  Broker& broker() override {
    static Broker cluster(nodes);
    return cluster;
  }

  /// As a node has it that is there.
  int leader_of(const std::string& queue, int asked = 0) {
    std::istringstream lines(broker().ctl("list_queues --no-table-headers name leader", asked));
    for (std::string name, leader; lines >> name >> leader;) {
      if (name == queue) return leader.at(std::string_view("farcall").size()) - '0';
    }
    throw std::runtime_error(queue + " has no leader");
  }

  /// Which queues there are is written down with a delay.
  void write_down() {
    for (int node = 0; node < nodes; ++node) broker().ctl("eval [dets:sync(Table)||Table<-dets:all()].", node);
  }

  bool soon_has_more_than(std::size_t count) {
    return soon([&] { return ledger->count() > count; }, time_to_change);
  }
};

TEST_F(RabbitMqCluster, LosesNothingWhenLeadersAreKilled) {
  const auto receiver = receive(broker().url());
  const rpc::Queue outbox = open_outbox();
  const LedgerClient client(rpc::connect(broker().url(), {.queue = outbox}));
  client.record("0");
  ASSERT_TRUE(soon_has_more_than(0));
  write_down();
  std::atomic<bool> done = false;
  int sent = 1;
  std::thread sender([&] {
    while (!done) {
      client.record(std::to_string(sent++));
      while (!done && ledger->count() + most_waiting < static_cast<std::size_t>(sent)) std::this_thread::sleep_for(1ms);
    }
  });
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(soon_has_more_than(ledger->count() + 500));
    const int leader = leader_of("farcall.Ledger");
    broker().kill(leader);
    EXPECT_TRUE(soon_has_more_than(ledger->count() + 2 * most_waiting)) << "without node " << leader;
    broker().start(leader);
  }
  done = true;
  sender.join();
  Texts expected = numbers(0, sent);
  EXPECT_TRUE(soon([&] { return ledger->count() >= expected.size(); }, time_to_change));
  EXPECT_TRUE(soon_counts("farcall.Ledger", 0));
  Texts texts = ledger->texts();
  std::ranges::sort(texts);
  std::ranges::sort(expected);
  EXPECT_EQ(texts, expected);
}

}  // namespace
