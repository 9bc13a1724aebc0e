// The bytes of every form, as docs/protocol.md specifies them. A change here is a change of the protocol.
#include <gtest/gtest.h>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

using namespace std::chrono_literals;
using test::decoded;
using test::encoded_hex;
using test::from_hex;

namespace {

// Encodes to exactly these bytes, and these bytes give the value again.
template <class T>
void expect_bytes(const T& value, const char* bytes) {
  EXPECT_EQ(encoded_hex(value), bytes);
  EXPECT_EQ(decoded<T>(from_hex(bytes)), value) << bytes;
}

TEST(Golden, Numbers) {
  expect_bytes(true, "01");
  expect_bytes(false, "00");
  expect_bytes(std::int8_t{-2}, "fe");
  expect_bytes(std::uint16_t{0x1234}, "34 12");
  expect_bytes(std::int32_t{-2}, "fe ff ff ff");
  expect_bytes(0x0102030405060708L, "08 07 06 05 04 03 02 01");
  expect_bytes(0x0102030405060708LL, "08 07 06 05 04 03 02 01");
  expect_bytes(1.5F, "00 00 c0 3f");
  expect_bytes(-2.0, "00 00 00 00 00 00 00 c0");
  expect_bytes(std::byte{7}, "07");
  expect_bytes('a', "61");
  expect_bytes(u8'a', "61");
  expect_bytes(u'\u20ac', "ac 20");
  expect_bytes(U'\U0001f600', "00 f6 01 00");
}

TEST(Golden, DurationsAreTheirCount) {
  expect_bytes(std::chrono::milliseconds(258), "02 01 00 00 00 00 00 00");
  expect_bytes(std::chrono::duration<float>(1.5F), "00 00 c0 3f");
  expect_bytes(std::chrono::sys_seconds(1s), "01 00 00 00 00 00 00 00");
}

TEST(Golden, Text) {
  expect_bytes(std::string(), "00");
  expect_bytes(std::string("hi\0!", 4), "04 68 69 00 21");
}

TEST(Golden, Sequences) {
  expect_bytes(std::vector<std::uint16_t>{1, 2}, "02 01 00 02 00");
  expect_bytes(std::vector<std::string>{"a", ""}, "02 01 61 00");
  expect_bytes(std::vector<bool>{true, false, true}, "03 01 00 01");
  expect_bytes(std::array<std::uint8_t, 3>{1, 2, 3}, "01 02 03");
  expect_bytes(std::array<bool, 2>{false, true}, "00 01");
  expect_bytes(std::array<std::string, 2>{"a", "b"}, "01 61 01 62");
  expect_bytes(std::vector<std::array<std::int16_t, 2>>{{1, 2}}, "01 01 00 02 00");
  expect_bytes(std::vector<std::array<int, 0>>(2), "02 00 00");
  expect_bytes(std::set<int>{2, 1}, "02 01 00 00 00 02 00 00 00");
  expect_bytes(std::unordered_set<std::int8_t>{5}, "01 05");
}

TEST(Golden, Maps) {
  expect_bytes(std::map<std::string, std::uint8_t>{{"b", 2}, {"a", 1}}, "02 01 61 01 01 62 02");
  expect_bytes(std::unordered_map<std::uint8_t, bool>{{9, true}}, "01 09 01");
}

TEST(Golden, OptionalAndPair) {
  expect_bytes(std::optional<std::uint8_t>(), "00");
  expect_bytes(std::optional<std::uint8_t>(4), "01 04");
  expect_bytes(std::pair<bool, std::uint16_t>(true, 3), "01 03 00");
}

TEST(Golden, Lists) {
  expect_bytes(std::deque<std::uint16_t>{1, 2}, "02 01 00 02 00");
  expect_bytes(std::list<std::uint16_t>{1, 2}, "02 01 00 02 00");
  expect_bytes(std::forward_list<std::uint16_t>{1, 2}, "02 01 00 02 00");
  expect_bytes(std::deque<std::string>{"a", ""}, "02 01 61 00");
  expect_bytes(std::list<bool>{true, false}, "02 01 00");
  expect_bytes(std::forward_list<std::deque<bool>>{{true}, {}}, "02 01 01 00");
  expect_bytes(std::forward_list<int>(), "00");
}

TEST(Golden, StringsOfWiderCharacters) {
  const std::u8string euro = u8"\u20ac";  // GoogleTest may have been built without char8_t: it cannot print this
  EXPECT_EQ(encoded_hex(euro), "03 e2 82 ac");
  EXPECT_TRUE(decoded<std::u8string>(from_hex("03 e2 82 ac")) == euro);
  expect_bytes(std::u16string(u"h\u20ac"), "02 68 00 ac 20");
  expect_bytes(std::u32string(U"\U0001f600"), "01 00 f6 01 00");
  expect_bytes(std::u16string(), "00");
}

TEST(Golden, KeysThatMayComeTwice) {
  expect_bytes(std::multiset<std::int8_t>{3, 1, 3}, "03 01 03 03");
  expect_bytes(std::unordered_multiset<std::int8_t>{5, 5}, "02 05 05");
  expect_bytes(std::multimap<std::string, std::uint8_t>{{"b", 2}, {"a", 9}, {"b", 1}}, "03 01 61 09 01 62 02 01 62 01");
  expect_bytes(std::unordered_multimap<std::uint8_t, bool>{{9, true}, {9, true}}, "02 09 01 09 01");
}

TEST(Golden, Tuples) {
  expect_bytes(std::tuple<bool, std::uint16_t, std::string>(true, 3, "a"), "01 03 00 01 61");
  expect_bytes(std::tuple<std::uint16_t>(3), "03 00");
  expect_bytes(std::tuple<>(), "00");
  expect_bytes(std::vector<std::tuple<>>(2), "02 00 00");
  static_assert(rpc::Codec<std::tuple<std::uint16_t, std::string, bool>>::min_size == 4);
  static_assert(rpc::Codec<std::tuple<>>::min_size == 1);
}

TEST(Golden, Variants) {
  using Number = std::variant<std::uint16_t, std::string, std::uint16_t, std::monostate>;
  expect_bytes(Number(std::in_place_index<0>, 7), "00 07 00");
  expect_bytes(Number("a"), "01 01 61");
  expect_bytes(Number(std::in_place_index<2>, 7), "02 07 00");
  expect_bytes(Number(std::monostate()), "03 00");
  static_assert(rpc::Codec<std::variant<std::uint32_t, std::uint16_t, double>>::min_size == 3);
  static_assert(rpc::Codec<Number>::min_size == 2);
}

TEST(Golden, ComplexNumbers) {
  expect_bytes(std::complex<float>(1.5F, -2), "00 00 c0 3f 00 00 00 c0");
  expect_bytes(std::complex<double>(0, -2), "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 c0");
  expect_bytes(std::vector<std::complex<float>>{{0, 1.5F}}, "01 00 00 00 00 00 00 c0 3f");
}

TEST(Golden, BytesNobodyLooksAt) {
  EXPECT_EQ(decoded<std::tuple<>>(from_hex("aa")), std::tuple<>());
  EXPECT_EQ((decoded<std::variant<bool, std::monostate>>(from_hex("01 aa")).index()), 1U);
}

TEST(Golden, Enums) {
  expect_bytes(home::Kind::outdoor, "02");
  expect_bytes(static_cast<home::Days>(65), "41");
  expect_bytes(home::Vendor::initech, "67 12");
  expect_bytes(home::Vendor::unknown, "ff ff");
}

TEST(Golden, RecordsAreBitsThenFixedThenVariable) {
  expect_bytes(home::Position{1, -2}, "00 00 00 00 00 00 f0 3f 00 00 00 00 00 00 00 c0");
  expect_bytes(home::Empty{}, "00");
  expect_bytes(std::vector<home::Empty>(2), "02 00 00");
  home::Reading reading;
  reading.active = true;
  reading.limit = 3;
  reading.kind = home::Kind::outdoor;
  reading.celsius = 1;
  reading.taken = std::chrono::system_clock::time_point(5ns);
  reading.note = "n";
  reading.neighbours = {{"x", {}, home::Vendor::acme}};
  expect_bytes(reading,
               "0b 00 00 00 00 00 00 f0 3f 05 00 00 00 00 00 00 00 "              // bits, celsius, taken
               "03 00 00 00 01 6e "                                               // limit, note
               "01 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 0a 00 01 78 "  // neighbours
               "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 ff ff 00");       // sensor
  reading.limit.reset();
  EXPECT_EQ(encoded_hex(reading).substr(0, 2), "09");
}

TEST(Golden, RecursiveRecords) {
  expect_bytes(home::Room{"a", home::Days::sunday, {{"b", home::Days::none, {}}}}, "40 01 61 01 00 01 62 00");
  expect_bytes(home::Term{std::vector<home::Term>{{"a"}, {std::vector<home::Term>()}}}, "02 02 01 01 61 02 00");
}

TEST(Golden, LargeBlocksAreAlignedFromTheStartOfTheBody) {
  std::vector<double> values(128, 1.0);
  std::vector<std::byte> bytes = test::encoded(values);
  EXPECT_EQ(test::hex(bytes.data(), 12), "80 00 00 00 00 00 00 00 00 00 f0 3f");
  EXPECT_EQ(bytes.size(), 4U + 1024U);
  values.pop_back();  // one byte less than a large block
  EXPECT_EQ(test::encoded(values).size(), 1U + 127U * 8U);

  // Behind a body of odd length in the same buffer: the alignment counts from the start of the second body.
  rpc::Buffer buffer;
  buffer.append("123", 3);
  rpc::Encoder out(buffer, test::limits());
  rpc::Writer at = out.begin();
  values.assign(1000, 2.0);
  at.write(values);
  out.commit(at);
  EXPECT_EQ(buffer.size(), 3U + 4U + 8000U);
  EXPECT_EQ(test::hex(buffer.data() + 3, 4), "f2 f8 00 00");
}

TEST(Golden, ZeroPaddingOfAlignedBlockIsWrittenOverOldBytes) {
  rpc::Buffer buffer;
  buffer.reserve(4096);
  for (std::size_t i = 0; i < 4096; ++i) buffer.data()[i] = std::byte{0xaa};
  rpc::Encoder out(buffer, test::limits());
  rpc::Writer at = out.begin();
  at.write(std::vector<std::uint64_t>(200, 0));
  out.commit(at);
  for (std::size_t i = 1; i < buffer.size(); ++i) ASSERT_EQ(buffer.data()[i], std::byte{0}) << i;
}

}  // namespace
