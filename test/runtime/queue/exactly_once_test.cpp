// Handlers whose effect and whose note that it happened are one transaction.
#include <gtest/gtest.h>

#include <rpc/exactly_once.h>
#include <rpc/this_call.h>

#include <sqlite3.h>

#include <stdexcept>
#include <string>

#include "runtime/queue/ledger.h"

namespace {

/// The user's: a table of texts.
class TextTable {
 public:
  explicit TextTable(const std::string& path) {
    sqlite3_open(path.c_str(), &database_);
    execute("PRAGMA synchronous=OFF; CREATE TABLE texts(text TEXT NOT NULL)");
  }
  ~TextTable() { sqlite3_close(database_); }
  TextTable(const TextTable&) = delete;
  TextTable& operator=(const TextTable&) = delete;

  sqlite3* handle() const { return database_; }
  void execute(const std::string& sql) const {
    EXPECT_EQ(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database_);
  }
  void add(const std::string& text) const { execute("INSERT INTO texts VALUES('" + text + "')"); }

  int count(const std::string& table) const {
    int count = -1;
    const auto read = [](void* to, int, char** values, char**) {
      *static_cast<int*>(to) = std::stoi(values[0]);
      return 0;
    };
    sqlite3_exec(database_, ("SELECT count(*) FROM " + table).c_str(), read, &count, nullptr);
    return count;
  }

 private:
  sqlite3* database_ = nullptr;
};

class ExactlyOnce : public testing::Test {
 protected:
  QueueFolder folder;
  TextTable texts{folder.socket("texts.db")};
  std::shared_ptr<Ledger> ledger = std::make_shared<Ledger>();
  rpc::Queue outbox = rpc::open_queue(options_in(folder.socket("outbox")));
  LedgerClient client{rpc::connect(folder.url(), {.queue = outbox})};
};

TEST_F(ExactlyOnce, IsTheEffectOfAHandlerThatFailsAfterwards) {
  std::vector<bool> ran;
  ledger->on_text = [&](const std::string& text) {
    ran.push_back(rpc::exactly_once(texts.handle(), [&] { texts.add(text); }));
    if (ran.size() == 1) throw std::runtime_error("after the commit");
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
  EXPECT_EQ(ran, (std::vector<bool>{true, false}));
  EXPECT_EQ(texts.count("texts"), 1);
}

TEST_F(ExactlyOnce, IsNoEffectOfWorkThatFails) {
  int attempts = 0;
  ledger->on_text = [&](const std::string& text) {
    rpc::exactly_once(texts.handle(), [&] {
      texts.add(text);
      if (++attempts < 3) throw std::runtime_error("after the insert");
    });
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
  EXPECT_EQ(attempts, 3);
  EXPECT_EQ(texts.count("texts"), 1);
}

TEST_F(ExactlyOnce, ForgetsWhatIsNotGivenAgain) {
  ledger->on_text = [&](const std::string& text) { rpc::exactly_once(texts.handle(), [&] { texts.add(text); }); };
  const LedgerServer server(folder, ledger);
  for (int i = 0; i < 50; ++i) client.async_record("a").handled().get();
  EXPECT_EQ(texts.count("texts"), 50);
  EXPECT_LT(texts.count("rpc_handled"), 5);
}

TEST_F(ExactlyOnce, SaysThatATransactionIsOpen) {
  ledger->on_text = [&](const std::string&) {
    texts.execute("BEGIN");
    const rpc::Error error = error_of([&] { rpc::exactly_once(texts.handle(), [] {}); });
    EXPECT_EQ(error.code(), rpc::Code::failed);
    EXPECT_NE(std::string(error.what()).find("within a transaction"), std::string::npos) << error.what();
    texts.execute("ROLLBACK");
  };
  const LedgerServer server(folder, ledger);
  client.async_record("a").handled().get();
}

TEST_F(ExactlyOnce, IsForHandlersOfMessages) {
  EXPECT_EQ(error_of([&] { rpc::exactly_once(texts.handle(), [] {}); }).code(), rpc::Code::failed);
}

}  // namespace
