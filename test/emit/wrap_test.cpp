// Where generated lines are broken.
#include "emit/wrap.h"

#include <gtest/gtest.h>

namespace farcall {
namespace {

const std::string forty(40, 'x');

std::size_t longest_line(const std::string& text) {
  std::size_t longest = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    longest = std::max(longest, end - at);
    at = end + 1;
  }
  return longest;
}

TEST(Wrap, LeavesOneLineThatFits) {
  EXPECT_EQ(wrap({.head = "f(", .parts = {"a", "b"}, .tail = ");"}), "f(a, b);");
  EXPECT_EQ(wrap({.head = "f(", .parts = {}, .tail = ");"}), "f();");
}

TEST(Wrap, ExactlyFullIsNotTooLong) {
  const std::string part(max_columns - 5, 'x');
  EXPECT_EQ(wrap({.indent = 1, .head = "f(", .parts = {part}, .tail = ");"}), "f(" + part + ");");
}

TEST(Wrap, AlignsBehindTheHead) {
  EXPECT_EQ(wrap({.indent = 2, .head = "f(", .parts = {forty, forty, forty}, .tail = ");"}),
            "f(" + forty + ", " + forty + ",\n  " + forty + ");");
}

TEST(Wrap, StartsAnewWhereTheHeadIsFarOut) {
  const std::string head(80, 'h');
  EXPECT_EQ(wrap({.head = head + "(", .parts = {forty, "y"}, .tail = ");"}), head + "(\n    " + forty + ", y);");
}

TEST(Wrap, NoLineIsTooLong) {
  for (std::size_t count = 1; count < 20; ++count) {
    for (std::size_t indent : {0, 2, 4}) {
      const std::string text = wrap({.indent = indent,
                                     .head = std::string(count * 5, 'h') + "(",
                                     .parts = std::vector(count, forty),
                                     .tail = ") {"});
      EXPECT_LE(longest_line(text), max_columns - (text.find('\n') == text.npos ? indent : 0)) << text;
      EXPECT_EQ(text.find(" \n"), text.npos) << text;
    }
  }
}

}  // namespace
}  // namespace farcall
