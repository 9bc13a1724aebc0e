// How headers are gathered into runs of Clang.

#include "driver/commands.h"

#include <gtest/gtest.h>

#include "output/folder.h"

namespace farcall {
namespace {

std::string database_of(const Folder& folder, const std::vector<std::pair<std::string, std::string>>& flags_of_files) {
  std::string text = "[";
  for (const auto& [file, flags] : flags_of_files)
    text += std::string(text.size() > 1 ? "," : "") + "{\"directory\": \"" + folder.path() + "\", \"file\": \"" + file +
            "\", \"command\": \"clang++ " + flags + " " + file + "\"}";
  return text + "]";
}

/// "a.h b.h | c.h": the headers of each job.
std::string jobs(const Commands& commands) {
  std::string text;
  for (const ParseJob& job : commands.jobs) {
    text += text.empty() ? "" : " | ";
    for (std::size_t index = 0; index < job.headers.size(); ++index)
      text += (index == 0 ? "" : " ") + std::filesystem::path(job.headers[index].name).filename().string();
  }
  return text;
}

class CommandsTest : public testing::Test {
 protected:
  CommandsTest() {
    for (const char* name : {"a.h", "b.h", "c.h"}) {
      folder.put(name, "");
      headers.push_back(folder.path(name));
    }
  }

  Folder folder;
  std::vector<std::string> headers;
};

TEST_F(CommandsTest, SameFlagsMakeOneJob) { EXPECT_EQ(jobs(find_commands(headers, {})), "a.h b.h c.h"); }

TEST_F(CommandsTest, OtherFlagsMakeAnotherJob) {
  folder.put("compile_commands.json", database_of(folder, {{"a.h", "-DX"}, {"b.h", "-DY"}, {"c.h", "-DX"}}));
  EXPECT_EQ(jobs(find_commands(headers, {})), "a.h c.h | b.h");
}

TEST_F(CommandsTest, WarningsMakeNoDifference) {
  folder.put("compile_commands.json",
             database_of(folder, {{"a.h", "-Wall -w"}, {"b.h", "-Wextra -Werror=shadow"}, {"c.h", ""}}));
  EXPECT_EQ(jobs(find_commands(headers, {})), "a.h b.h c.h");
}

TEST_F(CommandsTest, FixedFlagsAreUsedInsteadOfADatabase) {
  folder.put("compile_commands.json", database_of(folder, {{"a.h", "-DX"}, {"b.h", "-DY"}}));
  const Commands commands = find_commands(headers, {.fixed = std::vector<std::string>{"-DZ"}});
  ASSERT_EQ(jobs(commands), "a.h b.h c.h");
  EXPECT_EQ(commands.jobs[0].arguments.at(2), "Z");  // -D Z
}

TEST_F(CommandsTest, AHeaderCountsOnce) {
  headers.push_back(folder.path("./a.h"));
  EXPECT_EQ(jobs(find_commands(headers, {})), "a.h b.h c.h");
}

TEST_F(CommandsTest, AllProblemsAreTold) {
  const Commands commands = find_commands({"missing.h", folder.path()}, {.database = "nowhere"});
  EXPECT_EQ(commands.problems.size(), 3U);
  EXPECT_TRUE(commands.jobs.empty());
}

TEST_F(CommandsTest, TheBuiltinHeadersAreNamed) {
  const auto has_resource_dir = [](const Commands& commands, const std::string& wanted) {
    for (const std::string& each : commands.jobs.at(0).arguments)
      if (each.starts_with("-resource-dir=" + wanted)) return true;
    return false;
  };
  EXPECT_TRUE(has_resource_dir(find_commands(headers, {}), "/"));
  EXPECT_TRUE(has_resource_dir(find_commands(headers, {.extra_after = {"-resource-dir=/mine"}}), "/mine"));
  EXPECT_FALSE(has_resource_dir(find_commands(headers, {.extra_after = {"-resource-dir=/mine"}}), "/usr"));
}

}  // namespace
}  // namespace farcall
