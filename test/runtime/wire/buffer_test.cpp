#include <rpc/wire/writer.h>

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

namespace {

std::string text(const rpc::Buffer& buffer) {
  return std::string(reinterpret_cast<const char*>(buffer.data()), buffer.size());
}

TEST(Buffer, KeepsBytesWhileItGrows) {
  rpc::Buffer buffer;
  EXPECT_TRUE(buffer.empty());
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    buffer.append("0123456789", 10);
    expected += "0123456789";
  }
  EXPECT_EQ(text(buffer), expected);
}

TEST(Buffer, KeepsWhatIsWrittenBehindItsEnd) {
  for (const std::size_t size : {1UL, 500UL, 513UL, 100'001UL, 200'000UL}) {  // across both kinds of memory
    rpc::Buffer buffer;
    buffer.append("ab", 2);
    rpc::Encoder out(buffer, {});
    rpc::Writer at = out.begin();
    std::string expected = "ab";
    for (int i = 0; i < 4; ++i) {
      const std::string text(size, static_cast<char>('c' + i));
      at.room(size);
      at.put_bytes(text.data(), size);
      expected += text;
    }
    EXPECT_EQ(buffer.size(), 2U);
    out.commit(at);
    EXPECT_EQ(text(buffer), expected) << size;
  }
}

TEST(Buffer, SmallOnesBeginWhereACacheLineDoes) {
  for (std::size_t size = 1; size < 100'000; size = size * 3 / 2 + 1) {
    rpc::Buffer buffer;
    buffer.reserve(size);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(buffer.data()) % 64, 0U) << size;
  }
}

TEST(Buffer, ClearKeepsTheMemoryAndReleaseDoesNot) {
  rpc::Buffer buffer;
  buffer.resize(10'000);
  const std::byte* memory = buffer.data();
  buffer.clear();
  EXPECT_EQ(buffer.size(), 0U);
  buffer.resize(10'000);
  EXPECT_EQ(buffer.data(), memory);
  buffer.release();
  EXPECT_EQ(buffer.capacity(), 0U);
  EXPECT_EQ(buffer.data(), nullptr);
}

TEST(Buffer, AppendingNothingNeedsNoMemory) {
  rpc::Buffer buffer;
  buffer.append(nullptr, 0);
  EXPECT_EQ(buffer.capacity(), 0U);
}

TEST(Buffer, Moves) {
  rpc::Buffer one;
  one.append("abc", 3);
  rpc::Buffer two = std::move(one);
  EXPECT_EQ(text(two), "abc");
  EXPECT_EQ(one.size(), 0U);  // NOLINT: a moved-from buffer is empty and can be used again
  one.append("x", 1);
  one = std::move(two);
  EXPECT_EQ(text(one), "abc");
}

}  // namespace
