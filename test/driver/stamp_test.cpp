// A second run with the same arguments: answered from a stamp if it would do nothing, and never otherwise.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "driver/tool.h"

namespace farcall::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Takes a type from another header.
constexpr const char* lantern = R"(#pragma once
#include "part.h"
class [[rpc::interface]] Lantern {
 public:
  virtual ~Lantern() = default;
  virtual void turn(Part part) = 0;
};
)";
constexpr const char* answered = "nothing has changed since the last run";

class Stamp : public testing::Test {
 protected:
  Stamp() {
    folder.put("lamp.h", lamp);
    fs::create_directories(folder.path("second"));
    folder.put("lantern.h", lantern);
    folder.put("second/part.h", "struct Part { int number; };\n");
  }

  [[nodiscard]] ToolRun run(const std::string& arguments) const {
    return run_farcall(folder, "generate --verbose " + arguments, cache.path());
  }

  /// Runs it for the first time.
  void prepare(const std::string& arguments) const {
    const ToolRun done = run(arguments);
    ASSERT_EQ(done.status, 0) << done.err;
    ASSERT_THAT(done.err, HasSubstr("not answered from a stamp"));
  }

  [[nodiscard]] bool is_answered(const std::string& arguments) const { return contains(run(arguments).err, answered); }

  /// Other contents of the same length, at the same time.
  void replace(const std::string& name, const std::string& before, const std::string& after) const {
    std::string text = folder.get(name);
    const fs::file_time_type time = fs::last_write_time(folder.path(name));
    text.replace(text.find(before), before.size(), after);
    folder.put(name, text);
    fs::last_write_time(folder.path(name), time);
  }

  Folder folder;
  Folder cache;
  const std::string two_folders = "lantern.h -- -std=c++20 -Ifirst -Isecond";
};

TEST_F(Stamp, AnswersWhenNothingHasChanged) {
  prepare(two_folders);
  EXPECT_TRUE(is_answered(two_folders));
  EXPECT_TRUE(is_answered(two_folders));
  EXPECT_FALSE(is_answered("--fresh " + two_folders));
}

TEST_F(Stamp, RepeatsTheWarnings) {
  folder.put("wide.h",
             "class [[rpc::interface]] Wide { public: virtual ~Wide() = default; virtual long get() = 0; };\n");
  const std::string arguments = "generate wide.h";
  const ToolRun first = run_farcall(folder, arguments, cache.path());
  EXPECT_THAT(first.err, HasSubstr("[platform-type]"));
  EXPECT_EQ(run_farcall(folder, arguments, cache.path()).err, first.err);
}

TEST_F(Stamp, SeesAChangeOfTheSameLengthAtTheSameTime) {
  prepare(two_folders);
  replace("lantern.h", "turn", "burn");
  EXPECT_FALSE(is_answered(two_folders));
  EXPECT_THAT(folder.get("lantern.rpc.h"), HasSubstr("burn"));
  replace("second/part.h", "number", "letter");
  EXPECT_FALSE(is_answered(two_folders));
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("letter"));
  EXPECT_TRUE(is_answered(two_folders));
}

TEST_F(Stamp, SeesAHeaderThatComesFirstNow) {
  prepare(two_folders);
  fs::create_directories(folder.path("first"));  // was not there: Clang looked no further
  EXPECT_FALSE(is_answered(two_folders));
  EXPECT_TRUE(is_answered(two_folders));
  folder.put("first/part.h", "struct Part { int place; };\n");
  EXPECT_FALSE(is_answered(two_folders));
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("place"));
  EXPECT_TRUE(is_answered(two_folders));
  fs::remove(folder.path("first/part.h"));
  EXPECT_FALSE(is_answered(two_folders));
  EXPECT_THAT(folder.get("lantern.rpc.cpp"), HasSubstr("number"));
}

TEST_F(Stamp, BringsBackWhatWasDeletedOrEdited) {
  prepare("lamp.h --depfile=lamp.d");
  const std::string stub = folder.get("lamp.rpc.h");
  fs::remove(folder.path("lamp.rpc.h"));
  EXPECT_FALSE(is_answered("lamp.h --depfile=lamp.d"));
  EXPECT_EQ(folder.get("lamp.rpc.h"), stub);
  replace("lamp.rpc.h", "turn", "burn");
  EXPECT_FALSE(is_answered("lamp.h --depfile=lamp.d"));
  EXPECT_EQ(folder.get("lamp.rpc.h"), stub);
  fs::remove(folder.path("lamp.d"));
  EXPECT_FALSE(is_answered("lamp.h --depfile=lamp.d"));
  EXPECT_TRUE(fs::exists(folder.path("lamp.d")));
}

TEST_F(Stamp, ComparesForCheck) {
  ASSERT_EQ(run("lamp.h").status, 0);
  prepare("--check lamp.h");
  EXPECT_TRUE(is_answered("--check lamp.h"));
  replace("lamp.rpc.cpp", "turn", "burn");
  EXPECT_EQ(run("--check lamp.h").status, 1);
  EXPECT_EQ(run("--check lamp.h").status, 1);
}

TEST_F(Stamp, IsOfTheseArgumentsAndThisEnvironment) {
  prepare(two_folders);
  EXPECT_FALSE(is_answered(two_folders + " -DOTHER"));
  EXPECT_TRUE(is_answered(two_folders + " -DOTHER"));
  ::setenv("CPLUS_INCLUDE_PATH", folder.path("second").c_str(), 1);
  EXPECT_FALSE(is_answered(two_folders));
  ::unsetenv("CPLUS_INCLUDE_PATH");
  EXPECT_TRUE(is_answered(two_folders));
}

TEST_F(Stamp, SeesADatabaseAndAContractThatAppear) {
  prepare("lamp.h");
  folder.put("compile_flags.txt", "-std=c++23\n");
  EXPECT_FALSE(is_answered("lamp.h"));
  EXPECT_TRUE(is_answered("lamp.h"));
  ASSERT_EQ(run("--freeze lamp.h").status, 0);
  EXPECT_FALSE(is_answered("lamp.h"));
  replace("lamp.h", "turn", "burn");
  EXPECT_EQ(run("lamp.h").status, 1);  // breaks the contract
}

TEST_F(Stamp, IsNotLeftByAHeaderThatAsksForTheTime) {
  folder.put("lamp.h", std::string(lamp) + "inline const char* made() { return __TIME__; }\n");
  prepare("lamp.h");
  EXPECT_FALSE(is_answered("lamp.h"));
}

TEST_F(Stamp, ThatIsDamagedOrCannotBeWrittenCostsNothingButTime) {
  prepare("lamp.h");
  for (const fs::directory_entry& each : fs::directory_iterator(cache.path() + "/farcall"))
    fs::resize_file(each.path(), fs::file_size(each.path()) - 1);
  EXPECT_FALSE(is_answered("lamp.h"));
  EXPECT_TRUE(is_answered("lamp.h"));
  fs::remove(folder.path("lamp.rpc.h"));
  EXPECT_EQ(run_farcall(folder, "generate lamp.h", "/dev/null").status, 0);
  EXPECT_TRUE(fs::exists(folder.path("lamp.rpc.h")));
}

TEST_F(Stamp, OfSeveralRunsAtOnceIsWhole) {
  std::vector<std::jthread> runs;
  for (int i = 0; i < 4; ++i) runs.emplace_back([this] { EXPECT_EQ(run("lamp.h").status, 0); });
  runs.clear();
  EXPECT_TRUE(is_answered("lamp.h"));
}

}  // namespace
}  // namespace farcall::test
