// std::expected, which needs C++23: this file is compiled as such.
#include <gtest/gtest.h>

#include "runtime/wire/bytes.h"

#ifdef __cpp_lib_expected

namespace {

using test::complaint;
using test::decoded;
using test::encoded;
using test::encoded_hex;
using test::from_hex;

using Result = std::expected<std::string, int>;

TEST(Expected, TravelsAsAVariant) {
  EXPECT_EQ(encoded_hex(Result("roof")), "00 04 72 6f 6f 66");
  EXPECT_EQ(encoded_hex(Result(std::unexpect, 7)), "01 07 00 00 00");
  EXPECT_EQ(encoded(Result("roof")), encoded(std::variant<std::string, int>("roof")));
  EXPECT_EQ(encoded_hex(std::expected<void, int>()), "00 00");
  EXPECT_EQ(encoded_hex(std::expected<void, int>(std::unexpect, 7)), "01 07 00 00 00");
  EXPECT_EQ(rpc::Codec<Result>::min_size, 2U);
  EXPECT_EQ((rpc::Codec<std::expected<void, double>>::min_size), 2U);
}

// Each into an object that has a value and into one that has an error.
TEST(Expected, ComesBackIntoEveryState) {
  for (const Result& sent : {Result("roof"), Result(std::unexpect, 7)}) {
    for (Result kept : {Result("before"), Result(std::unexpect, 1)}) {
      test::decode_into(encoded(sent), kept);
      EXPECT_EQ(kept, sent);
    }
  }
  std::expected<void, std::string> nothing(std::unexpect, "before");
  test::decode_into(from_hex("00 00"), nothing);
  EXPECT_TRUE(nothing.has_value());
  test::decode_into(from_hex("01 01 61"), nothing);
  EXPECT_EQ(nothing.error(), "a");
}

TEST(Expected, HoldsWhatCannotBeCopied) {
  using Held = std::expected<std::unique_ptr<int>, std::error_code>;
  const auto read = decoded<std::vector<Held>>(from_hex("02 00 01 05 00 00 00 00 00"));
  EXPECT_EQ(**read.at(0), 5);
  EXPECT_EQ(*read.at(1), nullptr);
}

TEST(Expected, RefusesOtherBytes) {
  EXPECT_EQ(complaint<Result>(from_hex("02 00")),
            "malformed message at byte 0 of 2: expected the index of an alternative of a variant that has 2, found 2");
  EXPECT_NE(complaint<Result>(from_hex("")), "");
  EXPECT_NE(complaint<Result>(from_hex("00")), "");
  EXPECT_NE(complaint<Result>(from_hex("01 07 00 00")), "");
  EXPECT_NE((complaint<std::expected<void, int>>(from_hex("00"))), "");
}

}  // namespace

#endif
