// The command line itself: commands, help, wrong use.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

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

/// The options that the help of a command tells about, each at the beginning of a line.
void expect_help(const std::string& command, const std::vector<std::string>& options) {
  const ToolRun run = run_farcall(Folder(), command + " --help");
  EXPECT_EQ(run.status, 0);
  for (const std::string& option : options) EXPECT_THAT(run.out, HasSubstr("\n  " + option)) << command;
}

TEST(Cli, HelpHasEveryOption) {
  std::vector<std::string> common = {
      "-p ",       "-- ",    "--extra-arg=", "--extra-arg-before=", "-j ", "--quiet", "--verbose", "--color=",
      "-Wno-<id>", "-W<id>", "-Werror",      "-Werror=<id>"};
  expect_help("generate", common);
  expect_help("check", common);
  expect_help("rewrite", common);
  const std::vector<std::string> reports = {"--format=", "--output=", "--export-fixes="};
  expect_help("generate", reports);
  expect_help("check", reports);
  expect_help("generate", {"--out-dir=", "--check", "--depfile=", "--print=", "--emit=", "--freeze",
                           "--accept-breaking", "--contract="});
  expect_help("check", {"--contract="});
  expect_help("compat", {"--against=", "--level=", "--format=", "--contract="});
  expect_help("rewrite", {"--set=<target>=<attribute>", "--add-interface=<class>", "--fix ", "--fix=<id>", "--dry-run",
                          "--export-fixes="});
  expect_help("explain", {"farcall explain maybe-result", "farcall explain --out-dir="});
  expect_help("lsp", {"\"generateOnSave\"", "\"outDir\"", "\"compileCommandsDir\"", "\"fallbackFlags\"",
                      "\"checkGenerated\"", "farcall.generate", "farcall.openStub", "farcall.openContract"});
}

TEST(Cli, HelpAmongOtherArguments) { EXPECT_EQ(run_farcall(Folder(), "generate nothing.h --check --help").status, 0); }

TEST(Cli, Version) {
  EXPECT_THAT(run_farcall(Folder(), "--version").out,
              testing::MatchesRegex("farcall [0-9.]+ \\(with Clang (22|19)[.0-9]+\\)\n"));
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
                    Wrong{"check", "no header to check; try: farcall check thermostat.h"},
                    Wrong{"rewrite lamp.h", "nothing says what to rewrite; try: farcall rewrite --fix lamp.h"},
                    Wrong{"rewrite --fix", "no header to rewrite; try: farcall rewrite --fix thermostat.h"},
                    Wrong{"rewrite --fix=maybe-resutl lamp.h",
                          "--fix: there is no rule 'maybe-resutl'; did you mean 'maybe-result'?"},
                    Wrong{"rewrite --fix=maybe-result:0 lamp.h", "--fix: '0' is not the number of a fix"},
                    Wrong{"explian", "'explian' is not a command; did you mean 'explain'?"},
                    Wrong{"explain maybe-resutl", "there is no rule 'maybe-resutl'; did you mean 'maybe-result'?"},
                    Wrong{"lsp --port=7", "lsp has no option '--port=7'"},
                    Wrong{"explain --list", "explain has no option '--list'"},
                    Wrong{"check -Wno-maybe-result lamp.h", "'maybe-result' is an error, and only warnings can be"},
                    Wrong{"generate -Wno-noexcpet-method lamp.h", "did you mean 'noexcept-method'?"},
                    Wrong{"check --output=f lamp.h", "there is none without --format=sarif"},
                    Wrong{"check --format=xml lamp.h", "--format option: Cannot find option named 'xml'"},
                    Wrong{"generate --check --format=sarif lamp.h", "--format=sarif needs --output=<file>"},
                    Wrong{"check --export-fixes=lamp.h/f.yaml lamp.h", "cannot write 'lamp.h/f.yaml'"},
                    Wrong{"generate missing.h", "no such file: 'missing.h'"},
                    Wrong{"generate .", "'.' is a folder; name the headers in it"},
                    Wrong{"generate -p . lamp.h", "cannot read a compilation database in '.'"},
                    Wrong{"generate lamp.h missing.h other.h", "no such file: 'other.h'"}));

}  // namespace
}  // namespace farcall::test
