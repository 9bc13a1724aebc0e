// The bytes of the tagged encoding, which are protobuf's; that values survive them, and what is refused.
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

TEST(Tagged, NumbersAndTextsOfEveryLengthComeBack) {
  for (unsigned bits = 0; bits < 64; ++bits) {
    const std::uint64_t power = std::uint64_t{1} << bits;
    expect_back(power);
    expect_back(std::vector<std::uint64_t>{power, power - 1, power, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    expect_back(std::tuple(static_cast<std::int64_t>(power), -1, std::string(bits, 't'), true));
    expect_back(std::tuple(std::vector<std::uint8_t>(bits, 7), home::Vendor::unknown));
  }
  EXPECT_NE(tagged_complaint<std::uint64_t>("08 ff ff ff ff ff ff ff ff ff 02"), "");
  EXPECT_NE(tagged_complaint<std::uint64_t>("08 ff ff ff ff ff ff ff ff ff ff 01"), "");
}

TEST(Tagged, RecordsOfMoreFieldsThanRoomIsMadeForComeBack) {
  std::array<int, 700> values{};
  std::vector<rpc::tagged::Field> fields;
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = static_cast<int>(i);
    fields.emplace_back(static_cast<std::uint32_t>(i) + 1, "f", i * sizeof(int), &rpc::Tagged<int>::type);
  }
  const rpc::tagged::Record record("many", fields.data(), 700, rpc::tagged::Addressing::offset, false);
  const rpc::Limits small{.max_frame = 16384};
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, small, rpc::Encoding::tagged);
  rpc::tagged::write_record(out, record, &values);
  std::array<int, 700> back{};
  rpc::Decoder in(buffer.data(), buffer.size(), small, nullptr, rpc::Encoding::tagged);
  rpc::tagged::read_record(in, record, &back);
  EXPECT_EQ(back, values);
}

TEST(Tagged, NumbersAtAnyAddressAreCopied) {
  const std::pair<std::string, std::vector<double>> value("odd", {1.5, -2, 0});
  const std::vector<std::byte> bytes = test::tagged(value);
  std::pair<std::string, std::vector<double>> kept("", {7, 7, 7});
  test::read_tagged(bytes, kept);
  EXPECT_EQ(kept, value);
  for (std::size_t size = 0; size < 9; ++size) expect_back(std::pair(std::string(size, 'x'), std::vector<float>{1, 2}));
}

TEST(Tagged, PointersAreOptionalsAndSharedObjectsComeOnce) {
  const auto back = from_tagged<std::unique_ptr<const int>>(test::tagged(std::make_unique<const int>(7)));
  EXPECT_EQ(*back, 7);
  EXPECT_EQ(tagged_hex(std::unique_ptr<int>()), "");
  using Texts = std::vector<std::shared_ptr<std::string>>;
  const auto text = std::make_shared<std::string>("a");
  const Texts texts{text, std::make_shared<std::string>("a"), text, nullptr};
  EXPECT_EQ(tagged_hex(texts), "0a 05 0a 01 61 10 00 0a 05 0a 01 61 10 01 0a 02 10 00 0a 00");
  const Texts received = from_tagged<Texts>(test::tagged(texts));
  EXPECT_EQ(received[0], received[2]);
  EXPECT_NE(received[0], received[1]);
  EXPECT_EQ(received[3], nullptr);
  EXPECT_EQ(*received[1], "a");
  EXPECT_NE(tagged_complaint<Texts>("0a 02 10 00"), "");
  const auto words = std::make_shared<std::string>(200, 'w');
  const auto nested = from_tagged<std::vector<Texts>>(test::tagged(std::vector<Texts>{{words, words}, {words}}));
  EXPECT_EQ(*nested[0][0], *words) << "in a message that is moved for its length";
  EXPECT_EQ(nested[0][0], nested[0][1]);
  EXPECT_EQ(nested[0][0], nested[1][0]);
  EXPECT_NE(tagged_complaint<Texts>("0a 05 0a 01 61 10 00 0a 05 0a 01 61 10 00"), "") << "one number twice";
  EXPECT_EQ(*from_tagged<Texts>(test::from_hex("0a 03 0a 01 61")).front(), "a") << "without a number";
}

/// A pair of a version that has one field more, and of one that knows the second only.
struct Both {
  std::shared_ptr<int> extra;
  std::shared_ptr<int> kept;
};
struct Kept {
  std::shared_ptr<int> kept;
};
constexpr rpc::tagged::Field both_fields[] = {
    {1, "extra", offsetof(Both, extra), &rpc::Tagged<std::shared_ptr<int>>::type},
    {2, "kept", offsetof(Both, kept), &rpc::Tagged<std::shared_ptr<int>>::type}};
constexpr rpc::tagged::Field kept_fields[] = {{2, "kept", 0, &rpc::Tagged<std::shared_ptr<int>>::type}};

}  // namespace

template <>
struct rpc::Tagged<Both> {
  static constexpr tagged::Record type{"Both", both_fields};
};
template <>
struct rpc::Tagged<Kept> {
  static constexpr tagged::Record type{"Kept", kept_fields};
};

namespace {

TEST(Tagged, SharedObjectsAreFoundBehindThoseThatAreSkipped) {
  const auto skipped = std::make_shared<int>(1);
  const auto kept = std::make_shared<int>(2);
  const auto read = [](const std::vector<Both>& all) { return from_tagged<std::vector<Kept>>(test::tagged(all)); };
  const std::vector<Kept> received = read({{skipped, kept}, {skipped, kept}});
  EXPECT_EQ(*received[0].kept, 2);
  EXPECT_EQ(received[0].kept, received[1].kept);
  EXPECT_THROW(read({{skipped, kept}, {kept, skipped}}), rpc::Error);
}

TEST(Tagged, AnEnumeratorThatIsNotDeclaredIsNotSent) {
  for (const auto value : {-2, 0, 11, 4712}) EXPECT_THROW(test::tagged(static_cast<home::Vendor>(value)), rpc::Error);
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

// The length before a record takes one byte or more, and what is behind it moves.
TEST(Tagged, RecordsOfAnyLengthComeBack) {
  for (std::size_t size = 60; size < 600; ++size) {
    home::Reading sent = reading();
    sent.note = std::string(size, 'n');
    EXPECT_EQ(from_tagged<home::Reading>(test::tagged(sent)), sent) << size;
  }
}

TEST(Tagged, NumbersAtAnyAddressReplaceAnyOthers) {
  for (const std::size_t count : {0U, 1U, 2U, 3U, 100U}) {
    std::vector<double> sent;
    while (sent.size() < count) sent.push_back(static_cast<double>(sent.size()) + 0.5);
    const std::vector<std::byte> bytes = test::tagged(sent);
    for (std::size_t shift = 0; shift < 8; ++shift) {
      std::vector<std::byte> moved(shift);
      moved.insert(moved.end(), bytes.begin(), bytes.end());
      for (const std::size_t kept : {0U, 1U, 2U, 5U}) {
        std::vector<double> read(kept, 7);
        rpc::Decoder in(moved.data() + shift, bytes.size(), test::limits(), nullptr, rpc::Encoding::tagged);
        rpc::tagged::read_result(in, rpc::Tagged<std::vector<double>>::type, &read);
        EXPECT_EQ(read, sent) << shift << " instead of " << kept;
      }
    }
  }
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

}  // namespace
