// What only classes of users have: arrays of the language, bit-fields, private members and encodings of their own.
#include <gtest/gtest.h>

#include <rpc/codec.h>
#include <rpc/wire/array_codec.h>
#include <rpc/wire/bit_field.h>

#include "runtime/wire/bytes.h"
#include "runtime/wire/own_codecs.h"

namespace {

enum class Level : std::int8_t { low = -2, high = 1 };

struct Forgetful {};

}  // namespace

/// Writes nothing, and reads nothing of what it gets.
template <>
struct rpc::Codec<Forgetful> : rpc::CustomCodec<Forgetful> {
  static void write(Writer&, const Forgetful&) {}
  static void read(Reader&, Forgetful&) {}
};

namespace {

using own::Angle;
using own::Samples;
using own::Tree;
using test::complaint;
using test::decoded;
using test::encoded;
using test::encoded_hex;
using test::from_hex;

template <class T>
void expect_stable(const T& value, const char* bytes) {
  EXPECT_EQ(encoded_hex(value), bytes);
  T back{};
  test::decode_into(from_hex(bytes), back);
  EXPECT_EQ(encoded_hex(back), bytes);
}

TEST(Arrays, TravelLikeTheStandardOnes) {
  const std::uint16_t numbers[3] = {1, 2, 3};
  expect_stable(numbers, "01 00 02 00 03 00");
  const char name[4] = "abc";
  expect_stable(name, "61 62 63 00");
  const bool grid[2][2] = {{true, false}, {false, true}};
  expect_stable(grid, "01 00 00 01");
  const std::string words[2] = {"a", ""};
  expect_stable(words, "01 61 00");
  EXPECT_EQ(rpc::Codec<std::string[2][3]>::min_size, 6U);
  EXPECT_TRUE((rpc::Fixed<double[2][3]>));
  EXPECT_FALSE((rpc::Fixed<bool[2]>));
}

TEST(BitFields, TakeWhatFits) {
  EXPECT_EQ(rpc::fit<3>(7U), 7U);
  EXPECT_THROW(rpc::fit<3>(8U), rpc::Error);
  EXPECT_EQ(rpc::fit<3>(3), 3);
  EXPECT_EQ(rpc::fit<3>(-4), -4);
  EXPECT_THROW(rpc::fit<3>(4), rpc::Error);
  EXPECT_THROW(rpc::fit<3>(-5), rpc::Error);
  EXPECT_EQ(rpc::fit<1>(-1), -1);
  EXPECT_EQ(rpc::fit<64>(~std::uint64_t{0}), ~std::uint64_t{0});
  EXPECT_EQ(rpc::fit<33>(std::int64_t{-1} << 32), std::int64_t{-1} << 32);
  EXPECT_THROW(rpc::fit<33>(std::int64_t{1} << 32), rpc::Error);
  EXPECT_EQ(rpc::fit<2>(Level::low), Level::low);
  EXPECT_THROW(rpc::fit<1>(Level::high), rpc::Error) << "one bit with a sign holds 0 and -1";
}

TEST(BitFields, ShareBytes) {
  rpc::Bits bits;
  bits.set_number(1, 5);
  EXPECT_EQ(bits.value, 10U);
  EXPECT_EQ(bits.number(1, 3), 5U);
}

TEST(CustomCodecs, StandBehindTheirLength) {
  expect_stable(Angle{258}, "02 02 01");
  expect_stable(std::vector<Angle>{{1}, {2}}, "02 02 01 00 02 02 00");
  expect_stable(std::vector<Forgetful>(3), "03 00 00 00");
}

TEST(CustomCodecs, OfAnyLengthComeBack) {
  for (const std::size_t count : {0U, 1U, 29U, 30U, 400U, 420U, 9000U}) {
    Samples samples;
    for (std::size_t i = 0; i < count; ++i) samples.values.push_back(static_cast<double>(i));
    const std::vector<Samples> all(2, samples);
    const auto back = decoded<std::vector<Samples>>(encoded(all));
    ASSERT_EQ(back.size(), 2U);
    EXPECT_EQ(back[0].values, samples.values);
    EXPECT_EQ(back[1].values, samples.values);
  }
}

TEST(CustomCodecs, CannotLookBeyondTheirLength) {
  EXPECT_NE(complaint<Angle>(from_hex("01 02 01")).find("expected 2 bytes, found 1"), std::string::npos);
  EXPECT_NE(complaint<Angle>(from_hex("03 02 01 00")).find("expected the end, found 1 more"), std::string::npos);
  EXPECT_NE(complaint<Angle>(from_hex("04 02 01")).find("expected 4 elements"), std::string::npos);
  EXPECT_NE(complaint<Forgetful>(from_hex("01 00")).find("expected the end"), std::string::npos);
  EXPECT_EQ(complaint<std::vector<Angle>>(from_hex("02 02 ff ff 02 02 00")), "more than a turn");
}

TEST(CustomCodecs, LeaveNothingBehindWhenTheyFail) {
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits());
  rpc::Writer at = out.begin();
  EXPECT_THROW(at.write(std::vector<Angle>{{1}, {-1}}), rpc::Error);
  at = out.begin();
  at.write(Angle{1});
  out.commit(at);
  EXPECT_EQ(test::hex(buffer.data(), buffer.size()), "02 01 00");
}

TEST(CustomCodecs, CountTheirNesting) {
  Tree tree;
  for (int depth = 1; depth < 64; ++depth) {
    Tree outer;
    outer.children.push_back(std::move(tree));
    tree = std::move(outer);
  }
  std::vector<std::byte> bytes = encoded(tree);
  EXPECT_EQ(decoded<Tree>(bytes).children.size(), 1U);
  Tree outer;
  outer.children.push_back(std::move(tree));
  EXPECT_THROW(encoded(outer), rpc::Error);

  std::string nested;
  for (int depth = 0; depth < 100; ++depth) {
    char level[8];
    std::snprintf(level, sizeof level, "%02x 01 ", 2 * (100 - depth) - 1);
    nested += level;
  }
  EXPECT_NE(complaint<Tree>(from_hex(nested)).find("nested deeper than 64"), std::string::npos);
}

}  // namespace
