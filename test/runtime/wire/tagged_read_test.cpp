// What is read in the tagged encoding from bytes that another version or another implementation wrote.
#include <gtest/gtest.h>

#include "runtime/wire/sample_tables.h"

using test::from_tagged;
using test::tagged_complaint;

namespace {

TEST(TaggedRead, WhatIsNotThereKeepsItsValue) {
  home::Sensor sensor{"kept", {1, 2}, home::Vendor::acme};
  test::read_tagged(test::from_hex("0a 04 12 02 18 00"), sensor);  // an unknown field of Position
  EXPECT_EQ(sensor, (home::Sensor{"kept", {1, 2}, home::Vendor::acme}));
}

struct Preset {
  int retries = 3;
  std::string mode = "fast";
  home::Position place{1, 2};
  std::vector<int> steps{1, 2};
  std::optional<int> limit = 5;
  bool operator==(const Preset&) const = default;
};

TEST(TaggedRead, ASenderThatDoesNotKnowAFieldLeavesItsDefault) {
  using rpc::Tagged;
  static constexpr rpc::tagged::Field fields[] = {
      {1, "retries", offsetof(Preset, retries), &Tagged<int>::type},
      {2, "mode", offsetof(Preset, mode), &Tagged<std::string>::type},
      {3, "place", offsetof(Preset, place), &Tagged<home::Position>::type},
      {4, "steps", offsetof(Preset, steps), &Tagged<std::vector<int>>::type},
      {5, "limit", offsetof(Preset, limit), &Tagged<std::optional<int>>::type},
  };
  static constexpr rpc::tagged::Record record("Preset", fields);
  const Preset zeros{0, "", {}, {}, {}};
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits(), rpc::Encoding::tagged);
  rpc::tagged::write_record(out, record, &zeros);
  EXPECT_EQ(test::hex(buffer.data(), buffer.size()),
            "08 00 12 00 1a 12 09 00 00 00 00 00 00 00 00 11 00 00 00 00 00 00 00 00");
  rpc::Decoder in(buffer.data(), buffer.size(), test::limits(), nullptr, rpc::Encoding::tagged);
  Preset back;
  rpc::tagged::read_record(in, record, &back);
  EXPECT_EQ(back, zeros);

  rpc::Decoder nothing(buffer.data(), 0, test::limits(), nullptr, rpc::Encoding::tagged);
  Preset older;
  rpc::tagged::read_record(nothing, record, &older);
  EXPECT_EQ(older, (Preset{3, "fast", {1, 2}, {}, {}})) << "of a sender that does not know these fields";
}

TEST(TaggedRead, UnknownFieldsAreSkipped) {
  const char* unknown = "78 96 01  79 01 02 03 04 05 06 07 08  7a 03 01 02 03  7d 01 02 03 04  ";
  EXPECT_EQ(from_tagged<int>(std::string(unknown) + "08 02 " + unknown), 1);
  EXPECT_EQ(from_tagged<home::Position>("0a 0b 78 01 11 00 00 00 00 00 00 f0 3f").longitude, 1);
}

TEST(TaggedRead, PackedNumbersEndWithTheirField) {
  EXPECT_NE(test::tagged_complaint<std::vector<int>>(test::from_hex("0a 01 ff")), "");
  EXPECT_NE(test::tagged_complaint<std::vector<int>>(test::from_hex("08 02 0a 02 04 ff")), "");
  EXPECT_NE(test::tagged_complaint<std::list<int>>(test::from_hex("08 02 0a 02 04 ff")), "");
}

TEST(TaggedRead, PackedAndSingleNumbersMayAlternate) {
  const std::vector<int> expected{1, 2, 3, 4};
  for (const char* text :
       {"0a 04 02 04 06 08", "08 02 08 04 08 06 08 08", "0a 02 02 04 0a 02 06 08", "08 02 0a 00 0a 02 04 06 08 08"}) {
    EXPECT_EQ(from_tagged<std::vector<int>>(text), expected) << text;
    EXPECT_EQ(from_tagged<std::list<int>>(text), std::list<int>(expected.begin(), expected.end())) << text;
  }
  EXPECT_EQ(from_tagged<std::vector<float>>("0d 00 00 80 3f 0a 04 00 00 00 40"), (std::vector<float>{1, 2}));
}

TEST(TaggedRead, OfASingleValueTheLastCounts) {
  EXPECT_EQ(from_tagged<int>("08 02 08 04"), 2);
  EXPECT_EQ(from_tagged<std::string>("0a 01 61 0a 01 62"), "b");
  EXPECT_EQ(from_tagged<std::list<std::uint8_t>>("0a 01 05 0a 01 06"), std::list<std::uint8_t>{6});
  EXPECT_EQ((from_tagged<std::variant<int, bool>>("0a 04 08 02 10 01")), (std::variant<int, bool>(true)));
}

TEST(TaggedRead, MessagesInPiecesAreMerged) {
  const home::Room room = from_tagged<home::Room>("0a 05 1a 03 0a 01 61  0a 07 10 01 1a 03 0a 01 62  0a 02 10 02");
  EXPECT_EQ(room, (home::Room{"", home::Days::tuesday, {{"a", {}, {}}, {"b", {}, {}}}}));
  EXPECT_EQ(
      from_tagged<std::optional<home::Position>>("0a 09 09 00 00 00 00 00 00 f0 3f 0a 09 11 00 00 00 00 00 00 f0 3f"),
      (home::Position{1, 1}));
}

TEST(TaggedRead, RepeatedFieldsThatAreInterruptedAreWhole) {
  const home::Room room = from_tagged<home::Room>("0a 11 1a 03 0a 01 61  10 01  1a 03 0a 01 62  1a 03 0a 01 63");
  EXPECT_EQ(room, (home::Room{"", home::Days::monday, {{"a", {}, {}}, {"b", {}, {}}, {"c", {}, {}}}}));
}

