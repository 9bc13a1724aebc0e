// What only variants have: alternatives that are constructed, kept, cannot be copied, and are missing.
#include <gtest/gtest.h>

#include <stdexcept>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

namespace {

/// Can be neither copied nor moved, and counts how often it was made.
struct Fixture {
  Fixture() { ++made; }
  Fixture(const Fixture&) = delete;
  Fixture& operator=(const Fixture&) = delete;

  static inline int made = 0;
  std::string name;
};

/// Throws when it is made while `broken`. Not trivially copyable, or g++'s variant makes it before it gives up what it
/// has.
struct Fragile {
  Fragile() {
    if (broken) throw std::runtime_error("fragile");
  }

  static inline bool broken = false;
  std::string name;
};

}  // namespace

template <>
struct rpc::Codec<Fixture> {
  static constexpr std::size_t min_size = 1;
  static std::byte* encode(Encoder& out, std::byte* to, const Fixture& value) {
    return Codec<std::string>::encode(out, to, value.name);
  }
  static const std::byte* decode(Decoder& in, const std::byte* from, Fixture& value) {
    return Codec<std::string>::decode(in, from, value.name);
  }
};

template <>
struct rpc::Codec<Fragile> : rpc::EmptyCodec<Fragile> {};

namespace {

using test::from_hex;

TEST(Variant, AlternativesNeedNoCopy) {
  std::variant<int, Fixture> sent;
  sent.emplace<1>().name = "roof";
  std::variant<int, Fixture> read;
  test::decode_into(test::encoded(sent), read);
  EXPECT_EQ(std::get<1>(read).name, "roof");
  const std::list<std::variant<int, Fixture>> list(3);
  EXPECT_EQ(test::encoded_hex(list), "03 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00");
}

TEST(Variant, TheAlternativeItHasIsKept) {
  std::variant<int, Fixture, Fixture> kept;
  kept.emplace<1>();
  Fixture::made = 0;
  test::decode_into(from_hex("01 01 61"), kept);
  EXPECT_EQ(Fixture::made, 0);
  EXPECT_EQ(std::get<1>(kept).name, "a");
  test::decode_into(from_hex("02 01 62"), kept);  // the same type is not the same alternative
  EXPECT_EQ(Fixture::made, 1);
  EXPECT_EQ(std::get<2>(kept).name, "b");
  test::decode_into(from_hex("00 05 00 00 00"), kept);
  EXPECT_EQ(std::get<0>(kept), 5);
}

TEST(Variant, WithoutAValueItIsNotSentButCanBeRead) {
  std::variant<std::string, Fragile> value("roof");
  Fragile::broken = true;
  EXPECT_THROW(test::decode_into(from_hex("01 00"), value), std::runtime_error);
  Fragile::broken = false;
  ASSERT_TRUE(value.valueless_by_exception());
  try {
    test::encoded(value);
    FAIL() << "a variant without a value was encoded";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling);
    EXPECT_STREQ(error.what(),
                 "cannot send a std::variant without a value: it became valueless when an exception was thrown");
  }
  test::decode_into(from_hex("00 01 61"), value);
  EXPECT_EQ(std::get<0>(value), "a");
}

template <std::size_t>
using Byte = std::uint8_t;

template <std::size_t... I>
std::variant<Byte<I>...> bytes(std::index_sequence<I...>);

// From 240 on an index takes two bytes. Every alternative costs the compiler, so there are no more than that takes.
TEST(Variant, AsManyAlternativesAsOneLikes) {
  using Many = decltype(bytes(std::make_index_sequence<242>()));
  const auto expect_index = [](const Many& value, const char* hex) {
    const std::vector<std::byte> bytes = test::encoded(value);
    EXPECT_EQ(test::hex(bytes.data(), bytes.size()), hex);
    EXPECT_EQ(test::decoded<Many>(bytes), value);
  };
  expect_index(Many(std::in_place_index<239>, 7), "ef 07");
  expect_index(Many(std::in_place_index<240>, 7), "f0 00 07");
  expect_index(Many(std::in_place_index<241>, 7), "f0 01 07");
  EXPECT_NE(test::complaint<Many>(from_hex("f0 02 07")).find("that has 242, found 242"), std::string::npos);
}

home::Term nested(unsigned height) {
  home::Term term;
  for (unsigned i = 1; i < height; ++i) {
    std::vector<home::Term> terms;
    terms.push_back(std::move(term));
    term.value = std::move(terms);
  }
  return term;
}

TEST(Variant, RecursionHasTheLimitOfItsRecord) {
  EXPECT_EQ(test::decoded<home::Term>(test::encoded(nested(64))), nested(64));
  EXPECT_THROW(test::encoded(nested(65)), rpc::Error);
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "02 01 ";
  EXPECT_NE(test::complaint<home::Term>(from_hex(deep)).find("max_nesting"), std::string::npos);
}

}  // namespace
