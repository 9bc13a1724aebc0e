// The order in which things are analysed and answered.

#include "lsp/schedule.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace farcall::lsp {
namespace {

using testing::ElementsAre;

/// A schedule whose thread is held until release(), so that what is handed in before has not begun.
class Schedules : public testing::Test {
 protected:
  Schedules() {
    const auto begun = std::make_shared<std::promise<void>>();
    schedule_.after("", "", [this, begun] {
      begun->set_value();
      gate_.get_future().wait();
    });
    begun->get_future().wait();
  }

  void note(const std::string& path, const std::string& name) {
    schedule_.after(path, name, [this, name] { done_.push_back("answer " + name); });
  }

  /// Everything that happened, when all of it has.
  std::vector<std::string> release() {
    gate_.set_value();
    for (const char* path : {"a.h", "b.h", "c.h"}) {
      const auto each = std::make_shared<std::promise<void>>();
      schedule_.after(path, "", [each] { each->set_value(); });
      each->get_future().wait();
    }
    return done_;
  }

  std::promise<void> gate_;
  std::vector<std::string> done_;
  Schedule schedule_{[this](const std::string& path) { done_.push_back("analyse " + path); }};
};

TEST_F(Schedules, AnalyseOnceHoweverOftenTheTextChanges) {
  for (int i = 0; i < 100; ++i) schedule_.refresh("a.h");
  schedule_.refresh("b.h");
  schedule_.refresh("a.h");
  EXPECT_THAT(release(), ElementsAre("analyse a.h", "analyse b.h"));
}

TEST_F(Schedules, AnswerWhenTheDocumentIsUpToDate) {
  schedule_.refresh("a.h");
  schedule_.refresh("b.h");
  note("b.h", "1");
  note("c.h", "2");
  note("a.h", "3");
  EXPECT_THAT(release(), ElementsAre("answer 2", "analyse a.h", "answer 3", "analyse b.h", "answer 1"));
}

TEST_F(Schedules, CancelWhatHasNotBegun) {
  schedule_.refresh("a.h");
  note("a.h", "1");
  note("a.h", "2");
  EXPECT_TRUE(schedule_.cancel("1"));
  EXPECT_FALSE(schedule_.cancel("1"));
  EXPECT_FALSE(schedule_.cancel("7"));
  EXPECT_FALSE(schedule_.cancel(""));
  EXPECT_THAT(release(), ElementsAre("analyse a.h", "answer 2"));
}

TEST_F(Schedules, SurviveExceptions) {
  schedule_.after("a.h", "", [] { throw std::runtime_error("a bug"); });
  note("a.h", "1");
  EXPECT_THAT(release(), ElementsAre("answer 1"));
}

}  // namespace
}  // namespace farcall::lsp
