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
  const char* const huge = "fe ff ff ff ff ff ff ff ff 00";
  EXPECT_NE(complaint<std::string>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<double>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<bool>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<home::Empty>>(from_hex(huge)), "");
  EXPECT_NE(complaint<std::vector<home::Room>>(from_hex(huge)), "");
  EXPECT_NE((complaint<std::map<int, int>>(from_hex(huge))), "");
  EXPECT_NE((complaint<std::unordered_map<bool, bool>>(from_hex(huge))), "");
  EXPECT_NE((complaint<std::set<std::pair<bool, bool>>>(from_hex(huge))), "");
  EXPECT_NE(complaint<std::unordered_set<int>>(from_hex(huge)), "");
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
