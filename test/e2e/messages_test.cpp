// Messages through generated code: from a Journal& on one side to a Journal on the other, with a queue in between.
#include <gtest/gtest.h>

#include <rpc/queue.h>
#include <rpc/testing.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "messages.rpc.h"

namespace {

using everything::Entry;
using everything::Journal;
using everything::JournalClient;

class Book final : public Journal {
 public:
  void record(const Entry& entry, std::string_view by) override {
    add(std::string(by) + ": " + entry.text + " " + std::to_string(entry.numbers.size()));
  }
  void alarm(std::string text) const override { add("alarm: " + text); }
  void note(std::string text, int times) override { add(text + " x" + std::to_string(times)); }
  int count() const override { return static_cast<int>(lines().size()); }

  std::vector<std::string> lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  void add(std::string line) const {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }

  mutable std::mutex mutex_;
  mutable std::vector<std::string> lines_;
};

class Messages : public testing::Test {
 protected:
  ~Messages() override { std::filesystem::remove_all(folder); }

  static std::string new_folder() {
    std::string name = (std::filesystem::temp_directory_path() / "rpc-test-XXXXXX").string();
    return ::mkdtemp(name.data());
  }

  const std::string folder = new_folder();
  rpc::Queue queue = rpc::open_queue({.folder = folder});
  std::shared_ptr<Book> book = std::make_shared<Book>();
  rpc::testing::Pair<Journal> pair{book, {.queue = queue}, {.queue = queue}};
  JournalClient client{pair.channel()};
};

TEST_F(Messages, AreStoredAndHandled) {
  Journal& journal = client;
  journal.record({"a", {1, 2, 3}}, "ann");
  client.async_record({"b", {}}, "bob").handled().get();
  EXPECT_EQ(book->lines(), (std::vector<std::string>{"ann: a 3", "bob: b 0"}));
  EXPECT_EQ(journal.count(), 2);
}

TEST_F(Messages, HaveTheirOptions) {
  client.async_alarm("fire").handled().get();
  client.async_note("hm").handled().get();
  EXPECT_EQ(book->lines(), (std::vector<std::string>{"alarm: fire", "hm x2"}));
}

TEST_F(Messages, AreTriedAgainWhenTheyFail) {
  pair.faults().fail(1, rpc::Error(rpc::Code::failed, "not now"));
  client.async_record({"a", {}}, "ann").handled().get();
  EXPECT_EQ(pair.faults().calls(), 2U);
}

}  // namespace
