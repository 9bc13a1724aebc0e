// Which section of the exact encoding each kind of field goes to, and what can be said about its size.
#include "plan/layout.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

const Enum kind{.name = "home::Kind", .underlying = Scalar::int32, .enumerators = {{"indoor", 0}, {"outdoor", 5}}};
const Enum level{.name = "home::Level", .underlying = Scalar::int16, .enumerators = {{"low", -300}, {"high", 300}}};

Contract with_enums() { return contract({}, {}, {kind, level}); }

std::vector<std::string> names(const std::vector<Item>& items) {
  std::vector<std::string> made;
  for (const Item& item : items) made.push_back(item.access);
  return made;
}

TEST(Layout, NothingIsEmpty) {
  const Layout layout = lay_out({}, {});
  EXPECT_TRUE(layout.empty());
  EXPECT_EQ(layout.min_size, 0U);
}

TEST(Layout, SortsFieldsIntoSectionsAndKeepsTheirOrder) {
  const Layout layout = lay_out(
      {}, {{"a", of_text()}, {"b", of_double()}, {"c", of_bool()}, {"d", of_int()}, {"e", of_vector(of_int())}});
  EXPECT_EQ(layout.bits, (std::vector<BitItem>{{BitKind::boolean, "c", 0, 0, 1, ""}}));
  EXPECT_EQ(names(layout.fixed), (std::vector<std::string>{"b", "d"}));
  EXPECT_EQ(layout.fixed_size, 12U);
  ASSERT_EQ(layout.variable.size(), 2U);
  EXPECT_EQ(layout.variable[0].item.access, "a");
  EXPECT_EQ(layout.variable[1].item.access, "e");
  EXPECT_EQ(layout.min_size, 1U + 12U + 2U);
}

TEST(Layout, UnsignedBitFieldsOfUpToAByteAreBits) {
  const Type small = type(Scalar::uint16, "std::uint16_t");
  const Layout layout = lay_out(
      {},
      {{"flag", of_bool(), 1}, {"a", small, 3}, {"b", small, 8}, {"c", small, 9}, {"d", of_int(), 3}, {"e", small}});
  EXPECT_EQ(layout.bits, (std::vector<BitItem>{{BitKind::boolean, "flag", 0, 0, 1, "", 1},
                                               {BitKind::number, "a", 0, 1, 3, "", 3},
                                               {BitKind::number, "b", 1, 0, 8, "", 8}}));
  EXPECT_EQ(names(layout.fixed), (std::vector<std::string>{"c", "d", "e"}));
  EXPECT_EQ(layout.fixed_size, 8U);
}

TEST(Layout, ArraysOfTheLanguageAreLikeTheStandardOnes) {
  const auto array = [](const Type& element, std::uint64_t extent) {
    return type(SequenceOf{SequenceKind::c_array, Box(element), extent}, "…");
  };
  EXPECT_EQ(fixed_width({}, array(array(of_int(), 3), 2)), 24U);
  EXPECT_EQ(fixed_width({}, array(of_text(), 2)), 0U);
  EXPECT_EQ(min_size({}, array(of_text(), 2)), 2U);
}

TEST(Layout, ATypeWithACodecTakesAByteAtLeast) {
  Record angle = record("home::Angle", {});
  angle.codec.emplace();
  EXPECT_EQ(min_size(contract({}, {angle}), of_record("home::Angle")), 1U);
  EXPECT_EQ(fixed_width(contract({}, {angle}), of_record("home::Angle")), 0U);
}

TEST(Layout, AnEnumThatDoesNotFitIntoAByteStartsTheNext) {
  std::vector<Item> items(6, {"flag", of_bool()});
  items.push_back({"kind", of_enum("home::Kind")});  // 5 takes 3 bits, 2 are left
  items.push_back({"last", of_bool()});
  const Layout layout = lay_out(with_enums(), items);
  EXPECT_EQ(layout.bit_bytes, 2U);
  EXPECT_EQ(layout.bits[6], (BitItem{BitKind::small_enum, "kind", 1, 0, 3, "home::Kind"}));
  EXPECT_EQ(layout.bits[7], (BitItem{BitKind::boolean, "last", 1, 3, 1, ""}));
}

TEST(Layout, EightBoolsFillOneByte) {
  EXPECT_EQ(lay_out({}, std::vector<Item>(8, {"flag", of_bool()})).bit_bytes, 1U);
  EXPECT_EQ(lay_out({}, std::vector<Item>(9, {"flag", of_bool()})).bit_bytes, 2U);
}

TEST(Layout, AnOptionalIsABitAndAValueThatMayBeMissing) {
  const Layout layout = lay_out({}, {{"note", of_optional(of_text())}, {"limit", of_optional(of_int())}});
  EXPECT_EQ(layout.bits[1], (BitItem{BitKind::presence, "limit", 0, 1, 1, ""}));
  EXPECT_TRUE(layout.variable[0].optional);
  EXPECT_EQ(layout.variable[0].item.type, of_text());
  EXPECT_EQ(layout.variable[0].room, Room::own);
  EXPECT_EQ(layout.variable[1].room, Room::fixed);
  EXPECT_EQ(layout.variable[1].width, 4U);
  EXPECT_EQ(layout.min_size, 1U);
}

