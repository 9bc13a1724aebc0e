// The bytes of the tagged encoding, which are protobuf's, and what is read from them and from others that mean the
// same.
#include <gtest/gtest.h>
#include <rpc/view_memory.h>

#include <cmath>
#include <limits>

#include "runtime/wire/sample_tables.h"

using test::from_tagged;
using test::tagged_complaint;
using test::tagged_hex;

namespace {

template <class T>
void expect_back(const T& value) {
  EXPECT_EQ(from_tagged<T>(test::tagged(value)), value);
}

TEST(Tagged, NumbersAreVarintsAndFixedOnes) {
  EXPECT_EQ(tagged_hex(true), "08 01");
  EXPECT_EQ(tagged_hex(std::int32_t{-1}), "08 01");
  EXPECT_EQ(tagged_hex(std::int32_t{1}), "08 02");
  EXPECT_EQ(tagged_hex(std::int8_t{-128}), "08 ff 01");
  EXPECT_EQ(tagged_hex(std::uint32_t{300}), "08 ac 02");
  EXPECT_EQ(tagged_hex(std::numeric_limits<std::int64_t>::min()), "08 ff ff ff ff ff ff ff ff ff 01");
  EXPECT_EQ(tagged_hex(std::numeric_limits<std::uint64_t>::max()), "08 ff ff ff ff ff ff ff ff ff 01");
  EXPECT_EQ(tagged_hex(1.0), "09 00 00 00 00 00 00 f0 3f");
  EXPECT_EQ(tagged_hex(1.0F), "0d 00 00 80 3f");
  EXPECT_EQ(tagged_hex(std::chrono::milliseconds(-1)), "08 01");
  EXPECT_EQ(tagged_hex(home::Vendor::unknown), "08 ff ff ff ff ff ff ff ff ff 01");
}

TEST(Tagged, ZerosTravelButWhatHasNoElementsDoesNot) {
  EXPECT_EQ(tagged_hex(0), "08 00");
  EXPECT_EQ(tagged_hex(-0.0), "09 00 00 00 00 00 00 00 80");
  EXPECT_EQ(tagged_hex(std::string()), "0a 00");
  EXPECT_EQ(tagged_hex(std::vector<std::byte>()), "0a 00");
  EXPECT_EQ(tagged_hex(std::vector<int>()), "");
  EXPECT_EQ(tagged_hex(std::vector<bool>()), "");
  EXPECT_EQ(tagged_hex(std::optional<int>()), "");
  EXPECT_EQ(tagged_hex(home::Kind::unknown), "08 00");
  EXPECT_EQ(tagged_hex(std::optional<int>(0)), "08 00");
  EXPECT_EQ(tagged_hex(home::Empty()), "0a 00");
}

TEST(Tagged, RepeatedNumbersArePacked) {
  EXPECT_EQ(tagged_hex(std::vector<int>{0, -1, 150}), "0a 04 00 01 ac 02");
  EXPECT_EQ(tagged_hex(std::vector<float>{1, 2}), "0a 08 00 00 80 3f 00 00 00 40");
  EXPECT_EQ(tagged_hex(std::vector<bool>{true, false}), "0a 02 01 00");
  EXPECT_EQ(tagged_hex(std::array<bool, 2>{}), "0a 02 00 00");
  EXPECT_EQ(tagged_hex(std::set<home::Kind>{home::Kind::outdoor, home::Kind::indoor}), "0a 02 01 02");
  EXPECT_EQ(tagged_hex(std::u16string(u"\u00e4")), "0a 02 e4 01");
}

TEST(Tagged, BytesAndTextsAreCopied) {
  EXPECT_EQ(tagged_hex(std::string("roof")), "0a 04 72 6f 6f 66");
  EXPECT_EQ(tagged_hex(std::vector<std::uint8_t>{1, 200}), "0a 02 01 c8");
  EXPECT_EQ(tagged_hex(std::u8string(u8"a")), "0a 01 61");
  EXPECT_EQ(tagged_hex(std::array<std::byte, 2>{}), "0a 02 00 00");
  EXPECT_EQ(tagged_hex(std::list<std::uint8_t>{1, 200}), "0a 02 01 c8");
  EXPECT_EQ(tagged_hex(std::deque<std::vector<std::byte>>(1)), "0a 00");
  EXPECT_EQ(tagged_hex(std::set<std::uint8_t>{1, 200}), "0a 03 01 c8 01");
}

TEST(Tagged, WhatCannotBeRepeatedIsWrapped) {
  EXPECT_EQ(tagged_hex(std::vector<std::vector<int>>{{1}, {}}), "0a 03 0a 01 02 0a 00");
  EXPECT_EQ(tagged_hex(std::vector<std::optional<int>>{1, std::nullopt}), "0a 02 08 02 0a 00");
  EXPECT_EQ(tagged_hex(std::optional<std::optional<int>>(std::optional<int>())), "0a 00");
  EXPECT_EQ(tagged_hex(std::optional<std::vector<int>>(std::vector<int>())), "0a 00");
}

TEST(Tagged, MapsTuplesAndVariantsAreMessages) {
  EXPECT_EQ(tagged_hex(std::map<std::string, int>{{"a", 1}}), "0a 05 0a 01 61 10 02");
  EXPECT_EQ(tagged_hex(std::pair<int, std::string>(1, "a")), "0a 05 08 02 12 01 61");
  EXPECT_EQ(tagged_hex(std::tuple<int, std::vector<int>>(0, {1})), "0a 05 08 00 12 01 02");
  EXPECT_EQ(tagged_hex(std::tuple<>()), "0a 00");
  EXPECT_EQ(tagged_hex(std::complex<float>(0, 1)), "0a 0a 0d 00 00 00 00 15 00 00 80 3f");
  using Choice = std::variant<std::monostate, int, std::vector<int>, int>;
  EXPECT_EQ(tagged_hex(Choice()), "0a 02 0a 00");
  EXPECT_EQ(tagged_hex(Choice(std::in_place_index<1>, 0)), "0a 02 10 00");
  EXPECT_EQ(tagged_hex(Choice(std::in_place_index<2>)), "0a 02 1a 00");
  EXPECT_EQ(tagged_hex(Choice(std::in_place_index<3>, 1)), "0a 02 20 02");
}

home::Reading reading() {
  return {.active = true,
          .limit = 0,
          .kind = home::Kind::outdoor,
          .celsius = 21.5,
          .taken = {},
          .note = std::string(200, 'n'),
          .neighbours = {{"north", {1, 2}, home::Vendor::acme}, {std::string(130, 's'), {}, home::Vendor::unknown}, {}},
          .sensor = {"self", {0, 4}, home::Vendor::initech}};
}

TEST(Tagged, ARecordIsItsFieldsByNumber) {
  home::Reading small = reading();
  small.note = "n";
  small.neighbours.clear();
  EXPECT_EQ(tagged_hex(small),
            "0a 34 08 01 10 00 18 02 21 00 00 00 00 00 80 35 40 28 00 32 01 6e a2 01 1d 0a 04 73 65 6c 66 "
            "12 12 09 00 00 00 00 00 00 00 00 11 00 00 00 00 00 00 10 40 18 e7 24");
  expect_back(small);
  expect_back(reading());
}

TEST(Tagged, EverythingComesBack) {
  expect_back(std::vector<home::Reading>(3, reading()));
  expect_back(home::Room{"a", home::Days::sunday, {{"b", home::Days::none, {{}, {}}}, {}}});
  expect_back(home::Term{std::vector<home::Term>{{1.5}, {std::string("x")}, {std::vector<home::Term>(2)}}});
  expect_back(std::map<std::string, std::vector<home::Position>>{{"", {{1, 2}}}, {"b", {}}});
  expect_back(std::unordered_map<int, std::string>{{0, ""}, {1, "one"}});
  expect_back(std::multimap<int, std::string>{{1, "b"}, {1, "a"}});
  expect_back(std::unordered_multiset<std::string>{"a", "", "a"});
  expect_back(std::list<home::Position>{{1, 2}, {}});
  expect_back(std::deque<std::int16_t>{1, -2, 0});
  expect_back(std::forward_list<std::string>{"a", "", "b"});
  expect_back(std::vector<home::Vendor>{home::Vendor::unknown, home::Vendor::initech});
  expect_back(std::array<std::array<float, 2>, 2>{{{1, 2}, {0, 3}}});
  expect_back(std::array<std::string, 2>{"", "x"});
  expect_back(std::tuple<std::u32string, std::vector<std::complex<double>>, std::tuple<>>(U"\U0001f600", {{1, 2}}, {}));
  expect_back(std::vector<std::uint64_t>{0, 1, 1ULL << 63});
  expect_back(std::optional<int>(0));
  expect_back(std::optional<std::string>());
  expect_back(std::vector<double>(300, 0.5));
  expect_back(std::vector<std::string>{"", std::string(20'000, 'x'), "y"});
}

TEST(Tagged, LengthsOfEverySizeComeBack) {
  for (const std::size_t size : {0U, 1U, 15U, 17U, 123U, 127U, 128U, 16'380U, 16'384U, 2'100'000U}) {
    expect_back(std::vector<home::Sensor>{{std::string(size, 'x'), {1, 2}, home::Vendor::acme},
                                          {"y", {}, home::Vendor::unknown}});
  }
}

TEST(Tagged, WhatIsNotThereKeepsItsValue) {
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

TEST(Tagged, ASenderThatDoesNotKnowAFieldLeavesItsDefault) {
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

TEST(Tagged, UnknownFieldsAreSkipped) {
  const char* unknown = "78 96 01  79 01 02 03 04 05 06 07 08  7a 03 01 02 03  7d 01 02 03 04  ";
  EXPECT_EQ(from_tagged<int>(std::string(unknown) + "08 02 " + unknown), 1);
  EXPECT_EQ(from_tagged<home::Position>("0a 0b 78 01 11 00 00 00 00 00 00 f0 3f").longitude, 1);
}

TEST(Tagged, PackedNumbersEndWithTheirField) {
  EXPECT_NE(test::tagged_complaint<std::vector<int>>(test::from_hex("0a 01 ff")), "");
  EXPECT_NE(test::tagged_complaint<std::vector<int>>(test::from_hex("08 02 0a 02 04 ff")), "");
  EXPECT_NE(test::tagged_complaint<std::list<int>>(test::from_hex("08 02 0a 02 04 ff")), "");
}

TEST(Tagged, PackedAndSingleNumbersMayAlternate) {
  const std::vector<int> expected{1, 2, 3, 4};
  for (const char* text :
       {"0a 04 02 04 06 08", "08 02 08 04 08 06 08 08", "0a 02 02 04 0a 02 06 08", "08 02 0a 00 0a 02 04 06 08 08"}) {
    EXPECT_EQ(from_tagged<std::vector<int>>(text), expected) << text;
    EXPECT_EQ(from_tagged<std::list<int>>(text), std::list<int>(expected.begin(), expected.end())) << text;
  }
  EXPECT_EQ(from_tagged<std::vector<float>>("0d 00 00 80 3f 0a 04 00 00 00 40"), (std::vector<float>{1, 2}));
}

TEST(Tagged, OfASingleValueTheLastCounts) {
  EXPECT_EQ(from_tagged<int>("08 02 08 04"), 2);
  EXPECT_EQ(from_tagged<std::string>("0a 01 61 0a 01 62"), "b");
  EXPECT_EQ(from_tagged<std::list<std::uint8_t>>("0a 01 05 0a 01 06"), std::list<std::uint8_t>{6});
  EXPECT_EQ((from_tagged<std::variant<int, bool>>("0a 04 08 02 10 01")), (std::variant<int, bool>(true)));
}

TEST(Tagged, MessagesInPiecesAreMerged) {
  const home::Room room = from_tagged<home::Room>("0a 05 1a 03 0a 01 61  0a 07 10 01 1a 03 0a 01 62  0a 02 10 02");
  EXPECT_EQ(room, (home::Room{"", home::Days::tuesday, {{"a", {}, {}}, {"b", {}, {}}}}));
  EXPECT_EQ(
      from_tagged<std::optional<home::Position>>("0a 09 09 00 00 00 00 00 00 f0 3f 0a 09 11 00 00 00 00 00 00 f0 3f"),
      (home::Position{1, 1}));
}

TEST(Tagged, RepeatedFieldsThatAreInterruptedAreWhole) {
  const home::Room room = from_tagged<home::Room>("0a 11 1a 03 0a 01 61  10 01  1a 03 0a 01 62  1a 03 0a 01 63");
  EXPECT_EQ(room, (home::Room{"", home::Days::monday, {{"a", {}, {}}, {"b", {}, {}}, {"c", {}, {}}}}));
}

TEST(Tagged, ANumberThatDoesNotFitIsAnError) {
  EXPECT_EQ(from_tagged<std::int8_t>("08 fe 01"), 127);
  EXPECT_EQ(tagged_complaint<std::int8_t>("08 80 02"),
            "malformed message: 128 does not fit into the type of field 1 'result'");
  EXPECT_NE(tagged_complaint<std::uint32_t>("08 80 80 80 80 10"), "");
  EXPECT_NE(tagged_complaint<bool>("08 02"), "");
  EXPECT_NE(tagged_complaint<std::vector<std::int16_t>>("0a 05 02 80 80 80 10"), "");
  EXPECT_EQ(from_tagged<std::int64_t>("08 80 02"), 128);
}

TEST(Tagged, AnEnumeratorThatIsNotKnownIsAnError) {
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

TEST(Tagged, ATypeThatChangedIsAnError) {
  EXPECT_NE(tagged_complaint<int>("0a 01 61").find("its type was changed"), std::string::npos);
  EXPECT_NE(tagged_complaint<std::string>("08 01").find("its type was changed"), std::string::npos);
  EXPECT_NE(tagged_complaint<std::vector<int>>("0d 01 02 03 04").find("its type was changed"), std::string::npos);
  EXPECT_NE(tagged_complaint<std::vector<std::string>>("0a 01 61 08 01").find("its type was changed"),
            std::string::npos);
  EXPECT_NE((tagged_complaint<std::array<float, 2>>("0a 04 00 00 80 3f")).find("another length"), std::string::npos);
  EXPECT_NE((tagged_complaint<std::variant<int, bool>>("0a 02 18 01")).find("found number 3"), std::string::npos);
  EXPECT_NE((tagged_complaint<std::variant<int, bool>>("0a 00")).find("found none"), std::string::npos);
}

TEST(Tagged, PointersAreOptionalsAndSharedObjectsComeOnce) {
  const auto back = from_tagged<std::unique_ptr<const int>>(test::tagged(std::make_unique<const int>(7)));
  EXPECT_EQ(*back, 7);
  EXPECT_EQ(tagged_hex(std::unique_ptr<int>()), "");
  using Texts = std::vector<std::shared_ptr<std::string>>;
  const auto text = std::make_shared<std::string>("a");
  const Texts texts{text, std::make_shared<std::string>("a"), text, nullptr};
  EXPECT_EQ(tagged_hex(texts), "0a 03 0a 01 61 0a 03 0a 01 61 0a 02 10 00 0a 00");
  const Texts received = from_tagged<Texts>(test::tagged(texts));
  EXPECT_EQ(received[0], received[2]);
  EXPECT_NE(received[0], received[1]);
  EXPECT_EQ(received[3], nullptr);
  EXPECT_EQ(*received[1], "a");
  EXPECT_NE(tagged_complaint<Texts>("0a 02 10 00"), "");
}

TEST(Tagged, OtherTypesOfTheLibraryComeBack) {
  std::stack<int> stack;
  stack.push(1);
  stack.push(2);
  EXPECT_EQ(tagged_hex(stack), "0a 02 02 04");
  expect_back(stack);
  std::priority_queue<int> queue;
  for (const int number : {1, 3, 2}) queue.push(number);
  EXPECT_EQ(from_tagged<std::priority_queue<int>>(test::tagged(queue)).top(), 3);
  expect_back(std::bitset<12>(0x801));
  EXPECT_EQ(tagged_hex(std::bitset<12>(0x801)), "0a 02 01 08");
  expect_back(std::filesystem::path("/a/b"));
  EXPECT_NE(tagged_complaint<std::filesystem::path>("0a 02 61 00"), "");
  expect_back(std::make_error_code(std::errc::timed_out));
  expect_back(std::wstring(L"roof"));
}

TEST(Tagged, AKeyTwiceIsAnError) {
  EXPECT_NE((tagged_complaint<std::map<int, int>>("0a 04 08 02 10 02 0a 04 08 02 10 04")).find("twice"),
            std::string::npos);
  EXPECT_NE(tagged_complaint<std::set<int>>("0a 02 02 02").find("twice"), std::string::npos);
  EXPECT_EQ(from_tagged<std::multiset<int>>("0a 02 02 02"), (std::multiset<int>{1, 1}));
}

TEST(Tagged, ARequiredArgumentMustCome) {
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

template <class T>
void expect_cut_off_is_malformed(const T& value) {
  const std::vector<std::byte> bytes = test::tagged(value);
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    std::vector<std::byte> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    prefix.shrink_to_fit();
    ASSERT_NE(tagged_complaint<T>(prefix).find("malformed message at byte"), std::string::npos)
        << size << " of " << bytes.size();
  }
}

TEST(Tagged, EveryTruncationIsMalformed) {
  expect_cut_off_is_malformed(reading());
  expect_cut_off_is_malformed(std::uint64_t{1} << 63);
  expect_cut_off_is_malformed(std::vector<double>(3));
  expect_cut_off_is_malformed(std::list<int>{1000, 1000});
}

TEST(Tagged, BytesThatAreNoFieldsAreMalformed) {
  for (const char* text : {"00 01", "0b 0c", "0e", "0f", "08 ff ff ff ff ff ff ff ff ff 02",
                           "08 ff ff ff ff ff ff ff ff ff ff 01", "ff ff ff ff ff ff ff ff ff 01 00", "7b 7c"}) {
    EXPECT_NE(tagged_complaint<std::uint64_t>(text), "") << text;
  }
  EXPECT_NE(tagged_complaint<std::vector<double>>("0a 07 00 00 00 00 00 00 00"), "");
  EXPECT_NE(tagged_complaint<std::vector<int>>("0a 02 01 80"), "");
}

TEST(Tagged, NestingIsLimited) {
  home::Room room;
  for (std::uint32_t i = 1; i < test::limits().max_nesting; ++i) room = {"", {}, {room}};
  expect_back(room);
  room = {"", {}, {room}};
  EXPECT_THROW(test::tagged(room), rpc::Error);
  std::string text;
  for (int depth = 0; depth < 65; ++depth) {
    std::string length;
    const std::size_t size = (text.size() + 1) / 3;
    length = size < 128 ? test::tagged_hex(static_cast<std::uint32_t>(size)).substr(size == 0 ? 0 : 3)
                        : test::tagged_hex(static_cast<std::uint32_t>(size)).substr(3);
    if (size == 0) length = "00";
    text = (depth == 64 ? "0a " : "1a ") + length + (text.empty() ? "" : " " + text);
  }
  EXPECT_NE(tagged_complaint<home::Room>(text).find("Limits::max_nesting"), std::string::npos);
}

TEST(Tagged, ElementsOfNoBytesMayNotFillTheMemory) {
  rpc::Limits small;
  small.max_frame = 1000;
  std::vector<std::byte> bytes;
  for (int i = 0; i < 200; ++i) {
    bytes.push_back(std::byte{0x0a});
    bytes.push_back(std::byte{0});
  }
  rpc::Decoder in(bytes.data(), bytes.size(), small, nullptr, rpc::Encoding::tagged);
  std::vector<home::Reading> readings;
  try {
    rpc::tagged::read_result(in, rpc::Tagged<std::vector<home::Reading>>::type, &readings);
    FAIL();
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::too_large);
  }
}

TEST(Tagged, AMessageBeyondTheFrameIsNotSent) {
  rpc::Limits small;
  small.max_frame = 100;
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, small, rpc::Encoding::tagged);
  const std::vector<std::string> texts(20, "0123456789");
  EXPECT_THROW(rpc::tagged::write_result(out, rpc::Tagged<std::vector<std::string>>::type, &texts), rpc::Error);
  EXPECT_EQ(buffer.size(), 0U);
}

/// A request of one view, in the tagged encoding.
template <class View>
View viewed(const std::vector<std::byte>& bytes, rpc::internal::ViewMemory& memory) {
  View view;
  static constexpr rpc::tagged::Field fields[] = {{1, "view", 0, &rpc::Tagged<View>::type}};
  static constexpr rpc::tagged::Values values("a request", fields);
  rpc::Decoder in(bytes.data(), bytes.size(), test::limits(), &memory, rpc::Encoding::tagged);
  rpc::tagged::read(in, values, {&view});
  return view;
}

template <class View, class Owner>
void expect_viewed(const Owner& value, bool in_place) {
  rpc::internal::ViewMemory memory;
  const std::vector<std::byte> bytes = test::tagged(value);
  EXPECT_EQ(test::tagged(View(value)), bytes);
  const View view = viewed<View>(bytes, memory);
  EXPECT_TRUE(std::ranges::equal(view, value));
  const auto* place = reinterpret_cast<const std::byte*>(view.data());
  EXPECT_EQ(bytes.data() <= place && place < bytes.data() + bytes.size(), in_place);
}

TEST(Tagged, ViewsPointIntoTheMessageWhereTheyCan) {
  expect_viewed<std::string_view>(std::string("roof"), true);
  expect_viewed<std::span<const unsigned char>>(std::vector<unsigned char>{1, 2}, true);
  expect_viewed<std::u16string_view>(std::u16string(u"roof"), false);
  expect_viewed<std::span<const int>>(std::vector<int>{1, -2}, false);
  expect_viewed<std::span<const float>>(std::vector<float>{1, -2}, false);  // two bytes behind an aligned place
  expect_viewed<std::span<const double>>(std::vector<double>(1 << 18, 0.5), false);  // five
  expect_viewed<std::span<const float>>(std::vector<float>(1 << 10, 0.5), false);    // three
  expect_viewed<std::span<const float>>(std::vector<float>(1 << 15, 0.5), true);     // four
  expect_viewed<std::span<const home::Position>>(std::vector<home::Position>{{1, 2}, {3, 4}}, false);
  rpc::internal::ViewMemory memory;
  EXPECT_TRUE(viewed<std::span<const double>>({}, memory).empty());
}

TEST(Tagged, ViewsOutliveAMessageThatWasPutInOrder) {
  struct Lines {
    std::string_view text;
    std::span<const int> numbers;
  };
  static constexpr rpc::tagged::Field fields[] = {
      {1, "text", offsetof(Lines, text), &rpc::Tagged<std::string_view>::type},
      {2, "numbers", offsetof(Lines, numbers), &rpc::Tagged<std::span<const int>>::type}};
  static constexpr rpc::tagged::Record record("Lines", fields);
  rpc::internal::ViewMemory memory;
  const std::vector<std::byte> bytes = test::from_hex("12 01 02 0a 04 72 6f 6f 66 12 01 04");
  Lines lines;
  rpc::Decoder in(bytes.data(), bytes.size(), test::limits(), &memory, rpc::Encoding::tagged);
  rpc::tagged::read_record(in, record, &lines);
  EXPECT_EQ(lines.text, "roof");
  EXPECT_TRUE(std::ranges::equal(lines.numbers, std::array{1, 2}));
}

}  // namespace
