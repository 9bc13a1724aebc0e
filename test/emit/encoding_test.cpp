// The statements that write and read a layout.
#include "emit/encoding.h"

#include <gtest/gtest.h>

#include "plan/contracts.h"

namespace farcall {
namespace {

using namespace testing;

std::string encoded(const std::vector<Item>& items) { return encode_statements(lay_out({}, items), {"", 2}); }
std::string decoded(const std::vector<Item>& items) { return decode_statements(lay_out({}, items), {"", 2}); }

TEST(Encoding, AsksForRoomOnceForEverythingThatCanBeTold) {
  const std::vector<Item> items = {{"a", of_text()}, {"b", of_bool()}, {"c", of_double()}, {"d", of_text()}};
  EXPECT_EQ(encoded(items), R"(at.room(9 + bound(a) + bound(d));
Bits bits;
bits.set(0, b);
at.put(bits);
at.put(c);
at.put(a);
at.put(d);)");
  EXPECT_EQ(decoded(items), R"(at.need(9);
Bits bits;
at.get(bits);
bits.get(0, b);
at.get(c);
at.read(a);
at.read(d);)");
}

TEST(Encoding, BitFieldsAreAssigned) {
  const Type word = type(Scalar::uint16, "std::uint16_t");
  const std::vector<Item> items = {{"a", of_bool(), 1}, {"b", word, 3}, {"c", word, 12}};
  EXPECT_EQ(encoded(items), R"(at.room(3);
Bits bits;
bits.set(0, a);
bits.set_number(1, b);
at.put(bits);
at.put(c);)");
  EXPECT_EQ(decoded(items), R"(at.need(3);
Bits bits;
at.get(bits);
a = bits.has(0);
b = bits.number(1, 3);
c = fit<12>(at.take<decltype(c)>());)");
}

TEST(Encoding, OptionalsOfFixedWidthJoinIn) {
  const std::vector<Item> items = {{"limit", of_optional(of_int())}, {"note", of_optional(of_text())}};
  EXPECT_EQ(encoded(items), R"(at.room(5);
Bits bits;
bits.set(0, limit.has_value());
bits.set(1, note.has_value());
at.put(bits);
if (limit) at.put(*limit);
if (note) at.write(*note);)");
  EXPECT_EQ(decoded(items), R"(at.need(1);
Bits bits;
at.get(bits);
at.read_if(bits.has(0), limit);
at.read_if(bits.has(1), note);)");
}

TEST(Encoding, WhatHasNoBoundAsksForItself) {
  EXPECT_EQ(encoded({{"a", of_vector(of_text())}, {"b", of_text()}, {"c", of_vector(of_text())}}),
            "at.write(a);\nat.write(b);\nat.write(c);");
}

TEST(Encoding, LaterNeighboursShareTheirRoom) {
  EXPECT_EQ(encoded({{"a", of_vector(of_text())}, {"b", of_text()}, {"c", of_text()}}),
            "at.write(a);\nat.room(bound(b) + bound(c));\nat.put(b);\nat.put(c);");
}

TEST(Encoding, OneTextAlone) { EXPECT_EQ(encoded({{"a", of_text()}}), "at.write(a);"); }

TEST(Encoding, SeveralBytesOfBitsAreNumbered) {
  const std::string text = decoded(std::vector<Item>(9, {"b", of_bool()}));
  EXPECT_NE(text.find("at.need(2);\nBits bits;\nat.get(bits);\n"), text.npos);
  EXPECT_NE(text.find("bits.get(7, b);\nBits bits2;\nat.get(bits2);\nbits2.get(0, b);"), text.npos);
}

TEST(Encoding, NamesTheRuntimeFromOutside) {
  EXPECT_EQ(encode_statements(lay_out({}, {{"a", of_text()}, {"b", of_bool()}}), {"::rpc::", 4}),
            "at.room(1 + ::rpc::bound(a));\n::rpc::Bits bits;\nbits.set(0, b);\nat.put(bits);\nat.put(a);");
}

}  // namespace
}  // namespace farcall
