// What becomes of messages when somebody sets the clock.
#include <gtest/gtest.h>

#include <string>

#include "runtime/queue/ledger.h"
#include "runtime/queue/wall_clock.h"

namespace {

constexpr std::chrono::hours ten_years{24 * 3652};

class Clock : public testing::Test {
 protected:
  ~Clock() override { move_wall_clock(0s); }

  /// A message that is worth an hour and one that is worth everything, and what of them is handled.
  void send() {
    const rpc::Queue outbox = rpc::open_queue(options_in(folder.socket("outbox")));
    const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
    client.hourly("hour");
    client.record("ever");
  }
  void receive() {
    const rpc::Queue outbox = rpc::open_queue(options_in(folder.socket("outbox")));
    const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
    const LedgerServer server(folder, ledger);
    client.async_record("last").handled().get();
  }

  QueueFolder folder;
  std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();
};

TEST_F(Clock, IsNotLookedAtWhileAQueueIsOpen) {
  const rpc::Queue outbox = rpc::open_queue(options_in(folder.socket("outbox")));
  const LedgerClient client(rpc::connect(folder.url(), {.queue = outbox}));
  client.hourly("a");
  move_wall_clock(ten_years);
  client.hourly("b");
  move_wall_clock(-ten_years);
  const LedgerServer server(folder, ledger);
  client.async_record("c").handled().get();
  EXPECT_EQ(ledger->texts(), (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(Clock, MayGoBackOverARestart) {
  send();
  move_wall_clock(-ten_years);
  receive();
  EXPECT_EQ(ledger->texts(), (std::vector<std::string>{"hour", "ever", "last"}));
}

TEST_F(Clock, TellsOverARestartThatATimeToLiveIsOver) {
  send();
  move_wall_clock(ten_years);
  receive();
  EXPECT_EQ(ledger->texts(), (std::vector<std::string>{"ever", "last"}));
}

}  // namespace
