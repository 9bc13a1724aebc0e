// The command line itself: commands, help, wrong use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "driver/tool.h"

namespace farcall::test {
namespace {

using testing::HasSubstr;

TEST(Cli, HelpTeaches) {
  const ToolRun run = run_farcall(Folder(), "--help");
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("farcall generate thermostat.h"));
  EXPECT_EQ(run.err, "");
}

TEST(Cli, HelpOfGenerateHasEveryOption) {
  const ToolRun run = run_farcall(Folder(), "generate --help");
  EXPECT_EQ(run.status, 0);
  for (const char* option : {"-p ", "-- ", "--extra-arg=", "--extra-arg-before=", "--out-dir=", "--check",
                             "--depfile=", "--print=", "--emit=", "--freeze", "--accept-breaking", "--contract=", "-j ",
                             "--quiet", "--verbose", "--color="})
    EXPECT_THAT(run.out, HasSubstr(std::string("\n  ") + option));
}

TEST(Cli, HelpAmongOtherArguments) { EXPECT_EQ(run_farcall(Folder(), "generate nothing.h --check --help").status, 0); }

TEST(Cli, Version) {
  EXPECT_THAT(run_farcall(Folder(), "--version").out,
              testing::MatchesRegex("farcall [0-9.]+ \\(with Clang 22[0-9.]+\\)\n"));
}

TEST(Cli, NoCommandShowsTheHelp) {
  const ToolRun run = run_farcall(Folder(), "");
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr("usage: farcall"));
}

struct Wrong {
  const char* arguments;
  const char* complaint;
};

void PrintTo(const Wrong& wrong, std::ostream* out) { *out << wrong.arguments; }

class WrongUse : public testing::TestWithParam<Wrong> {};

TEST_P(WrongUse, IsExplained) {
  const Folder folder;
  folder.put("lamp.h", lamp);
  const ToolRun run = run_farcall(folder, GetParam().arguments);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.err, HasSubstr(GetParam().complaint));
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(folder.names(), std::set<std::string>{"lamp.h"});
}

INSTANTIATE_TEST_SUITE_P(
    Cli, WrongUse,
    testing::Values(Wrong{"generat lamp.h", "'generat' is not a command; did you mean 'generate'?"},
                    Wrong{"gen lamp.h", "did you mean 'generate'?"},
                    Wrong{"frobnicate", "'frobnicate' is not a command; 'farcall --help' lists them"},
                    Wrong{"lamp.h", "did you mean: farcall generate lamp.h?"},
                    Wrong{"generate", "no header to generate from; try: farcall generate thermostat.h"},
                    Wrong{"generate -- -std=c++20", "no header to generate from"},
                    Wrong{"generate --chek lamp.h", "Did you mean '--check'?"},
                    Wrong{"generate --print=everything lamp.h",
                          "--print option: Cannot find option named 'everything'"},
                    Wrong{"generate -j many lamp.h", "-j option: 'many' value invalid"},
                    Wrong{"generate missing.h", "no such file: 'missing.h'"},
                    Wrong{"generate .", "'.' is a folder; name the headers in it"},
                    Wrong{"generate -p . lamp.h", "cannot read a compilation database in '.'"},
                    Wrong{"generate lamp.h missing.h other.h", "no such file: 'other.h'"}));

}  // namespace
}  // namespace farcall::test
