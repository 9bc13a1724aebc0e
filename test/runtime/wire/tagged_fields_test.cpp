// Fields in the tagged encoding are written by functions for what they have in memory and for the length of their tags.
#include <gtest/gtest.h>

#include "runtime/wire/sample_tables.h"

namespace {

/// A message with one field, of this number.
template <class T, class Type>
std::string field_hex(std::uint32_t number, const T& value, const Type& type) {
  const rpc::tagged::Field fields[] = {{number, "value", 0, &type}};
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits(), rpc::Encoding::tagged);
  rpc::tagged::write_record(out, rpc::tagged::Record("record", fields), &value);
  return test::hex(buffer.data(), buffer.size());
}

TEST(Tagged, TagsOfAnyLengthAreBeforeTheSameBytes) {
  const auto expect_same = [](const auto& value) {
    const auto& type = rpc::Tagged<std::decay_t<decltype(value)>>::type;
    const std::string bytes = field_hex(15, value, type).substr(2);
    EXPECT_EQ(field_hex(16, value, type).substr(5), bytes);
    EXPECT_EQ(field_hex(1 << 28, value, type).substr(14), bytes);
  };
  expect_same(true);
  expect_same(-300);
  expect_same(1.5);
  expect_same(home::Kind::outdoor);
  expect_same(home::Vendor::unknown);
  expect_same(std::string("roof"));
  expect_same(std::string(20, 'a'));
  expect_same(std::string(200, 'a'));
  expect_same(std::vector<std::uint8_t>(20, 1));
  expect_same(std::vector<std::uint8_t>(200, 1));
  expect_same(std::array<std::byte, 2>{});
  expect_same(std::vector<int>{1, 2});
  expect_same(home::Sensor{});
  expect_same(std::optional<int>(1));
}

template <class Number>
std::string enum_hex(Number value) {
  const struct {
    Number value;
    std::array<std::uint8_t, 8> behind;
  } object = {value, {1, 1, 1, 1, 1, 1, 1, 1}};
  const rpc::tagged::Enum type{
      {rpc::tagged::Kind::enumeration}, sizeof value, std::is_signed_v<Number>, true, -3, 5, nullptr, &typeid(Number)};
  return field_hex(1, object, type);
}

TEST(Tagged, EnumsOfEveryWidthAreWritten) {
  const std::string minus_three = "08 fd ff ff ff ff ff ff ff ff 01";
  EXPECT_EQ(enum_hex<std::int8_t>(-3), minus_three);
  EXPECT_EQ(enum_hex<std::int16_t>(-3), minus_three);
  EXPECT_EQ(enum_hex<std::int32_t>(-3), minus_three);
  EXPECT_EQ(enum_hex<std::int64_t>(-3), minus_three);
  EXPECT_EQ(enum_hex<std::uint8_t>(5), "08 05");
  EXPECT_EQ(enum_hex<std::uint16_t>(5), "08 05");
  EXPECT_EQ(enum_hex<std::uint32_t>(5), "08 05");
  EXPECT_EQ(enum_hex<std::uint64_t>(5), "08 05");
  EXPECT_THROW(enum_hex<std::uint8_t>(0xfd), rpc::Error);  // minus three only with a sign
}

}  // namespace
