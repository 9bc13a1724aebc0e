// Bytes to UTF-16 and back.

#include "lsp/positions.h"

#include <gtest/gtest.h>

namespace farcall::lsp {
namespace {

using namespace std::string_view_literals;

TEST(Positions, CountUtf16) {
  constexpr std::string_view text = "aü😀b\nc"sv;
  const TextLines lines(text);
  EXPECT_EQ(lines.position_of(0), (Position{0, 0}));
  EXPECT_EQ(lines.position_of(1), (Position{0, 1}));  // ü: two bytes, one unit
  EXPECT_EQ(lines.position_of(3), (Position{0, 2}));  // 😀: four bytes, two units
  EXPECT_EQ(lines.position_of(7), (Position{0, 4}));
  EXPECT_EQ(lines.position_of(9), (Position{1, 0}));
  EXPECT_EQ(lines.position_of(99), (Position{1, 1}));
}

TEST(Positions, GoThereAndBack) {
  constexpr std::string_view text = "// größer\r\nint ü;\n\n😀 // \xff\xfe end"sv;
  const TextLines lines(text);
  for (std::uint32_t offset = 0; offset <= text.size(); ++offset) {
    const bool is_inside = offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80;
    const bool is_between = offset > 0 && text[offset - 1] == '\r';
    if (is_inside || is_between) continue;
    EXPECT_EQ(lines.offset_of(lines.position_of(offset)), offset) << offset;
  }
}

TEST(Positions, InsideOfACharacterAreWhereItBegins) {
  const TextLines lines("😀x"sv);
  EXPECT_EQ(lines.position_of(2), (Position{0, 0}));
  EXPECT_EQ(lines.offset_of({0, 1}), 0U);  // between the two halves
  EXPECT_EQ(lines.offset_of({0, 2}), 4U);
}

TEST(Positions, BehindALineAreItsEnd) {
  const TextLines lines("ab\r\ncd\re\n"sv);
  EXPECT_EQ(lines.offset_of({0, 9}), 2U);
  EXPECT_EQ(lines.offset_of({1, 9}), 6U);
  EXPECT_EQ(lines.offset_of({2, 9}), 8U);
  EXPECT_EQ(lines.offset_of({3, 9}), 9U);
  EXPECT_EQ(lines.offset_of({7, 0}), 9U);
}

TEST(Positions, BytesThatAreNoUtf8AreOneUnitEach) {
  const TextLines lines("\xc3(\xe2\x82x\xf0"sv);
  EXPECT_EQ(lines.position_of(1), (Position{0, 1}));
  EXPECT_EQ(lines.position_of(4), (Position{0, 4}));
  EXPECT_EQ(lines.position_of(6), (Position{0, 6}));
}

TEST(Positions, OfAnEmptyText) {
  const TextLines lines(""sv);
  EXPECT_EQ(lines.position_of(0), (Position{0, 0}));
  EXPECT_EQ(lines.offset_of({5, 5}), 0U);
}

}  // namespace
}  // namespace farcall::lsp
