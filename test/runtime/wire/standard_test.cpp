// Types of the standard library that stand for themselves: bitset, the adaptors, path, error_code, wide text.
#include <gtest/gtest.h>

#include <future>

#include "runtime/wire/bytes.h"

namespace {

using test::complaint;
using test::decoded;
using test::encoded;
using test::encoded_hex;
using test::from_hex;

// Encodes to exactly these bytes, these give the value again, and no proper prefix of them does.
template <class T>
void expect_exactly(const T& value, const char* hex) {
  const std::vector<std::byte> bytes = from_hex(hex);
  EXPECT_EQ(encoded(value), bytes) << hex;
  EXPECT_TRUE(decoded<T>(bytes) == value) << hex;
  EXPECT_GE(bytes.size(), rpc::Codec<T>::min_size);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::vector<std::byte> prefix(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    prefix.shrink_to_fit();
    ASSERT_NE(complaint<T>(prefix), "") << size << " of " << hex;
  }
}

TEST(Bitset, HasEightBitsToAByte) {
  expect_exactly(std::bitset<1>(1), "01");
  expect_exactly(std::bitset<8>(0xa5), "a5");
  expect_exactly(std::bitset<12>(0xa5f), "5f 0a");
  expect_exactly(std::bitset<70>(1).set(69), "01 00 00 00 00 00 00 00 20");
  expect_exactly(std::bitset<0>(), "00");
  expect_exactly(std::vector<std::bitset<9>>(2), "02 00 00 00 00");
  EXPECT_EQ(decoded<std::bitset<12>>(from_hex("5f fa")), std::bitset<12>(0xa5f));  // spare bits are not looked at
  std::bitset<12> kept;
  test::decode_into(from_hex("00 00"), kept.set());
  EXPECT_TRUE(kept.none());
}

TEST(Adaptors, TravelAsTheirContainer) {
  std::stack<int> stack;
  std::queue<std::string, std::list<std::string>> queue;
  std::stack<bool, std::vector<bool>> flags;
  for (int i = 1; i < 4; ++i) {
    stack.push(i);
    queue.push(std::string(static_cast<std::size_t>(i), 'a'));
    flags.push(i != 2);
  }
  expect_exactly(stack, "03 01 00 00 00 02 00 00 00 03 00 00 00");
  expect_exactly(queue, "03 01 61 02 61 61 03 61 61 61");
  expect_exactly(flags, "03 01 00 01");
  EXPECT_EQ((decoded<std::queue<int>>(encoded(std::vector{1, 2, 3})).front()), 1);
}

TEST(Adaptors, APriorityQueueArrivesAsAHeap) {
  std::priority_queue<std::string> queue;
  for (const char* text : {"b", "d", "a", "c"}) queue.push(text);
  EXPECT_EQ(encoded_hex(queue), "04 01 64 01 63 01 61 01 62");
  const auto drain = [](auto read) {
    std::string text;
    for (; !read.empty(); read.pop()) text += read.top();
    return text;
  };
  EXPECT_EQ(drain(decoded<decltype(queue)>(encoded(queue))), "dcba");
  const std::vector<std::byte> sorted = encoded(std::vector<std::string>{"a", "b", "c", "d"});
  EXPECT_EQ(drain(decoded<decltype(queue)>(sorted)), "dcba");
  using Least = std::priority_queue<std::string, std::deque<std::string>, std::greater<std::string>>;
  EXPECT_EQ(drain(decoded<Least>(encoded(queue))), "abcd");
}

TEST(VectorOfBool, StandsInEveryContainer) {
  expect_exactly(std::vector<bool>{true, false}, "02 01 00");
  expect_exactly(std::map<bool, std::vector<bool>>{{true, {false}}}, "01 01 01 00");
  expect_exactly(std::optional(std::vector<bool>{true}), "01 01 01");
  expect_exactly(std::variant<int, std::vector<bool>>(std::vector<bool>{true}), "01 01 01");
  expect_exactly(std::tuple(std::vector<bool>{true}, std::array<std::vector<bool>, 1>{}), "01 01 00");
  expect_exactly(std::set<std::vector<bool>>{{false}, {true}}, "02 01 00 01 01");
  expect_exactly(std::deque<bool>{true}, "01 01");
}

TEST(WideText, TravelsIn32BitUnits) {
  expect_exactly(L'\u00e4', "e4 00 00 00");
  expect_exactly(std::wstring(L"a\U0001f600"), "02 61 00 00 00 00 f6 01 00");
  EXPECT_EQ(encoded(std::wstring(600, L'x')), encoded(std::u32string(600, U'x')));
  EXPECT_EQ(complaint<std::wstring>(from_hex("02 00 00 00 00")),
            "malformed message at byte 1 of 5: expected 2 elements of at least 4 bytes, found 4 bytes in all");
}

TEST(Path, IsAText) {
  expect_exactly(std::filesystem::path(), "00");
  expect_exactly(std::filesystem::path("a/b"), "03 61 2f 62");
  expect_exactly(std::filesystem::path(u8"/\u00e4"), "03 2f c3 a4");
  expect_exactly(std::filesystem::path("dir/"), "04 64 69 72 2f");
}

TEST(Path, HasNoZeroByte) {
  EXPECT_EQ(complaint<std::filesystem::path>(from_hex("03 61 00 62")),
            "malformed message at byte 0 of 4: expected a path, found one with a zero byte in it");
  try {
    encoded(std::filesystem::path(std::string("a\0b", 3)));
    FAIL() << "a path with a zero byte was encoded";
  } catch (const rpc::Error& error) {
    EXPECT_EQ(error.code(), rpc::Code::marshalling);
    EXPECT_STREQ(error.what(), "cannot send a path with a zero byte in it");
  }
}

TEST(ErrorCode, CategoriesOfTheLibraryArriveAsSuch) {
  expect_exactly(std::error_code(), "00 00 00 00 06 73 79 73 74 65 6d 07 53 75 63 63 65 73 73");
  for (const std::error_code code :
       {make_error_code(std::errc::timed_out), std::error_code(2, std::system_category()),
        make_error_code(std::future_errc::no_state), make_error_code(std::io_errc::stream)})
    EXPECT_EQ(decoded<std::error_code>(encoded(code)), code) << code.message();
  EXPECT_EQ(decoded<std::error_code>(encoded(make_error_code(std::errc::timed_out))), std::errc::timed_out);
}

struct Category final : std::error_category {
  explicit Category(const char* text) : text_(text) {}
  const char* name() const noexcept override { return text_; }
  std::string message(int value) const override { return std::string(text_) + " says " + std::to_string(value); }
  const char* text_;
};

TEST(ErrorCode, OthersArriveWithAStandIn) {
  const Category boiler("boiler");
  const Category garden("garden");
  const auto read = decoded<std::error_code>(encoded(std::error_code(7, boiler)));
  EXPECT_STREQ(read.category().name(), "boiler");
  EXPECT_NE(read.category(), boiler);
  EXPECT_EQ(read.value(), 7);
  EXPECT_EQ(read.message(), "boiler says 7");
  EXPECT_EQ(read.category().message(8), "error 8");
  EXPECT_EQ(decoded<std::error_code>(encoded(std::error_code(7, boiler))), read);
  EXPECT_NE(decoded<std::error_code>(encoded(std::error_code(7, garden))), read);
  EXPECT_EQ(encoded(read), encoded(std::error_code(7, boiler)));  // passed on as it came
}

TEST(ErrorCode, WhatAProcessRemembersIsLimited) {
  const std::string name(1000, 'n');
  const auto code = [](const std::string& category, int value) {
    return decoded<std::error_code>(encoded(std::tuple(value, category, std::string(1000, 'm'))));
  };
  EXPECT_EQ(std::string(code(name, 1).category().name()), name.substr(0, 256));
  EXPECT_EQ(code(name, 1).message(), std::string(256, 'm'));
  EXPECT_STREQ(code(std::string("cut\0here", 8), 1).category().name(), "cut");
  for (int i = 0; i < 1100; ++i) code("flood", i);
  EXPECT_EQ(code("flood", 0).message(), std::string(256, 'm'));
  EXPECT_EQ(code("flood", 1099).message(), "error 1099");
  EXPECT_STREQ(code("flood", 1099).category().name(), "flood");
  EXPECT_STREQ(code("late", 3).category().name(), "unknown");
  EXPECT_EQ(code("late", 3).value(), 3);
  EXPECT_EQ(code("late", 3).message(), "error 3");
}

}  // namespace
