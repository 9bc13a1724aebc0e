#include "model/type.h"

#include <gtest/gtest.h>

namespace farcall {
namespace {

Type an_int() { return {Scalar::int32, "int"}; }
Type text() { return {Text{}, "std::string"}; }
Type sequence(SequenceKind kind, Type element, std::uint64_t extent = 0) {
  return {SequenceOf{kind, Box(std::move(element)), extent}, "sequence"};
}

TEST(Box, IsAValue) {
  const Type original = sequence(SequenceKind::vector, an_int());
  Type copy = original;
  EXPECT_EQ(copy, original);
  std::get<SequenceOf>(copy.form).element = Box(text());
  EXPECT_NE(copy, original);
  EXPECT_EQ(*std::get<SequenceOf>(original.form).element, an_int());
  Type moved = std::move(copy);
  EXPECT_EQ(*std::get<SequenceOf>(moved.form).element, text());
  Box& element = std::get<SequenceOf>(moved.form).element;
  element = *&element;
  EXPECT_EQ(*element, text());
}

TEST(Describe, NamesEveryScalar) {
  const std::string names[] = {"bool",   "byte",   "int8",  "int16",  "int32",  "int64",   "uint8",  "uint16",
                               "uint32", "uint64", "char8", "char16", "char32", "float32", "float64"};
  for (std::size_t i = 0; i < std::size(names); ++i) EXPECT_EQ(describe({static_cast<Scalar>(i), ""}), names[i]);
}

TEST(Describe, SpellsEachForm) {
  const DurationOf milliseconds{Scalar::int64, 1, 1000};
  EXPECT_EQ(describe({Void{}, "void"}), "void");
  EXPECT_EQ(describe({EnumRef{"home::Kind"}, "Kind"}), "enum home::Kind");
  EXPECT_EQ(describe({RecordRef{"home::Reading"}, "Reading"}), "record home::Reading");
  EXPECT_EQ(describe(text()), "text");
  EXPECT_EQ(describe(sequence(SequenceKind::vector, {RecordRef{"home::Reading"}, ""})), "list<record home::Reading>");
  EXPECT_EQ(describe(sequence(SequenceKind::array, an_int(), 3)), "array<int32, 3>");
  EXPECT_EQ(describe(sequence(SequenceKind::set, text())), "set<text>");
  EXPECT_EQ(describe({MapOf{MapKind::map, Box(text()), Box(an_int())}, ""}), "map<text, int32>");
  EXPECT_EQ(describe({OptionalOf{Box(text())}, ""}), "optional<text>");
  EXPECT_EQ(describe({OptionalOf{Box(text()), OptionalKind::unique_ptr}, ""}), "optional<text>");
  EXPECT_EQ(describe({SharedOf{Box(text())}, ""}), "shared<text>");
  EXPECT_EQ(describe({AdaptorOf{AdaptorKind::stack, Box(sequence(SequenceKind::deque, text()))}, ""}), "list<text>");
  EXPECT_EQ(describe({BitsetOf{12}, ""}), "bitset<12>");
  EXPECT_EQ(describe({Path{}, ""}), "text");
  EXPECT_EQ(describe({ErrorCode{}, ""}), "error_code");
  EXPECT_EQ(describe({PairOf{Box(text()), Box(an_int())}, ""}), "pair<text, int32>");
  EXPECT_EQ(describe({TupleOf{{Box(text()), Box(an_int())}}, ""}), "tuple<text, int32>");
  EXPECT_EQ(describe({TupleOf{}, ""}), "tuple<>");
  EXPECT_EQ(describe({VariantOf{{Box({Monostate{}, ""}), Box(text())}}, ""}), "variant<monostate, text>");
  EXPECT_EQ(describe({ComplexOf{Scalar::float32}, ""}), "complex<float32>");
  EXPECT_EQ(describe({milliseconds, ""}), "duration<int64, 1/1000>");
  EXPECT_EQ(describe({TimePointOf{"std::chrono::system_clock", milliseconds}, ""}),
            "time<std::chrono::system_clock, int64, 1/1000>");
  EXPECT_EQ(describe({Unsupported{"it is a pointer", "send a value"}, "int *"}),
            "unsupported: it is a pointer (send a value)");
}

TEST(Describe, IgnoresWhatTheWireIgnores) {
  EXPECT_EQ(describe({Scalar::int32, "home::Count"}), describe({Scalar::int32, "int"}));
  EXPECT_EQ(describe(sequence(SequenceKind::set, text())), describe(sequence(SequenceKind::unordered_set, text())));
  EXPECT_EQ(describe({MapOf{MapKind::map, Box(text()), Box(text())}, ""}),
            describe({MapOf{MapKind::unordered_map, Box(text()), Box(text())}, ""}));
  for (const SequenceKind kind : {SequenceKind::deque, SequenceKind::list, SequenceKind::forward_list})
    EXPECT_EQ(describe(sequence(kind, text())), "list<text>");
  EXPECT_EQ(describe(sequence(SequenceKind::unordered_multiset, text())), "multiset<text>");
  EXPECT_EQ(describe({MapOf{MapKind::unordered_multimap, Box(text()), Box(text())}, ""}), "multimap<text, text>");
}

}  // namespace
}  // namespace farcall