TEST(Layout, AUniquePtrIsABitAndAnObjectThatMayBeMissing) {
  const Type node{OptionalOf{Box(of_int()), OptionalKind::unique_ptr}, "std::unique_ptr<int>"};
  const Layout layout = lay_out({}, {{"next", node}, {"other", {SharedOf{Box(of_int())}, "std::shared_ptr<int>"}}});
  EXPECT_EQ(layout.bits, (std::vector<BitItem>{{BitKind::not_null, "next", 0, 0, 1, ""}}));
  ASSERT_EQ(layout.variable.size(), 2U);
  EXPECT_TRUE(layout.variable[0].optional);
  EXPECT_EQ(layout.variable[0].room, Room::fixed);
  EXPECT_FALSE(layout.variable[1].optional);
  EXPECT_EQ(layout.min_size, 1U + 1U);
}

TEST(Layout, AnEnumWithLargeValuesHasItsUnderlyingWidth) {
  EXPECT_EQ(small_width(level), 0U);
  EXPECT_EQ(fixed_width(with_enums(), of_enum("home::Level")), 2U);
  EXPECT_EQ(fixed_width(with_enums(), of_enum("home::Kind")), 0U);
}

TEST(Layout, FlagsTakeTheBitsOfAllTheirValuesTogether) {
  const Enum days{
      .name = "Days", .underlying = Scalar::uint8, .is_flags = true, .enumerators = {{"a", 1}, {"b", 2}, {"c", 4}}};
  EXPECT_EQ(small_width(days), 3U);
  EXPECT_EQ(small_width({.name = "One", .underlying = Scalar::int32, .enumerators = {{"only", 0}}}), 1U);
  EXPECT_EQ(small_width({.name = "Byte", .underlying = Scalar::int32, .enumerators = {{"a", 255}}}), 8U);
  EXPECT_EQ(small_width({.name = "More", .underlying = Scalar::int32, .enumerators = {{"a", 256}}}), 0U);
}

TEST(Layout, FlatRecordsAndArraysOfNumbersAreFixed) {
  Record point = record("home::Point", {field("x", of_double()), field("y", of_double())});
  point.flat_size = 16;
  const Contract with_point = contract({}, {point, reading()}, {kind});
  EXPECT_EQ(fixed_width(with_point, of_record("home::Point")), 16U);
  EXPECT_EQ(fixed_width(with_point, of_array(of_record("home::Point"), 3)), 48U);
  EXPECT_EQ(fixed_width(with_point, of_array(of_int(), 3)), 12U);
  EXPECT_EQ(fixed_width(with_point, of_array(of_array(of_int(), 3), 2)), 24U);
  EXPECT_EQ(fixed_width(with_point, of_array(of_bool(), 3)), 0U);
  EXPECT_EQ(fixed_width(with_point, of_array(of_enum("home::Kind"), 3)), 0U);
  EXPECT_EQ(fixed_width(with_point, of_record("home::Reading")), 0U);
}

TEST(Layout, SpansOfFixedExtentAreFixed) {
  const Type three = type(SequenceOf{SequenceKind::span, Box(of_int()), 3}, "std::span<const int, 3>");
  const Type any = type(SequenceOf{SequenceKind::span, Box(of_int())}, "std::span<const int>");
  EXPECT_EQ(fixed_width({}, three), 12U);
  EXPECT_EQ(fixed_width({}, any), 0U);
  const Layout layout = lay_out({}, {{"any", any}, {"three", three}, {"view", type(Text{true}, "std::string_view")}});
  EXPECT_EQ(names(layout.fixed), std::vector<std::string>{"three"});
  EXPECT_EQ(layout.variable[0].room, Room::own);
  EXPECT_EQ(layout.variable[1].room, Room::text);
}

TEST(Layout, KnowsTheLeastThatEachElementTakes) {
  const Contract all = contract({}, {reading(), record("home::Empty", {})}, {kind, level});
  EXPECT_EQ(min_size(all, of_bool()), 1U);
  EXPECT_EQ(min_size(all, of_enum("home::Kind")), 1U);
  EXPECT_EQ(min_size(all, of_enum("home::Level")), 2U);
  EXPECT_EQ(min_size(all, of_text()), 1U);
  EXPECT_EQ(min_size(all, of_optional(of_double())), 1U);
  EXPECT_EQ(min_size(all, of_pair(of_int(), of_text())), 5U);
  EXPECT_EQ(min_size(all, of_tuple({Box(of_int()), Box(of_text())})), 5U);
  EXPECT_EQ(min_size(all, of_tuple({})), 1U);
  EXPECT_EQ(min_size(all, of_variant({Box(of_double()), Box(of_text())})), 2U);
  EXPECT_EQ(min_size(all, {ComplexOf{Scalar::float32}, ""}), 8U);
  EXPECT_EQ(min_size(all, {SharedOf{Box(of_double())}, ""}), 1U);
  EXPECT_EQ(min_size(all, {BitsetOf{17}, ""}), 3U);
  EXPECT_EQ(min_size(all, {BitsetOf{0}, ""}), 1U);
  EXPECT_EQ(min_size(all, {ErrorCode{}, ""}), 6U);
  EXPECT_EQ(min_size(all, of_array(of_text(), 4)), 4U);
  EXPECT_EQ(min_size(all, of_array(of_text(), 0)), 1U);
  EXPECT_EQ(min_size(all, of_record("home::Reading")), 9U);
  EXPECT_EQ(min_size(all, of_record("home::Empty")), 1U);
}

}  // namespace
}  // namespace farcall
