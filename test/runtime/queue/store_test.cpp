// Where messages are kept, and what is said when they cannot be.
#include <gtest/gtest.h>

#include <rpc/queue_control.h>
#include <rpc/this_call.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "queue/retry.h"
#include "runtime/queue/ledger.h"

namespace {

namespace fs = std::filesystem;

class Store : public testing::Test {
 protected:
  std::string path() const { return folder.socket("queue"); }
  rpc::Queue open() const { return rpc::open_queue(options_in(path())); }
  std::string problem() const {
    const rpc::Error error = error_of([&] { open(); });
    EXPECT_EQ(error.code(), rpc::Code::not_stored) << error.what();
    return error.what();
  }
  LedgerClient client_of(const rpc::Queue& queue) const {
    return LedgerClient(rpc::connect(folder.url(), {.queue = queue}));
  }

  QueueFolder folder;
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Writes beyond the limit fail, as on a disk that is full.
class FilesStayBelow {
 public:
  explicit FilesStayBelow(std::uintmax_t size) {
    ::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = size;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FilesStayBelow() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FilesStayBelow(const FilesStayBelow&) = delete;
  FilesStayBelow& operator=(const FilesStayBelow&) = delete;

 private:
  rlimit before_{};
};

std::string integrity(const std::string& folder) {
  sqlite3* database = nullptr;
  std::string found;
  const auto add = [](void* to, int, char** values, char**) { return *static_cast<std::string*>(to) += values[0], 0; };
  EXPECT_EQ(sqlite3_open((folder + "/messages.db").c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, "PRAGMA integrity_check", add, &found, nullptr), SQLITE_OK);
  sqlite3_close(database);
  return found;
}

TEST_F(Store, IsTheUsersAlone) {
  const rpc::Queue queue = open();
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms::owner_all);
}

TEST_F(Store, IsOneProcesssAtATime) {
  const rpc::Queue queue = open();
  const std::string text = problem();
  EXPECT_TRUE(contains(text, path() + " cannot be opened: process " + std::to_string(::getpid()) + " has it open"))
      << text;
}

TEST_F(Store, CanBeOpenedAgain) {
  for (int i = 0; i < 3; ++i) client_of(open()).record("a");
  EXPECT_EQ(integrity(path()), "ok");
}

TEST_F(Store, IsWhereTheEnvironmentSays) {
  ::setenv("FARCALL_QUEUE_DIR", path().c_str(), 1);
  const rpc::Queue queue = rpc::open_queue();
  ::unsetenv("FARCALL_QUEUE_DIR");
  EXPECT_TRUE(fs::exists(path() + "/messages.db"));
}

TEST_F(Store, IsInTheUsersStateOtherwise) {
  ::setenv("XDG_STATE_HOME", path().c_str(), 1);
  const rpc::Queue queue = rpc::open_queue();
  ::unsetenv("XDG_STATE_HOME");
  EXPECT_TRUE(fs::exists(path() + "/farcall/runtime_queue_test/messages.db"));
}

TEST_F(Store, SaysThatAFileIsNoQueue) {
  fs::create_directory(path());
  std::ofstream(path() + "/messages.db") << std::string(10'000, 'x');
  EXPECT_TRUE(contains(problem(), path() + "/messages.db: the file is corrupted; move it away"));
  EXPECT_EQ(fs::file_size(path() + "/messages.db"), 10'000U) << "nothing is thrown away";
}

TEST_F(Store, SaysThatPagesAreCorrupted) {
  {
    const rpc::Queue queue = open();
    for (int i = 0; i < 30; ++i) client_of(queue).record(std::string(1000, 'x'));
  }
  std::fstream file(path() + "/messages.db", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(40'000, '?') << std::flush;
  EXPECT_TRUE(contains(problem(), path() + "/messages.db: the file is corrupted"));
}

/// As a disk does that lies: SQLite has no part in it.
void change_bytes(const std::string& path, const std::string& from, const std::string& to) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  const std::size_t at = bytes.find(from);
  ASSERT_NE(at, std::string::npos);
  file.seekp(static_cast<std::streamoff>(at));
  file << to << std::flush;
}

TEST_F(Store, PutsAMessageAsideWhoseBytesTheDiskHasChanged) {
  const auto ledger = std::make_shared<Ledger>();
  ledger->on_text = [](const std::string& text) {
    if (text == "ijklmnop") rpc::retry_after(1h);
  };
  const auto dead = [](const std::string& queue) {
    const rpc::QueuePage page = rpc::control_queue(queue)->list({.dead = true}, "", 10);
    return page.messages.size() == 1 ? page.messages[0].reason : "";
  };
  const std::string reason = "malformed: the message is corrupted: its bytes are not those that were stored";
  for (const char* text : {"abcdefgh", "next"}) client_of(open()).record(text);
  change_bytes(path() + "/messages.db", "abcdefgh", "abcdEfgh");
  const rpc::Queue queue = open();
  {
    const LedgerServer server(folder, ledger);
    EXPECT_TRUE(soon([&] { return dead(path()) == reason; }));
    client_of(queue).record("ijklmnop");
    EXPECT_TRUE(soon([&] { return rpc::control_queue(path())->list({.dead = false}, "", 10).messages.empty(); }));
  }
  change_bytes(folder.socket("inbox/messages.db"), "ijklmnop", "ijklmnoP");
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon([&] { return dead(folder.socket("inbox")) == reason; }));
  EXPECT_EQ(ledger->texts(), std::vector<std::string>{"next"});
}

TEST_F(Store, SaysThatTheDiskIsFullAndGoesOnWhenThereIsRoom) {
  const auto ledger = std::make_shared<Ledger>();
  {
    const rpc::Queue queue = open();
    const LedgerClient client = client_of(queue);
    client.record("before");
    {
      const FilesStayBelow limit(fs::file_size(path() + "/messages.db-wal") + 10'000);
      const rpc::Error error = error_of([&] { client.record(std::string(100'000, 'x')); });
      EXPECT_EQ(error.code(), rpc::Code::not_stored) << error.what();
      EXPECT_TRUE(contains(error.what(), path() + "/messages.db: ")) << error.what();
    }
    client.record("after");
  }
  EXPECT_EQ(integrity(path()), "ok");
  const rpc::Queue queue = open();
  const LedgerServer server(folder, ledger);
  EXPECT_TRUE(soon([&] { return ledger->texts().size() == 2; }));
  EXPECT_EQ(ledger->texts(), (std::vector<std::string>{"before", "after"}));
}

TEST_F(Store, SaysThatAFolderIsAFile) {
  std::ofstream(path()) << "x";
  EXPECT_TRUE(contains(problem(), path() + " cannot be opened: it is no folder"));
}

TEST_F(Store, SaysThatAFolderCannotBeMade) {
  const rpc::Error error = error_of([] { rpc::open_queue({.folder = "/proc/farcall"}); });
  EXPECT_EQ(error.code(), rpc::Code::not_stored);
  EXPECT_TRUE(contains(error.what(), "/proc/farcall cannot be opened: No such file or directory")) << error.what();
}

TEST_F(Store, KnowsTheFormatOfANewerVersion) {
  client_of(open()).record("a");
  sqlite3* database = nullptr;
  sqlite3_open((path() + "/messages.db").c_str(), &database);
  sqlite3_exec(database, "UPDATE state SET value = '99' WHERE key = 'format'", nullptr, nullptr, nullptr);
  sqlite3_close(database);
  EXPECT_TRUE(contains(problem(), "another version, whose format is 99"));
}

TEST_F(Store, RefusesWhatIsTooLarge) {
  rpc::QueueOptions options = options_in(path());
  options.max_message = 100;
  const rpc::Queue queue = rpc::open_queue(options);
  const rpc::Error error = error_of([&] { client_of(queue).record(std::string(101, 'x')); });
  EXPECT_EQ(error.code(), rpc::Code::too_large);
  EXPECT_STREQ(error.what(), "a message of 103 bytes is longer than QueueOptions::max_message of 100");
  client_of(queue).record(std::string(90, 'x'));
}

TEST_F(Store, RefusesWhatIsOverTheQuotaAndTakesItWhenThereIsRoom) {
  rpc::QueueOptions options = options_in(path());
  options.max_bytes = 2000;
  const rpc::Queue queue = rpc::open_queue(options);
  const LedgerClient client = client_of(queue);
  const std::string text(800, 'x');
  client.record(text);
  client.record(text);
  EXPECT_EQ(error_of([&] { client.record(text); }).code(), rpc::Code::overloaded);
  EXPECT_EQ(error_of([&] { client.async_record(text).stored().get(); }).code(), rpc::Code::overloaded);
  const LedgerServer server(folder, std::make_shared<Ledger>());
  EXPECT_TRUE(soon([&] { return error_of([&] { client.record(text); }).code() == rpc::Code{}; }));
}

TEST_F(Store, KeepsTheQuotaWhenItIsOpenedAgain) {
  rpc::QueueOptions options = options_in(path());
  options.max_bytes = 2000;
  client_of(rpc::open_queue(options)).record(std::string(1500, 'x'));
  const rpc::Queue queue = rpc::open_queue(options);
  EXPECT_EQ(error_of([&] { client_of(queue).record(std::string(1500, 'x')); }).code(), rpc::Code::overloaded);
}

TEST_F(Store, KeepsWhatTheReceiverHasNoRoomFor) {
  rpc::QueueOptions small = options_in(folder.socket("inbox"));
  small.max_bytes = 2000;
  const rpc::Queue inbox = rpc::open_queue(small);
  const auto ledger = std::make_shared<Ledger>();
  Gate begin;
  ledger->on_text = [&](const std::string&) { begin.wait(); };
  rpc::Server server({.queue = inbox});
  server.serve<Ledger>(ledger);
  server.listen(folder.url());
  const rpc::Queue outbox = open();
  const LedgerClient client = client_of(outbox);
  const std::string text(800, 'x');
  for (int i = 0; i < 3; ++i) client.record(text);
  rpc::Receipt last = client.async_record(text);
  begin.open();
  last.handled().get();
  EXPECT_EQ(ledger->texts().size(), 4U);
}

TEST(Retry, DoublesUpToTheLast) {
  const auto between = [](std::chrono::nanoseconds pause, auto least, auto most) {
    return pause >= least && pause <= most;
  };
  using rpc::queue::pause_after;
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(between(pause_after(1, 100ms, 1000ms), 75ms, 125ms));
    EXPECT_TRUE(between(pause_after(3, 100ms, 1000ms), 300ms, 500ms));
    EXPECT_TRUE(between(pause_after(1'000'000, 100ms, 1000ms), 750ms, 1250ms));
    EXPECT_TRUE(between(pause_after(5, 0ms, 1000ms), 0ms, 0ms));
  }
}

}  // namespace
