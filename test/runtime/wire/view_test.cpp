// Views: they travel as what they point to, and point into the message that they are read from.
#include <gtest/gtest.h>

#include <rpc/view_memory.h>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

namespace {

using Doubles = std::span<const double>;

/// A message at an address of which `offset` is what is left above a multiple of 64.
struct Message {
  Message(const std::vector<std::byte>& bytes, std::size_t offset) : size(bytes.size()), memory(size + 128) {
    void* start = memory.data();
    std::size_t room = memory.size();
    begin = static_cast<std::byte*>(std::align(64, size + 63, start, room)) + offset;
    std::copy(bytes.begin(), bytes.end(), begin);
  }

  bool holds(const void* place) const { return begin <= place && place < begin + size; }

  std::size_t size;
  std::vector<std::byte> memory;
  std::byte* begin;
};

template <class View>
View read(const Message& message, rpc::internal::ViewMemory& memory) {
  rpc::Decoder in(message.begin, message.size, test::limits(), &memory);
  rpc::Reader at = in.begin();
  View view;
  at.read(view);
  in.finish(at);
  return view;
}

template <class T>
bool is_aligned(const T* place) {
  return reinterpret_cast<std::uintptr_t>(place) % alignof(T) == 0;
}

std::vector<double> counting(std::size_t size) {
  std::vector<double> values(size);
  for (std::size_t i = 0; i < size; ++i) values[i] = static_cast<double>(i);
  return values;
}

template <class View, class Owner>
void expect_same_bytes(const Owner& owner) {
  EXPECT_EQ(test::encoded_hex(View(owner)), test::encoded_hex(owner));
}

TEST(View, TravelsAsWhatItPointsTo) {
  for (const std::size_t size : {0U, 1U, 16U, 17U, 239U, 240U, 1024U}) {
    expect_same_bytes<std::string_view>(std::string(size, 'x'));
    expect_same_bytes<std::u8string_view>(std::u8string(size, u8'x'));
    expect_same_bytes<std::u16string_view>(std::u16string(size, u'x'));
    expect_same_bytes<std::u32string_view>(std::u32string(size, U'x'));
    expect_same_bytes<std::span<const std::byte>>(std::vector<std::byte>(size));
    expect_same_bytes<Doubles>(counting(size));
    expect_same_bytes<std::span<const home::Position>>(std::vector<home::Position>(size));
  }
}

TEST(View, OfTextAndBytesPointsIntoTheMessageWhereverThatLies) {
  for (const std::size_t offset : {0U, 1U, 7U}) {
    rpc::internal::ViewMemory memory;
    const Message text(test::encoded(std::string("roof")), offset);
    const auto view = read<std::string_view>(text, memory);
    EXPECT_EQ(view, "roof");
    EXPECT_TRUE(text.holds(view.data()));
    const Message block(test::encoded(std::vector<std::uint8_t>(5000, 7)), offset);
    const auto bytes = read<std::span<const std::uint8_t>>(block, memory);
    EXPECT_EQ(bytes.size(), 5000U);
    EXPECT_EQ(bytes.back(), 7);
    EXPECT_TRUE(block.holds(bytes.data()));
  }
}

TEST(View, OfALargeBlockPointsIntoAMessageThatIsAligned) {
  rpc::internal::ViewMemory memory;
  const std::vector<double> values = counting(128);
  const Message message(test::encoded(values), rpc::wire::block_start);
  const auto view = read<Doubles>(message, memory);
  EXPECT_TRUE(std::ranges::equal(view, values));
  EXPECT_TRUE(message.holds(view.data()));
}

TEST(View, OfABlockThatIsNotAlignedIsACopyThatIs) {
  for (const std::size_t size : {1U, 127U, 128U, 20'000U}) {
    const std::vector<double> values = counting(size);
    for (std::size_t offset = 0; offset < 8; ++offset) {
      rpc::internal::ViewMemory memory;
      const Message message(test::encoded(values), offset);
      const auto view = read<Doubles>(message, memory);
      EXPECT_TRUE(is_aligned(view.data()));
      EXPECT_TRUE(std::ranges::equal(view, values));
    }
  }
}

TEST(View, WithoutElementsNeedsNoMemory) {
  const Message message(test::encoded(std::vector<double>()), 1);
  rpc::Decoder in(message.begin, message.size, test::limits());
  rpc::Reader at = in.begin();
  Doubles view;
  at.read(view);
  EXPECT_TRUE(view.empty());
}

TEST(View, OfAMessageThatNothingKeepsIsRefused) {
  const Message message(test::encoded(counting(3)), 0);
  rpc::Decoder in(message.begin, message.size, test::limits());
  rpc::Reader at = in.begin();
  Doubles view;
  try {
    at.read(view);
    FAIL() << "a view of three doubles behind one byte was read";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::internal);
  }
}

TEST(View, MayBeInsideOfContainers) {
  rpc::internal::ViewMemory memory;
  const Message message(test::encoded(std::vector<std::string>{"a", "", "ccc"}), 0);
  const auto views = read<std::vector<std::string_view>>(message, memory);
  EXPECT_EQ(views, (std::vector<std::string_view>{"a", "", "ccc"}));
  EXPECT_TRUE(message.holds(views.back().data()));
  const Message map(test::encoded(std::map<std::string, int>{{"k", 1}}), 0);
  EXPECT_EQ((read<std::map<std::string_view, int>>(map, memory).at("k")), 1);
}

TEST(View, OfAFixedNumberOfElementsIsAnArray) {
  const std::array<double, 3> values = {1, 2, 3};
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits());
  rpc::Writer to = out.begin();
  to.room(24);
  to.put_view(std::span<const double, 3>(values));
  out.commit(to);
  EXPECT_EQ(test::hex(buffer.data(), buffer.size()), test::encoded_hex(values));
  for (const std::size_t offset : {0U, 4U}) {
    const Message message(test::encoded(values), offset);
    rpc::internal::ViewMemory memory;
    rpc::Decoder in(message.begin, message.size, test::limits(), &memory);
    rpc::Reader from = in.begin();
    Doubles view;
    from.get_view(view, 3);
    EXPECT_TRUE(std::ranges::equal(view, values));
    EXPECT_EQ(message.holds(view.data()), offset == 0);
  }
}

