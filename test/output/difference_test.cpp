#include <gtest/gtest.h>

#include <random>
#include <sstream>

#include "output/folder.h"
#include "output/output.h"

namespace farcall {
namespace {

/// The diff from `before` to `after`, without the two lines that name the files.
std::string diff(const std::string& before, const std::string& after) {
  const Folder folder;
  folder.put("f", before);
  const std::string text = difference({folder.path("f"), after}).diff;
  std::size_t start = 0;
  for (int line = 0; line < 2 && start != std::string::npos && !text.empty(); ++line)
    start = text.find('\n', start) + 1;
  return text.substr(start);
}

TEST(Difference, IsEmptyForEqualContents) {
  EXPECT_EQ(diff("a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(diff("", ""), "");
}

TEST(Difference, ShowsAChangeInItsContext) {
  EXPECT_EQ(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(Difference, JoinsChangesThatAreNearAndSplitsThoseThatAreFar) {
  EXPECT_EQ(diff("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n"),
            "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
  EXPECT_EQ(diff("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n"),
            "@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

TEST(Difference, KeepsRepeatedLinesBehindAUniqueOne) {
  EXPECT_EQ(diff("a\nunique\n}\n}\nb\n", "A\nunique\n}\n}\nB\n"), "@@ -1,5 +1,5 @@\n-a\n+A\n unique\n }\n }\n-b\n+B\n");
}

TEST(Difference, InsertsAndDeletes) {
  EXPECT_EQ(diff("a\nc\n", "a\nb\nc\n"), "@@ -1,2 +1,3 @@\n a\n+b\n c\n");
  EXPECT_EQ(diff("a\nb\nc\n", "a\nc\n"), "@@ -1,3 +1,2 @@\n a\n-b\n c\n");
  EXPECT_EQ(diff("", "a\n"), "@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(diff("a\n", ""), "@@ -1 +0,0 @@\n-a\n");
}

TEST(Difference, SeesAMissingLastNewline) {
  EXPECT_EQ(diff("a\nb", "a\nb\n"), "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
}

TEST(Difference, NamesTheFiles) {
  const Folder folder;
  folder.put("f", "a\n");
  EXPECT_TRUE(
      difference({folder.path("f"), "b\n"}).diff.starts_with("--- " + folder.path("f") + "\n+++ " + folder.path("f")));
}

TEST(Difference, TakesAMissingFileForAnEmptyOne) {
  const Folder folder;
  const Difference found = difference({folder.path("new"), "a\n"});
  EXPECT_EQ(found.diff, "--- /dev/null\n+++ " + folder.path("new") + "\n@@ -0,0 +1 @@\n+a\n");
  EXPECT_EQ(found.error, "");
  EXPECT_NE(difference({folder.path("new"), ""}).diff, "");
}

TEST(Difference, SaysWhyAFileCannotBeRead) {
  const Folder folder;
  const Difference found = difference({folder.path(), "a\n"});
  EXPECT_EQ(found.diff, "");
  EXPECT_EQ(found.error, "cannot read '" + folder.path() + "': Is a directory");
}

/// Applies a diff as patch(1) would, and checks every line it claims to be there.
std::string patched(const std::string& before, const std::string& diff) {
  std::vector<std::string> lines;
  std::istringstream source(before);
  for (std::string line; std::getline(source, line);) lines.push_back(line + "\n");
  std::istringstream hunks(diff);
  std::string result;
  std::size_t at = 0;
  for (std::string line; std::getline(hunks, line);) {
    if (line.starts_with("@@ -")) {
      std::size_t first = std::stoul(line.substr(4));
      const bool is_empty = line.substr(0, line.find(" +")).ends_with(",0");
      if (!is_empty) --first;
      while (at < first) result += lines.at(at++);
    } else if (line.front() == '+') {
      result += line.substr(1) + "\n";
    } else {
      EXPECT_EQ(lines.at(at), line.substr(1) + "\n");
      if (line.front() == ' ') result += lines.at(at);
      ++at;
    }
  }
  while (at < lines.size()) result += lines[at++];
  return result;
}

TEST(Difference, TurnsTheOneIntoTheOther) {
  std::mt19937 random(7);
  const auto text = [&](std::size_t lines, unsigned alphabet) {
    std::string made;
    for (std::size_t i = 0; i < lines; ++i) made += std::to_string(random() % alphabet) + "\n";
    return made;
  };
  for (int round = 0; round < 300; ++round) {
    const unsigned alphabet = 2 + random() % 60;
    const std::string before = text(random() % 40, alphabet);
    const std::string after = text(random() % 40, alphabet);
    ASSERT_EQ(patched(before, diff(before, after)), after) << "from\n" << before << "to\n" << after;
  }
}

TEST(Difference, StaysSmallForASmallChangeInALargeFile) {
  std::string before;
  for (int i = 0; i < 20'000; ++i) before += i % 3 == 0 ? "}\n" : "line " + std::to_string(i) + "\n";
  std::string after = before;
  after.insert(after.find("line 10000"), "inserted\n");
  EXPECT_LT(diff(before, after).size(), 120U);
}

}  // namespace
}  // namespace farcall
