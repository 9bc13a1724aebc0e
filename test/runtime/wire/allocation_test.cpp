// What decoding allocates: nothing when the value has room, and never because of a count that is a lie.
#include <gtest/gtest.h>
#include <rpc/view_memory.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"
#include "runtime/wire/sample_tables.h"

namespace {

thread_local std::size_t allocations = 0;
thread_local std::size_t largest = 0;

}  // namespace

// Not inlined, or g++ takes the malloc and free it then sees for a mismatch with new and delete.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (size > largest) largest = size;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

// How often decoding into an object that already holds the same value allocates. The message lies where a connection
// puts it.
template <class T>
std::size_t allocations_when_reused(const T& value) {
  std::vector<std::byte> bytes = test::encoded(value);
  T kept = test::decoded<T>(bytes);
  bytes.insert(bytes.begin(), rpc::wire::block_start, std::byte());
  const std::size_t before = allocations;
  test::decode_into(bytes.data() + rpc::wire::block_start, bytes.size() - rpc::wire::block_start, kept);
  const std::size_t made = allocations - before;
  EXPECT_EQ(kept, value);
  return made;
}

TEST(Allocation, KeptObjectsAreReused) {
  home::Reading reading;
  reading.limit = 3;
  reading.note = std::string(100, 'x');
  reading.neighbours.resize(20);
  for (home::Sensor& sensor : reading.neighbours) sensor.name = std::string(40, 'n');
  EXPECT_EQ(allocations_when_reused(std::vector<home::Reading>{reading, reading}), 0U);
  EXPECT_EQ(allocations_when_reused(std::vector<double>(10'000, 1.0)), 0U);
  EXPECT_EQ(allocations_when_reused(std::optional<std::string>(std::string(100, 'x'))), 0U);
}

TEST(Allocation, ViewsOfATaggedMessageTakeNone) {
  using rpc::Tagged;
  static constexpr rpc::tagged::Field fields[] = {{1, "text", 0, &Tagged<std::string_view>::type},
                                                  {2, "numbers", 1, &Tagged<std::span<const double>>::type}};
  static constexpr rpc::tagged::Values values("views", fields);
  const std::vector<double> numbers{1, 2};
  std::string_view text = "roof";  // of a length that lets the numbers begin at a multiple of 8
  std::span<const double> view = numbers;
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, test::limits(), rpc::Encoding::tagged);
  rpc::tagged::write(out, values, {&text, &view});

  rpc::internal::ViewMemory memory;
  rpc::Decoder in(buffer.data(), buffer.size(), test::limits(), &memory, rpc::Encoding::tagged);
  const std::size_t before = allocations;
  rpc::tagged::read(in, values, {&text, &view});
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(text, "roof");
  EXPECT_TRUE(std::ranges::equal(view, numbers));
  EXPECT_TRUE(in.has(reinterpret_cast<const std::byte*>(text.data())));
  EXPECT_TRUE(in.has(reinterpret_cast<const std::byte*>(view.data())));
}

TEST(Allocation, KeptListsTuplesAndVariantsAreReused) {
  const std::string text(100, 'x');
  EXPECT_EQ(allocations_when_reused(std::deque<std::string>(50, text)), 0U);
  EXPECT_EQ(allocations_when_reused(std::deque<double>(1000, 1.0)), 0U);
  EXPECT_EQ(allocations_when_reused(std::list<std::string>(5, text)), 0U);
  EXPECT_EQ(allocations_when_reused(std::list<double>(1000, 1.0)), 0U);
  EXPECT_EQ(allocations_when_reused(std::forward_list<std::string>(5, text)), 0U);
  EXPECT_EQ(allocations_when_reused(std::u16string(1000, u'x')), 0U);
  EXPECT_EQ(allocations_when_reused(std::tuple<int, std::string>(1, text)), 0U);
  EXPECT_EQ(allocations_when_reused(std::variant<int, std::string, std::string>(std::in_place_index<2>, text)), 0U);
}

TEST(Allocation, MisalignedBlocksAllocateOnce) {
  const std::vector<std::uint64_t> values(5000, 7);
  const std::vector<std::byte> bytes = test::encoded(values);
  std::vector<std::byte> shifted(bytes.size() + 1);
  std::copy(bytes.begin(), bytes.end(), shifted.begin() + 1);
  rpc::Decoder in(shifted.data() + 1, bytes.size(), test::limits());
  std::vector<std::uint64_t> read;
  rpc::Reader at = in.begin();
  const std::size_t before = allocations;
  at.read(read);
  EXPECT_EQ(allocations - before, 1U);
  EXPECT_EQ(read, values);
}

TEST(Allocation, NoMoreThanTheMessageCouldHold) {
  // 8 bytes that announce 4 billion elements.
  const std::vector<std::byte> bytes = test::from_hex("fe ff ff ff ff 00 00 00");
  largest = 0;
  EXPECT_NE(test::complaint<std::vector<home::Reading>>(bytes), "");
  EXPECT_NE(test::complaint<std::vector<std::uint8_t>>(bytes), "");
  EXPECT_NE(test::complaint<std::string>(bytes), "");
  EXPECT_NE((test::complaint<std::unordered_map<int, std::string>>(bytes)), "");
  EXPECT_NE(test::complaint<std::deque<std::uint8_t>>(bytes), "");
  EXPECT_NE(test::complaint<std::list<home::Reading>>(bytes), "");
  EXPECT_NE(test::complaint<std::forward_list<bool>>(bytes), "");
  EXPECT_NE(test::complaint<std::u8string>(bytes), "");
  EXPECT_NE(test::complaint<std::unordered_multiset<bool>>(bytes), "");
  EXPECT_LT(largest, 1000U);
}

}  // namespace
