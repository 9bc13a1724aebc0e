// Bytes that are no message and values that cannot be sent: each gives an error, none a wrong value or a wild read.
#include <gtest/gtest.h>

#include <random>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

using test::complaint;
using test::from_hex;

namespace {

home::Reading full_reading() {
  home::Reading reading;
  reading.limit = 7;
  reading.note = std::string(300, 'n');
  reading.neighbours = {{"north", {1, 2}, home::Vendor::acme}, {"south", {3, 4}, home::Vendor::initech}};
  reading.sensor.name = "self";
  return reading;
}

// Each proper prefix of a message, in memory of exactly its size.
template <class T>
void expect_truncations_malformed(const T& value) {
  const std::vector<std::byte> bytes = test::encoded(value);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::vector<std::byte> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    prefix.shrink_to_fit();
    ASSERT_NE(complaint<T>(prefix).find("malformed message at byte"), std::string::npos)
        << size << " of " << bytes.size();
  }
}

TEST(Malformed, EveryTruncation) {
  expect_truncations_malformed(full_reading());
  expect_truncations_malformed(home::Room{"a", home::Days::sunday, {{"b", home::Days::none, {{}, {}}}}});
  expect_truncations_malformed(std::map<std::string, std::vector<home::Reading>>{{"k", {full_reading()}}});
  expect_truncations_malformed(
      std::pair<std::uint16_t, std::vector<std::uint64_t>>(1, std::vector<std::uint64_t>(200, 3)));
  expect_truncations_malformed(std::set<std::string>{"a", "bc"});
  expect_truncations_malformed(std::array<std::optional<std::string>, 3>{"a", std::nullopt, "b"});
  expect_truncations_malformed(std::vector<bool>{true, true});
  expect_truncations_malformed(home::Vendor::acme);
  expect_truncations_malformed(std::vector<std::array<int, 0>>(3));
}

TEST(Malformed, EveryTruncationOfListsAndStrings) {
  using Odd = std::uint8_t;  // before a large block, so that it has to be aligned
  expect_truncations_malformed(std::deque<std::string>{"a", "bc"});
  expect_truncations_malformed(std::list<std::string>{"a", "bc"});
  expect_truncations_malformed(std::forward_list<std::string>{"a", "bc"});
  expect_truncations_malformed(std::pair<Odd, std::deque<double>>(1, std::deque<double>(200, 3)));
  expect_truncations_malformed(std::pair<Odd, std::list<double>>(1, std::list<double>(200, 3)));
  expect_truncations_malformed(std::pair<Odd, std::forward_list<double>>(1, std::forward_list<double>(200, 3)));
  expect_truncations_malformed(std::u8string(u8"roof"));
  expect_truncations_malformed(std::u32string(U"roof"));
  expect_truncations_malformed(std::pair<Odd, std::u16string>(1, std::u16string(600, u'x')));
}

TEST(Malformed, EveryTruncationOfMultisTuplesAndVariants) {
  expect_truncations_malformed(std::multiset<std::string>{"a", "a", "bc"});
  expect_truncations_malformed(std::unordered_multiset<int>{1, 1});
  expect_truncations_malformed(std::multimap<std::string, int>{{"a", 1}, {"a", 2}});
  expect_truncations_malformed(std::unordered_multimap<int, std::string>{{1, "a"}, {1, "b"}});
  expect_truncations_malformed(std::tuple<int, std::string, home::Reading>(1, "a", full_reading()));
  expect_truncations_malformed(std::tuple<>());
  expect_truncations_malformed(std::variant<int, std::string>("roof"));
  expect_truncations_malformed(std::variant<int, std::monostate>(std::monostate()));
  expect_truncations_malformed(home::Term{std::vector<home::Term>{{1.5}, {"a"}}});
  expect_truncations_malformed(std::complex<double>(1, 2));
}

TEST(Malformed, BytesBehindTheValue) {
  EXPECT_EQ(complaint<bool>(from_hex("01 00 00")),
            "malformed message at byte 1 of 3: expected the end, found 2 more bytes");
}

TEST(Malformed, Bools) {
  EXPECT_EQ(complaint<bool>(from_hex("02")), "malformed message at byte 0 of 1: expected a bool, 0 or 1, found 2");
  EXPECT_NE(complaint<std::vector<bool>>(from_hex("02 01 ff")), "");
  EXPECT_NE(complaint<std::optional<int>>(from_hex("03 00 00 00 00")), "");
}

