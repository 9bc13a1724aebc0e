#include "frontend/attribute_lists.h"

#include <gtest/gtest.h>

#include <string>

namespace farcall {
namespace {

/// "[[rpc::async]] : rpc::async/async": each list and its items with their names.
std::string lists(std::string_view text) {
  auto cut = [&](TextRange range) { return std::string(text.substr(range.begin, range.end - range.begin)); };
  std::string shown;
  for (const AttributeList& list : attribute_lists(text)) {
    shown += (shown.empty() ? "" : " + ") + cut(list.range);
    for (const AttributeItem& item : list.items) shown += " : " + cut(item.range) + "/" + cut(item.name);
  }
  return shown;
}

/// What is left when item `index` of the first list is removed.
std::string without(std::size_t index, std::string text) {
  const TextRange removed = removal_of(attribute_lists(text).at(0), index, text);
  return text.erase(removed.begin, removed.end - removed.begin);
}

TEST(AttributeLists, OneItem) { EXPECT_EQ(lists("[[rpc::async]] int f();"), "[[rpc::async]] : rpc::async/async"); }
TEST(AttributeLists, NoScope) { EXPECT_EQ(lists("[[nodiscard]] int f();"), "[[nodiscard]] : nodiscard/nodiscard"); }
TEST(AttributeLists, SeveralItems) { EXPECT_EQ(lists("[[a, b::c]]"), "[[a, b::c]] : a/a : b::c/c"); }
TEST(AttributeLists, Arguments) {
  EXPECT_EQ(lists("[[a::b(1, x[2]), c]]"), "[[a::b(1, x[2]), c]] : a::b(1, x[2])/b : c/c");
}
TEST(AttributeLists, CommonScope) {
  EXPECT_EQ(lists("[[using rpc: a, b(1)]]"), "[[using rpc: a, b(1)]] : a/a : b(1)/b");
}
TEST(AttributeLists, Spaces) { EXPECT_EQ(lists("[ [ a :: b ] ]"), "[ [ a :: b ] ] : a :: b/b"); }
TEST(AttributeLists, Several) { EXPECT_EQ(lists("[[a]] [[b]]"), "[[a]] : a/a + [[b]] : b/b"); }
TEST(AttributeLists, Empty) { EXPECT_EQ(lists("[[]] int x;"), "[[]]"); }
TEST(AttributeLists, NotInComments) { EXPECT_EQ(lists("// [[a]]\n/* [[b]] */ \"[[c]]\" R\"([[d]])\""), ""); }
TEST(AttributeLists, NotSubscripts) { EXPECT_EQ(lists("a[b[0]] = [x] {};"), ""); }
TEST(AttributeLists, Unterminated) { EXPECT_EQ(lists("[[a, b(\n"), ""); }
TEST(AttributeLists, Nothing) { EXPECT_EQ(lists(""), ""); }

TEST(AttributeLists, RemovalOfTheOnlyItemTakesTheListAndBlanks) {
  EXPECT_EQ(without(0, "[[a]]  int f();"), "int f();");
}
TEST(AttributeLists, RemovalKeepsTheLineEnd) { EXPECT_EQ(without(0, "[[a]] \nint f();"), "\nint f();"); }
TEST(AttributeLists, RemovalOfTheFirstTakesItsComma) { EXPECT_EQ(without(0, "[[a, b]] int f();"), "[[b]] int f();"); }
TEST(AttributeLists, RemovalOfTheLastTakesTheCommaBefore) {
  EXPECT_EQ(without(1, "[[a, b]] int f();"), "[[a]] int f();");
}

}  // namespace
}  // namespace farcall