TEST(View, ThatIsMalformedIsRefused) {
  EXPECT_NE(test::complaint<std::string_view>(test::from_hex("05 61 62")), "");
  EXPECT_NE(test::complaint<Doubles>(test::from_hex("01 00 00 00")), "");
  EXPECT_NE(test::complaint<Doubles>(test::from_hex("ff ff ff ff ff ff ff ff ff 00")), "");
  EXPECT_NE(test::complaint<std::u16string_view>(test::from_hex("02 61 00 62")), "");
}

TEST(ViewMemory, KeepsWhatItWasGivenWhereItWas) {
  rpc::internal::ViewMemory first;
  std::vector<std::pair<const std::byte*, std::byte>> kept;
  for (int i = 0; i < 100; ++i) {
    const std::vector<std::byte> bytes(static_cast<std::size_t>(1 + i * 37), static_cast<std::byte>(i));
    const std::size_t alignment = std::size_t{1} << (i % 7);
    std::byte* const copy = first.room(bytes.size(), alignment);
    std::ranges::copy(bytes, copy);
    kept.emplace_back(copy, bytes[0]);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(kept.back().first) % alignment, 0U);
  }
  const rpc::internal::ViewMemory second = std::move(first);
  for (std::size_t i = 0; i < kept.size(); ++i) {
    EXPECT_EQ(kept[i].first[0], kept[i].second);
    EXPECT_EQ(kept[i].first[i * 37], kept[i].second);
  }
}

}  // namespace