TEST(Malformed, Enums) {
  EXPECT_EQ(complaint<home::Kind>(from_hex("03")),
            "malformed message: expected a value of the enum home::Kind, found 3");
  EXPECT_NE(complaint<home::Kind>(from_hex("ff")), "");
  EXPECT_NE(complaint<home::Days>(from_hex("04")), "");
  EXPECT_NE(complaint<home::Days>(from_hex("80")), "");
  EXPECT_NE(complaint<home::Vendor>(from_hex("00 00")), "");
  EXPECT_EQ(complaint<home::Vendor>(from_hex("fe ff")),
            "malformed message: expected a value of the enum home::Vendor, found -2");
  std::vector<std::byte> bytes = test::encoded(full_reading());
  bytes[0] |= std::byte{0x0c};  // kind 3 in the record's flags
  EXPECT_NE(complaint<home::Reading>(bytes).find("home::Kind"), std::string::npos);
}

TEST(Malformed, CountsBeyondTheMessage) {
  EXPECT_EQ(complaint<std::vector<int>>(from_hex("02 00 00 00 00 00 00 00")),
            "malformed message at byte 1 of 8: expected 2 elements of at least 4 bytes, found 7 bytes in all");
  const char* const huge = "ff ff ff ff ff ff ff ff ff 00";
  EXPECT_NE(complaint<std::string>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<double>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<bool>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<home::Empty>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<home::Room>>(from_hex(huge)), "");
  EXPECT_NE((complaint<std::map<int, int>>(from_hex(huge))), "");
  EXPECT_NE((complaint<std::unordered_map<bool, bool>>(from_hex(huge))), "");
  EXPECT_NE((complaint<std::set<std::pair<bool, bool>>>(from_hex(huge))), "");
  EXPECT_NE(complaint<std::unordered_set<int>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::deque<double>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::deque<home::Empty>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::list<std::uint8_t>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::forward_list<home::Room>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::u8string>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::multiset<bool>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::unordered_multiset<std::string>>(from_hex(huge)), "");
  EXPECT_NE((complaint<std::multimap<bool, bool>>(from_hex(huge))), "");
  EXPECT_NE((complaint<std::unordered_multimap<int, int>>(from_hex(huge))), "");
}

TEST(Malformed, CountsAreMeasuredByTheLeastElement) {
  const std::vector<std::byte> bytes = from_hex("03 00 00 00 00 00");
  EXPECT_NE(complaint<std::list<std::u16string>>(bytes), "");  // 3 of 5 bytes: fits, bytes are left
  const auto expect_too_many = [](const std::string& text, const char* size) {
    EXPECT_EQ(text, std::string("malformed message at byte 1 of 6: expected 3 elements of at least ") + size +
                        " bytes, found 5 bytes in all");
  };
  expect_too_many(complaint<std::u16string>(bytes), "2");
  expect_too_many(complaint<std::deque<std::uint16_t>>(bytes), "2");
  expect_too_many(complaint<std::list<std::uint16_t>>(bytes), "2");
  expect_too_many(complaint<std::forward_list<std::tuple<bool, std::string>>>(bytes), "2");
  expect_too_many(complaint<std::multiset<std::uint16_t>>(bytes), "2");
  expect_too_many((complaint<std::multimap<bool, std::string>>(bytes)), "2");
  expect_too_many(complaint<std::vector<std::variant<int, bool>>>(bytes), "2");
  expect_too_many(complaint<std::list<std::complex<float>>>(bytes), "8");
}

TEST(Malformed, VariantsWithoutSuchAnAlternative) {
  using Value = std::variant<bool, std::string, bool>;
  EXPECT_EQ(complaint<Value>(from_hex("03 01")),
            "malformed message at byte 0 of 2: expected the index of an alternative of a variant that has 3, found 3");
  EXPECT_EQ((complaint<std::pair<bool, Value>>(from_hex("01 ff ff ff ff ff ff ff ff ff 00"))),
            "malformed message at byte 1 of 11: expected the index of an alternative of a variant that has 3, found "
            "18446744073709551615");
  EXPECT_EQ(test::decoded<Value>(from_hex("fc 01 00 01 61")), Value("a"));  // longer than it has to be
}

// What was there before and what was read until then stay values that can be destroyed and used.
TEST(Malformed, AnErrorInTheMiddleLeavesValues) {
  const auto expect_usable = [](auto kept, const char* bytes) {
    EXPECT_THROW(test::decode_into(from_hex(bytes), kept), rpc::Error);
    test::encoded(kept);
  };
  const std::string text(100, 'x');
  const char* const third_is_missing = "03 01 61 01 62 05";
  expect_usable(std::deque<std::string>(5, text), third_is_missing);
  expect_usable(std::list<std::string>{text}, third_is_missing);
  expect_usable(std::forward_list<std::string>{text, text}, third_is_missing);
  expect_usable(std::multiset<std::string>{text}, third_is_missing);
  expect_usable(std::unordered_multiset<std::string>{text}, third_is_missing);
  expect_usable(std::multimap<std::string, std::string>{{text, text}}, "02 01 61 01 62 01 61 05");
  expect_usable(std::tuple<std::string, std::string>(text, text), "01 61 05");
  expect_usable(std::variant<std::string, std::list<std::string>>(text), "01 03 01 61 01 62 05");
  expect_usable(std::variant<std::string, std::list<std::string>>(text), "00 05");
}

