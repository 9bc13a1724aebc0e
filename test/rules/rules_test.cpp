// Each rule has a header that raises it, <id>.h, and one that comes close without raising anything, near/<id>.h.
// A comment at the end of a line says what the tool has to find there: "// expect: maybe-result, maybe-out".
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "check/pages.h"
#include "output/folder.h"

namespace farcall {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// "7: maybe-result", sorted, one for each finding.
using Findings = std::vector<std::string>;

Findings expected_in(const fs::path& header) {
  Findings expected;
  std::istringstream lines(text_of(header));
  const std::regex mark("// expect: (.*)$");
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (!std::regex_search(line, match, mark)) continue;
    std::istringstream ids(match[1]);
    for (std::string id; std::getline(ids >> std::ws, id, ',');) expected.push_back(std::to_string(number) + ": " + id);
  }
  std::ranges::sort(expected);
  return expected;
}

std::set<std::string> headers_in(const fs::path& folder) {
  std::set<std::string> ids;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".h") ids.insert(entry.path().stem().string());
  return ids;
}

TEST(Rules, AllHaveAnExampleAndANearMiss) {
  std::set<std::string> ids;
  for (const RuleInfo& rule : all_rules()) ids.insert(rule.id);
  EXPECT_EQ(headers_in(FARCALL_RULES), ids);
  EXPECT_EQ(headers_in(FARCALL_RULES "/near"), ids);
}

TEST(Rules, AreExpectedByTheirExamples) {
  for (const RuleInfo& rule : all_rules()) {
    const Findings expected = expected_in(FARCALL_RULES "/" + rule.id + ".h");
    const auto is_this = [&](const std::string& finding) { return finding.ends_with(": " + rule.id); };
    EXPECT_TRUE(std::ranges::any_of(expected, is_this)) << rule.id;
    EXPECT_TRUE(expected_in(FARCALL_RULES "/near/" + rule.id + ".h").empty()) << rule.id;
  }
}

TEST(Rules, HaveAPageThatSaysWhyAndWhereItComesFrom) {
  for (const RuleInfo& rule : all_rules()) {
    const std::string page = rule_page(rule);
    for (const char* part : {"\n## Why\n\n", "\nWhere it comes from: ", "\n## Raises it\n\n```cpp\n", "\n## Does not\n\n",
                             "\n## Turning it off\n\n"})
      EXPECT_NE(page.find(part), std::string::npos) << rule.id << " has no part" << part;
    EXPECT_EQ(page.find("// expect"), std::string::npos) << rule.id;
    EXPECT_EQ(page.find("{0}"), std::string::npos) << rule.id;
  }
}

TEST(Rules, HaveTheirPagesInTheDocumentation) {
  std::set<std::string> names;
  for (const GeneratedFile& page : rule_pages(FARCALL_DOCS "/rules")) {
    names.insert(fs::path(page.path).filename());
    EXPECT_EQ(text_of(page.path), page.contents) << page.path << " is not up to date; run: ./dev docs";
  }
  for (const auto& entry : fs::directory_iterator(FARCALL_DOCS "/rules"))
    EXPECT_TRUE(names.contains(entry.path().filename())) << entry.path() << " is the page of no rule";
}

#ifdef FARCALL_TOOL

struct Outcome {
  int status = -1;
  std::string errors;  ///< what it wrote to stderr
};

/// The header; a copy of both if it has a frozen contract, which would be kept up to date.
fs::path without_contract(const fs::path& header, const Folder& out) {
  const fs::path contract = fs::path(header).replace_extension(".rpc.json");
  if (!fs::exists(contract)) return header;
  for (const fs::path& each : {header, contract}) out.put(each.filename(), text_of(each));
  return out.path(header.filename());
}

Outcome generate(const fs::path& example, const Folder& out) {
  const fs::path header = without_contract(example, out);
  std::vector<std::string> words = {FARCALL_TOOL, "generate", "--out-dir", out.path("gen"), header.string(), "--", "-std=c++20"};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, out.path("errors").c_str(), O_WRONLY | O_CREAT, 0600);
  pid_t child = 0;
  Outcome outcome;
  if (posix_spawn(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0) {
    int status = 0;
    waitpid(child, &status, 0);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  posix_spawn_file_actions_destroy(&actions);
  outcome.errors = out.get("errors");
  return outcome;
}

Findings found_in(const std::string& errors, const fs::path& header) {
  Findings found;
  std::istringstream lines(errors);
  const std::regex diagnostic(R"(^(.*):(\d+):\d+: (?:error|warning): .* \[([a-z-]+)\]$)");
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, diagnostic)) continue;
    EXPECT_EQ(fs::path(match[1].str()).filename(), header.filename()) << line;
    found.push_back(match[2].str() + ": " + match[3].str());
  }
  std::ranges::sort(found);
  return found;
}

class EachRule : public testing::TestWithParam<std::string> {};

TEST_P(EachRule, IsRaisedByItsExample) {
  const fs::path header = FARCALL_RULES "/" + GetParam() + ".h";
  const Folder out;
  const Outcome outcome = generate(header, out);
  EXPECT_EQ(found_in(outcome.errors, header), expected_in(header)) << outcome.errors;
  const bool is_error = outcome.errors.find(": error: ") != std::string::npos;
  EXPECT_EQ(outcome.status, is_error ? 1 : 0) << outcome.errors;
  EXPECT_FALSE(is_error && fs::exists(out.path("gen") + "/" + GetParam() + ".rpc.h"));
}

TEST_P(EachRule, IsNotRaisedByItsNearMiss) {
  const fs::path header = FARCALL_RULES "/near/" + GetParam() + ".h";
  const Folder out;
  const Outcome outcome = generate(header, out);
  EXPECT_EQ(outcome.errors, "");
  EXPECT_EQ(outcome.status, 0);
  EXPECT_TRUE(fs::exists(out.path("gen") + "/" + GetParam() + ".rpc.h"));
}

std::vector<std::string> ids() {
  std::vector<std::string> all;
  for (const RuleInfo& rule : all_rules()) all.push_back(rule.id);
  return all;
}

std::string test_name(const testing::TestParamInfo<std::string>& rule) {
  std::string name = rule.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, EachRule, testing::ValuesIn(ids()), test_name);

#endif  // FARCALL_TOOL

}  // namespace
}  // namespace farcall
