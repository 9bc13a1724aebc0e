// Views of messages in the tagged encoding.
#include <gtest/gtest.h>
#include <rpc/view_memory.h>

#include <cmath>
#include <limits>

#include "runtime/wire/sample_tables.h"

using test::from_tagged;
using test::tagged_complaint;
using test::tagged_hex;

namespace {

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