TEST(TaggedRead, FieldsComeInAnyOrder) {
  home::Reading expected{};
  expected.active = true;
  expected.limit = 3;
  expected.kind = home::Kind::outdoor;
  expected.neighbours.resize(1);
  expected.neighbours[0].name = "a";
  for (const char* text : {"08 01 10 06 18 02 3a 03 0a 01 61", "18 02 10 06 08 01 3a 03 0a 01 61",
                           "3a 03 0a 01 61 18 02 08 01 10 06", "10 08 18 02 10 06 3a 03 0a 01 61 08 01"}) {
    home::Reading reading{};
    reading.limit = 9;
    reading.neighbours.resize(2);
    const std::vector<std::byte> bytes = test::from_hex(text);
    rpc::Decoder in(bytes.data(), bytes.size(), test::limits(), nullptr, rpc::Encoding::tagged);
    rpc::tagged::read_record(in, rpc::Tagged<home::Reading>::type, &reading);
    EXPECT_EQ(reading, expected) << text;
  }
}

TEST(TaggedRead, WhatDoesNotComeBetweenOthersIsEmpty) {
  home::Reading reading{};
  reading.limit = 9;
  reading.neighbours.resize(2);
  const std::vector<std::byte> bytes = test::from_hex("08 01 18 02 32 01 6e a2 01 03 0a 01 73");
  rpc::Decoder in(bytes.data(), bytes.size(), test::limits(), nullptr, rpc::Encoding::tagged);
  rpc::tagged::read_record(in, rpc::Tagged<home::Reading>::type, &reading);
  home::Reading expected{};
  expected.active = true;
  expected.kind = home::Kind::outdoor;
  expected.note = "n";
  expected.sensor.name = "s";
  EXPECT_EQ(reading, expected);
}

TEST(TaggedRead, ANumberThatDoesNotFitIsAnError) {
  EXPECT_EQ(from_tagged<std::int8_t>("08 fe 01"), 127);
  EXPECT_EQ(tagged_complaint<std::int8_t>("08 80 02"),
            "malformed message: 128 does not fit into the type of field 1 'result'");
  EXPECT_NE(tagged_complaint<std::uint32_t>("08 80 80 80 80 10"), "");
  EXPECT_NE(tagged_complaint<bool>("08 02"), "");
  EXPECT_NE(tagged_complaint<std::vector<std::int16_t>>("0a 05 02 80 80 80 10"), "");
  EXPECT_EQ(from_tagged<std::int64_t>("08 80 02"), 128);
}

TEST(TaggedRead, AnEnumeratorThatIsNotKnownIsAnError) {
  EXPECT_EQ(tagged_complaint<home::Kind>("08 03"),
            "malformed message: expected a value of the enum home::Kind for field 1 'result', found 3");
  EXPECT_NE(tagged_complaint<home::Kind>("08 80 02"), "") << "256 is 0 in a byte";
  EXPECT_EQ(from_tagged<home::Days>("08 43"), static_cast<home::Days>(67));
  EXPECT_NE(tagged_complaint<home::Days>("08 04"), "");
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits(), rpc::Encoding::tagged);
  const auto wrong = static_cast<home::Kind>(7);
  try {
    rpc::tagged::write_result(out, rpc::Tagged<home::Kind>::type, &wrong);
    FAIL();
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling);
  }
}

TEST(TaggedRead, ATypeThatChangedIsAnError) {
  EXPECT_NE(tagged_complaint<int>("0a 01 61").find("its type was changed"), std::string::npos);
  EXPECT_NE(tagged_complaint<std::string>("08 01").find("its type was changed"), std::string::npos);
  EXPECT_NE(tagged_complaint<std::vector<int>>("0d 01 02 03 04").find("its type was changed"), std::string::npos);
  EXPECT_NE(tagged_complaint<std::vector<std::string>>("0a 01 61 08 01").find("its type was changed"),
            std::string::npos);
  EXPECT_NE((tagged_complaint<std::array<float, 2>>("0a 04 00 00 80 3f")).find("another length"), std::string::npos);
  EXPECT_NE((tagged_complaint<std::variant<int, bool>>("0a 02 18 01")).find("found number 3"), std::string::npos);
  EXPECT_NE((tagged_complaint<std::variant<int, bool>>("0a 00")).find("found none"), std::string::npos);
}

TEST(TaggedRead, AKeyTwiceIsAnError) {
  EXPECT_NE((tagged_complaint<std::map<int, int>>("0a 04 08 02 10 02 0a 04 08 02 10 04")).find("twice"),
            std::string::npos);
  EXPECT_NE(tagged_complaint<std::set<int>>("0a 02 02 02").find("twice"), std::string::npos);
  EXPECT_EQ(from_tagged<std::multiset<int>>("0a 02 02 02"), (std::multiset<int>{1, 1}));
}

TEST(TaggedRead, ARequiredArgumentMustCome) {
  static constexpr rpc::tagged::Field fields[] = {
      {1, "days", 0, &rpc::Tagged<int>::type, rpc::tagged::Presence::required}};
  static constexpr rpc::tagged::Values values("arguments of history", fields);
  const std::vector<std::byte> bytes = test::from_hex("10 01");
  rpc::Decoder in(bytes.data(), bytes.size(), test::limits(), nullptr, rpc::Encoding::tagged);
  int days = 7;
  try {
    rpc::tagged::read(in, values, {&days});
    FAIL();
  } catch (const rpc::Error& error) {
    EXPECT_STREQ(error.what(),
                 "malformed message: field 1 'days' of arguments of history is missing, and its default is not known "
                 "here");
  }
}

}  // namespace
