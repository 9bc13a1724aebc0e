// What is in a queue and what is done about it, by the process that has it open and without one.
#include <gtest/gtest.h>

#include <rpc/queue_control.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <fstream>
#include <future>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "queue/folder.h"
#include "runtime/queue/ledger.h"

namespace {

namespace fs = std::filesystem;
using Ids = std::vector<std::string>;

std::vector<rpc::QueuedMessage> all(rpc::QueueControl& queue, const rpc::QueueFilter& filter = {}) {
  std::vector<rpc::QueuedMessage> found;
  std::string next;
  do {
    rpc::QueuePage page = queue.list(filter, next, 2);
    found.insert(found.end(), page.messages.begin(), page.messages.end());
    next = page.next;
  } while (!next.empty());
  return found;
}

std::vector<rpc::QueuedMessage> all(const std::string& folder, const rpc::QueueFilter& filter = {}) {
  return all(*rpc::control_queue(folder), filter);
}

Ids ids(const std::vector<rpc::QueuedMessage>& messages) {
  Ids found;
  for (const rpc::QueuedMessage& each : messages) found.push_back(each.id);
  return found;
}

/// Everything that the queue says, in words.
std::string told(const std::string& folder) {
  const std::shared_ptr<rpc::QueueControl> queue = rpc::control_queue(folder);
  std::ostringstream out;
  const rpc::QueueState state = queue->state();
  out << state.folder << " " << state.bytes << " " << state.max_bytes << "\n";
  for (const rpc::QueuedMessage& each : all(*queue)) {
    out << each.id << (each.box == rpc::QueueBox::inbox ? " in " : " out ") << each.dead << " " << each.peer << " "
        << each.interface << "." << each.method << " " << each.bytes << " " << int{each.priority} << " "
        << each.attempts << " " << each.stored.time_since_epoch().count() << " "
        << (each.expires ? (*each.expires - each.stored).count() : 0) << " " << each.reason << "\n";
    const rpc::QueueContents contents = queue->peek(each.id);
    out << std::string(reinterpret_cast<const char*>(contents.arguments.data()), contents.arguments.size()) << "\n";
  }
  for (const rpc::QueueGroup& each : queue->tally("").groups)
    out << each.peer << " " << each.dead << " " << int{each.priority} << " " << each.messages << " " << each.bytes
        << " " << each.attempts << "\n";
  return out.str();
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

class QueueControls : public testing::Test {
 protected:
  QueueControls() { open(); }

  std::string outbox() const { return folder.socket("outbox"); }
  std::string inbox() const { return folder.socket("inbox"); }
  void open() {
    queue = rpc::open_queue(options_in(outbox()));
    client.emplace(rpc::connect(folder.url(), {.queue = *queue}));
  }
  void close() {
    client.reset();
    queue.reset();
  }

  /// One that the server refuses, which does not know the method.
  void bury_in_outbox(const std::string& text) {
    const LedgerServer server(folder, ledger);
    EXPECT_EQ(error_of([&] { client->async_gone(text).handled().get(); }).code(), rpc::Code::unimplemented);
  }

  void bury_in_inbox(const std::string& text) {
    ledger->on_text = [](const std::string&) { throw std::runtime_error("ugh"); };
    const LedgerServer server(folder, ledger);
    EXPECT_EQ(error_of([&] { client->async_record(text).handled().get(); }).code(), rpc::Code::failed);
    ledger->on_text = nullptr;
  }

  QueueFolder folder;
  std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();
  std::optional<rpc::Queue> queue;
  std::optional<LedgerClient> client;
};

TEST_F(QueueControls, SaysTheSameOfAQueueThatIsOpenAndOfOneThatIsNot) {
  bury_in_outbox("x");
  bury_in_inbox("y");
  client->record("a");
  client->urgent("b");
  client->async_brief("c").stored().get();
  const std::string open = told(outbox());
  EXPECT_TRUE(says(open, "o4 out 0 " + folder.url() + " Ledger.urgent 3 7 0 ")) << open;
  EXPECT_TRUE(says(open, "o1 out 1 " + folder.url() + " Ledger.gone 3 0 3 ")) << open;
  EXPECT_TRUE(says(open, "unimplemented: ")) << open;
  close();
  EXPECT_EQ(told(outbox()), open);

  const std::string closed = told(inbox());
  EXPECT_TRUE(says(closed, "i1.2 in 1 ")) << closed;
  EXPECT_TRUE(says(closed, "failed: ugh")) << closed;
  const LedgerServer server(folder, ledger);
  EXPECT_EQ(told(inbox()), closed);
}

TEST_F(QueueControls, ListsWhatMatches) {
  bury_in_outbox("x");
  client->record("a");
  client->urgent("b");
  EXPECT_EQ(ids(all(outbox())), (Ids{"o3", "o2", "o1"}));
  EXPECT_EQ(ids(all(outbox(), {.dead = true})), Ids{"o1"});
  EXPECT_EQ(ids(all(outbox(), {.dead = false})), (Ids{"o3", "o2"}));
  EXPECT_EQ(ids(all(outbox(), {.method = "Ledger.record"})), Ids{"o2"});
  EXPECT_EQ(ids(all(outbox(), {.peer = "tcp://elsewhere:1"})), Ids());
  EXPECT_EQ(ids(all(outbox(), {.box = rpc::QueueBox::inbox})), Ids());
  EXPECT_EQ(error_of([&] { rpc::control_queue(outbox())->list({}, "9:9", 1); }).code(), rpc::Code::malformed);
}

TEST_F(QueueControls, RetriesWhatTheServerRefused) {
  bury_in_outbox("x");
  EXPECT_EQ(rpc::control_queue(outbox())->retry({.ids = {"o1"}}).ids, Ids{"o2"});
  EXPECT_EQ(all(outbox())[0].attempts, 0U);
  EXPECT_FALSE(all(outbox())[0].dead);
  close();
  open();
  {
    const LedgerServer server(folder, ledger);
    EXPECT_TRUE(soon([&] { return all(outbox())[0].dead; })) << "it is refused again";
  }
  close();
  EXPECT_EQ(rpc::control_queue(outbox())->retry({.ids = {}, .matching = rpc::QueueFilter{.dead = true}}).changed, 1U);
  EXPECT_EQ(ids(all(outbox(), {.dead = false})), Ids{"o3"});
}

TEST_F(QueueControls, RetriesWhatWaitsForItsServer) {
  close();
  rpc::QueueOptions options = options_in(outbox());
  options.first_retry = options.last_retry = 1h;
  queue = rpc::open_queue(options);
  client.emplace(rpc::connect(folder.url(), {.queue = *queue}));
  const rpc::Receipt receipt = client->async_record("a");
  Gate gate;
  {
    // Refuses it once, and so has it wait for an hour.
    rpc::QueueOptions full = options_in(inbox());
    full.max_message = 1;
    const rpc::Queue small = rpc::open_queue(full);
    rpc::Server server({.queue = small});
    server.serve<Ledger>(ledger);
    server.listen(folder.url());
    EXPECT_TRUE(soon([&] { return all(outbox()).at(0).attempts == 1; }));
  }
  const LedgerServer server(folder, ledger);
  EXPECT_EQ(rpc::control_queue(outbox())->retry({.ids = {"o1"}}).ids, Ids{"o1"});
  receipt.handled().get();
}

TEST_F(QueueControls, RetriesWhatAHandlerRefused) {
  bury_in_inbox("x");
  bury_in_inbox("y");
  EXPECT_EQ(rpc::control_queue(inbox())->retry({.ids = {"i1.2"}}).ids, Ids{"i1.2"});
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon([&] { return ledger->texts() == Ids{"y"}; }));
  EXPECT_EQ(rpc::control_queue(inbox())->retry({.ids = {"i1.1"}}).changed, 1U);
  EXPECT_TRUE(soon([&] { return ledger->texts() == Ids{"y", "x"}; }));
  EXPECT_TRUE(soon([&] { return all(inbox()).empty(); }));
}

TEST_F(QueueControls, PurgesWhatWaits) {
  const rpc::Receipt purged = client->async_record("a");
  client->record("b");
  EXPECT_EQ(rpc::control_queue(outbox())->purge({.ids = {"o1"}}).changed, 1U);
  EXPECT_EQ(error_of([&] { purged.handled().get(); }).code(), rpc::Code::cancelled);
  EXPECT_EQ(ids(all(outbox())), Ids{"o2"});
  close();
  rpc::control_queue(outbox())->purge({.ids = {"o2"}});
  EXPECT_EQ(rpc::control_queue(outbox())->state().bytes, 0U);
  open();
  const LedgerServer server(folder, ledger);
  client->async_record("c").handled().get();
  EXPECT_EQ(ledger->texts(), Ids{"c"});
}

TEST_F(QueueControls, TellsTheSenderThatItsMessageWasPurgedByTheReceiver) {
  Gate gate;
  ledger->on_text = [&](const std::string&) { gate.wait(); };
  const LedgerServer server(folder, ledger);
  const rpc::Receipt busy = client->async_record("a");
  busy.delivered().get();
  const std::shared_ptr<rpc::QueueControl> control = rpc::control_queue(inbox());
  EXPECT_TRUE(soon([&] { return says(error_of([&] { control->purge({.ids = {"i1.1"}}); }).what(), "right now"); }));
  const rpc::Receipt purged = client->async_record("b");
  purged.delivered().get();
  const rpc::QueueChange change = control->purge({.ids = {}, .matching = rpc::QueueFilter()});
  EXPECT_EQ(change.changed, 1U);
  EXPECT_EQ(change.under_way, 1U);
  EXPECT_TRUE(says(error_of([&] { purged.handled().get(); }).what(), "cancelled: the message was purged"));
  gate.open();
  busy.handled().get();
  EXPECT_EQ(ledger->texts(), Ids{"a"});
}

TEST_F(QueueControls, MovesMessagesToAnotherServer) {
  const rpc::Receipt first = client->async_record("a");
  client->record("b");
  client->urgent("c");
  const QueueFolder other;
  const LedgerServer server(other, ledger);
  EXPECT_EQ(rpc::control_queue(outbox())->move({.ids = {"o1"}}, other.url()).ids, Ids{"o4"});
  first.handled().get();
  close();
  EXPECT_EQ(rpc::control_queue(outbox())->move({.ids = {}, .matching = rpc::QueueFilter()}, other.url()).changed, 2U);
  EXPECT_EQ(all(outbox())[0].peer, other.url());
  open();
  EXPECT_TRUE(soon([&] { return ledger->texts() == Ids{"a", "c", "b"}; }));
}

TEST_F(QueueControls, MovesDeadLettersOfTheOutboxOnly) {
  bury_in_outbox("x");
  bury_in_inbox("y");
  const auto move = [](const std::string& from, const std::string& url) {
    return rpc::control_queue(from)->move({.ids = {}, .matching = rpc::QueueFilter{.dead = true}}, url).changed;
  };
  EXPECT_EQ(move(outbox(), "unix:/other"), 1U);
  EXPECT_EQ(move(inbox(), "unix:/other"), 0U);
  EXPECT_EQ(all(outbox())[0].peer, "unix:/other");
  const rpc::Error received = error_of([&] { rpc::control_queue(inbox())->move({.ids = {"i1.2"}}, "unix:/other"); });
  EXPECT_STREQ(received.what(),
               "i1.2 is in the inbox and cannot be moved: what was received is handled here, or purged; nothing was "
               "changed");
  EXPECT_TRUE(says(error_of([&] { move(outbox(), "ftp://x"); }).what(), "malformed address \"ftp://x\""));
}

TEST_F(QueueControls, ChangesNothingIfOneIdIsUnknown) {
  client->record("a");
  for (const bool is_open : {true, false}) {
    if (!is_open) close();
    const auto control = rpc::control_queue(outbox());
    EXPECT_STREQ(error_of([&] { control->purge({.ids = {"o1", "o7", "i1.1", "x\x1b"}}); }).what(),
                 "'o7', 'i1.1', 'x\x1b' are no messages of this queue (any more); nothing was changed");
    EXPECT_EQ(error_of([&] { control->purge({}); }).code(), rpc::Code::malformed);
    EXPECT_EQ(error_of([&] { control->peek("o7"); }).code(), rpc::Code::failed);
    EXPECT_EQ(ids(all(*control)), Ids{"o1"});
  }
}

// More than a page of changes, and than the window of what is in memory.
TEST_F(QueueControls, ChangesManyAtOnce) {
  for (int i = 0; i < 4999; ++i) client->async_record(std::to_string(i));
  const rpc::Receipt last = client->async_record("4999");
  last.stored().get();
  const QueueFolder other;
  const rpc::QueueSelection everything{.ids = {}, .matching = rpc::QueueFilter()};
  EXPECT_EQ(rpc::control_queue(outbox())->move(everything, other.url()).changed, 5000U);
  const LedgerServer server(other, ledger);
  last.handled().get();
  const Ids texts = ledger->texts();
  ASSERT_EQ(texts.size(), 5000U);
  for (std::size_t i = 0; i < 5000; ++i) ASSERT_EQ(texts[i], std::to_string(i));
}

TEST_F(QueueControls, SurvivesAKilledProcessAndALongPath) {
  const std::string path = folder.socket(std::string(100, 'x')) + "/" + std::string(100, 'y');
  fs::create_directories(path);
  const int left = ::socket(AF_UNIX, SOCK_STREAM, 0);
  {
    const rpc::queue::Folder before(path);
    sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
    before.control_path().copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(left, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  ::close(left);
  {
    const rpc::Queue opened = rpc::open_queue(options_in(path));
    EXPECT_EQ(rpc::control_queue(path)->state().folder, path);
    EXPECT_EQ(fs::status(path + "/control").permissions(), fs::perms::owner_read | fs::perms::owner_write);
  }
  EXPECT_FALSE(fs::exists(path + "/control"));
}

TEST_F(QueueControls, SaysWhoDoesNotAnswer) {
  close();
  const std::string holder = "process " + std::to_string(::getpid()) + " has the queue in " + outbox() + " open, and ";
  const auto ask = [&] { return rpc::control_queue(outbox(), 30ms); };
  const rpc::queue::Folder held(outbox());
  const rpc::Error silent = error_of(ask);
  EXPECT_EQ(silent.what(), holder + "does not listen for questions about it");

  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);  // like that of a process that is stopped
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  held.control_path().copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  ASSERT_EQ(::listen(socket, 5), 0);
  const rpc::Error stopped = error_of(ask);
  EXPECT_EQ(stopped.code(), rpc::Code::deadline_exceeded);
  EXPECT_EQ(stopped.what(), holder + "does not answer within 30 ms: is it stopped?");
  ::close(socket);
}

TEST_F(QueueControls, IsWaitedForByWhoOpensTheQueue) {
  close();
  std::shared_ptr<rpc::QueueControl> visitor = rpc::control_queue(outbox());
  std::ifstream lock(outbox() + "/lock");
  std::string text;
  std::getline(lock, text);
  EXPECT_EQ(text, std::to_string(::getpid()) + " for a moment");
  const std::jthread leaves([&] { visitor.reset(); });
  open();
}

TEST_F(QueueControls, MakesNoQueueWhereNoneIs) {
  const rpc::Error error = error_of([&] { rpc::control_queue(folder.socket("nothing")); });
  EXPECT_EQ(error.code(), rpc::Code::not_stored);
  EXPECT_EQ(error.what(), "there is no queue in " + folder.socket("nothing") + ": it has no messages.db");
  EXPECT_FALSE(fs::exists(folder.socket("nothing")));
}

}  // namespace