TEST(Malformed, KeysThatComeTwice) {
  EXPECT_NE((complaint<std::map<bool, bool>>(from_hex("02 01 00 01 00"))).find("once"), std::string::npos);
  EXPECT_NE((complaint<std::unordered_map<bool, bool>>(from_hex("02 01 00 01 00"))), "");
  EXPECT_NE(complaint<std::set<std::int8_t>>(from_hex("02 05 05")), "");
  EXPECT_NE(complaint<std::unordered_set<std::int8_t>>(from_hex("02 05 05")), "");
}

home::Room tower(unsigned height) {
  home::Room room;
  for (unsigned i = 1; i < height; ++i) {
    home::Room outer;
    outer.rooms.push_back(std::move(room));
    room = std::move(outer);
  }
  return room;
}

TEST(Malformed, NestingHasALimitAtBothEnds) {
  EXPECT_EQ(test::decoded<home::Room>(test::encoded(tower(64))), tower(64));
  try {
    test::encoded(tower(65));
    FAIL() << "65 levels were encoded";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling);
    EXPECT_STREQ(error.what(), "cannot send records nested deeper than 64 (Limits::max_nesting)");
  }
  std::string bytes;
  for (int i = 0; i < 64; ++i) bytes += "00 00 01 ";
  EXPECT_NE(complaint<home::Room>(from_hex(bytes + "00 00 00")).find("max_nesting"), std::string::npos);
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "00 00 01 ";
  EXPECT_NE(complaint<home::Room>(from_hex(deep)).find("max_nesting"), std::string::npos);
}

TEST(Malformed, SiblingsDoNotCountAsNesting) {
  home::Room house;
  house.rooms.resize(1000);
  EXPECT_EQ(test::decoded<home::Room>(test::encoded(house)), house);
}

TEST(Unsendable, EnumValuesWithoutAnEnumerator) {
  try {
    test::encoded(static_cast<home::Kind>(9));
    FAIL() << "an undeclared value was encoded";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling);
    EXPECT_STREQ(error.what(), "cannot send 9 as a home::Kind: the enum declares no such value");
  }
  home::Reading reading;
  reading.kind = static_cast<home::Kind>(3);
  EXPECT_THROW(test::encoded(reading), rpc::Error);
  EXPECT_THROW(test::encoded(static_cast<home::Vendor>(0)), rpc::Error);
  EXPECT_THROW(test::encoded(home::Sensor{"", {}, static_cast<home::Vendor>(0)}), rpc::Error);
  EXPECT_THROW(test::encoded(static_cast<home::Days>(2 | 4)), rpc::Error);
}

TEST(Unsendable, MessagesBeyondTheLimitLeaveTheBufferAsItWas) {
  rpc::Limits small;
  small.max_frame = 1000;
  rpc::Buffer buffer;
  buffer.append("head", 4);
  rpc::Encoder out(buffer, small);
  rpc::Writer at = out.begin();
  at.write(std::string(998, 'x'));  // 1000 bytes with its length
  out.commit(at);
  EXPECT_EQ(buffer.size(), 1004U);
  at = out.begin();
  at.write(std::string(999, 'x'));
  EXPECT_THROW(out.commit(at), rpc::Error);
  at = out.begin();
  EXPECT_THROW(at.write(std::string(1'000'000, 'x')), rpc::Error);
  EXPECT_LT(buffer.capacity(), 10'000U);
  at = out.begin();
  try {
    at.write(std::vector<std::string>(5000, "some text"));
    FAIL() << "50 kB were encoded";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::too_large);
    EXPECT_NE(std::string(error.what()).find("1000 (Limits::max_frame)"), std::string::npos) << error.what();
  }
  EXPECT_LT(buffer.capacity(), 10'000U);
  EXPECT_EQ(buffer.size(), 1004U);
}

// Flipped bits and random bytes: any outcome but a malformed error or a value that encodes again is a defect.
TEST(Malformed, RandomDamageIsAnErrorOrAValue) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  const std::vector<std::byte> good = test::encoded(
      std::map<std::string, std::vector<home::Reading>>{{"k", {full_reading(), full_reading()}}, {"l", {}}});
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::byte> bytes = good;
    for (unsigned flips = random() % 4 + 1; flips != 0; --flips) {
      bytes[random() % bytes.size()] ^= static_cast<std::byte>(1U << random() % 8);
    }
    try {
      test::encoded(test::decoded<std::map<std::string, std::vector<home::Reading>>>(bytes));
    } catch (const rpc::Error& error) {
      ASSERT_EQ(error.code(), rpc::Code::malformed) << error.what();
    }
  }
}

}  // namespace
