#include "output/fixes.h"

#include <gtest/gtest.h>

namespace farcall {
namespace {

using Answer = FixSet::Answer;

const SourceFiles sources = {{"a.h", {"/home/a.h", "0123456789"}}, {"b.h", {"/home/b.h", "abcdef"}}};

Edit edit(std::uint32_t begin, std::uint32_t end, std::string text, std::string file = "a.h") {
  return {{.file = std::move(file), .begin = begin, .end = end}, std::move(text)};
}

/// What becomes of a.h.
std::string text_of(const FixSet& fixes) { return fixes.apply().at("/home/a.h"); }

TEST(FixSet, ReplacesRemovesAndInserts) {
  FixSet fixes;
  EXPECT_EQ(fixes.add({"", {edit(8, 9, "eight"), edit(0, 1, ""), edit(5, 5, "+")}}, sources), Answer::taken);
  EXPECT_EQ(text_of(fixes), "1234+567eight9");
}

TEST(FixSet, ChangesSeveralFiles) {
  FixSet fixes;
  fixes.add({"", {edit(0, 1, "x"), edit(0, 1, "y", "b.h")}}, sources);
  EXPECT_EQ(fixes.apply(), (std::map<std::string, std::string>{{"/home/a.h", "x123456789"}, {"/home/b.h", "ybcdef"}}));
}

TEST(FixSet, WritesLinesAsTheFileHasThem) {
  const SourceFiles crlf = {{"a.h", {"/home/a.h", "a\r\nb\r\n"}}};
  FixSet fixes;
  fixes.add({"", {edit(3, 3, "c\nd\r\n")}}, crlf);
  EXPECT_EQ(text_of(fixes), "a\r\nc\r\nd\r\nb\r\n");
}

TEST(FixSet, TakesNothingOfAFixThatOverlaps) {
  FixSet fixes;
  fixes.add({"", {edit(2, 5, "x")}}, sources);
  EXPECT_EQ(fixes.add({"", {edit(4, 6, "y"), edit(8, 9, "z")}}, sources), Answer::overlaps);
  EXPECT_EQ(fixes.add({"", {edit(3, 3, "y")}}, sources), Answer::overlaps);
  EXPECT_EQ(fixes.add({"", {edit(2, 2, "y")}}, sources), Answer::overlaps);
  EXPECT_EQ(fixes.add({"", {edit(5, 6, "y")}}, sources), Answer::taken);
  EXPECT_EQ(fixes.add({"", {edit(3, 3, "y", "b.h")}}, sources), Answer::taken);
  EXPECT_EQ(text_of(fixes), "01xy6789");
}

TEST(FixSet, TakesTheSameFixOnce) {
  FixSet fixes;
  for (int i = 0; i < 2; ++i) EXPECT_EQ(fixes.add({"", {edit(2, 2, "x")}}, sources), Answer::taken);
  EXPECT_EQ(fixes.add({"", {edit(2, 2, "y")}}, sources), Answer::overlaps) << "nothing says which comes first";
  EXPECT_EQ(text_of(fixes), "01x23456789");
}

}  // namespace
}  // namespace farcall
