// How views get to a method: texts and spans that point into the request. values.h through farcall generate.
#include <gtest/gtest.h>
#include <rpc/rpc.h>

#include <coroutine>
#include <future>
#include <mutex>
#include <numeric>
#include <thread>

#include "address.h"
#include "other_values.rpc.h"
#include "values.rpc.h"

namespace {

template <class T>
bool is_aligned(const T* place) {
  return reinterpret_cast<std::uintptr_t>(place) % alignof(T) == 0;
}

/// A value no method gives, where a view lies that may not be read.
constexpr double misaligned = -1;

double sum_of(std::span<const double> values) {
  return is_aligned(values.data()) ? std::accumulate(values.begin(), values.end(), 0.0) : misaligned;
}

std::string joined(std::string_view first, std::string_view second, std::span<const double> values,
                   std::span<const std::int64_t, 2> both) {
  return std::string(first) + "+" + std::string(second) + "=" + std::to_string(sum_of(values)) + " " +
         std::to_string(both[0] + both[1]);
}

/// What is the same for both kinds of server.
struct Texts {
  static std::string lines(const std::vector<e2e::Line>& lines) {
    std::string text;
    for (const e2e::Line& line : lines) {
      text += line.text;
      for (const std::uint16_t column : line.columns) text += ":" + std::to_string(column);
      text += line.note ? " (" + std::string(*line.note) + ");" : ";";
    }
    return text;
  }

  static double length(bool squared, std::span<const double, 3> vector, std::span<const float, 2> more) {
    if (!is_aligned(vector.data()) || !is_aligned(more.data())) return misaligned;
    const double sum = vector[0] + vector[1] + vector[2] + static_cast<double>(more[0] + more[1]);
    return squared ? sum * sum : sum;
  }
};

template <class Interface>
class ViewsBase : public Interface {
 public:
  std::ptrdiff_t distance(std::string_view first, std::string_view second) override {
    return second.data() - (first.data() + first.size());
  }
  std::u8string utf8(std::u8string_view text) override { return std::u8string(text); }
  std::u16string utf16(const std::u16string_view& text) override { return std::u16string(text); }
  std::u32string utf32(std::u32string_view&& text) override { return std::u32string(text); }
  std::string greet(std::string_view name, std::span<const int> marks) override {
    return "hello " + std::string(name) + std::string(marks.size(), '!');
  }
  std::uint64_t bytes(std::span<const std::byte> bytes) override {
    std::uint64_t sum = 0;
    for (const std::byte byte : bytes) sum += std::to_integer<std::uint64_t>(byte);
    return sum;
  }
  double sum(std::string_view before, std::span<const double> values) override {
    return sum_of(values) + static_cast<double>(before.size());
  }
  std::vector<e2e::Sample> samples(std::span<const e2e::Sample> samples) override {
    return {samples.begin(), samples.end()};
  }
  double length(bool squared, std::span<const double, 3> vector, const std::span<const float, 2>& more) override {
    return Texts::length(squared, vector, more);
  }
  std::string lines(const std::vector<e2e::Line>& lines) override { return Texts::lines(lines); }
  int lookup(std::map<std::string_view, int> numbers, std::string_view name) override {
    return numbers.contains(name) ? numbers[name] : -1;
  }
  void hint(std::string_view text) override { hinted.fetch_add(text.size()); }

  std::atomic<std::size_t> hinted = 0;
};

class PlainViews : public ViewsBase<e2e::Views> {
 public:
  std::string join(std::string_view first, std::string_view second, std::span<const double> values,
                   std::span<const std::int64_t, 2> both) override {
    return joined(first, second, values, both);
  }
  int release() override { return 0; }
};

/// Its coroutines wait until release() is called.
class WaitingViews : public ViewsBase<e2e::ViewsService> {
 public:
  rpc::Task<std::string> join(std::string_view first, std::string_view second, std::span<const double> values,
                              std::span<const std::int64_t, 2> both) override {
    co_await Wait{*this};
    co_return joined(first, second, values, both);
  }

  int release() override {
    const std::vector<std::coroutine_handle<>> waiting = [&] {
      const std::lock_guard lock(mutex_);
      return std::exchange(waiting_, {});
    }();
    for (const std::coroutine_handle<> each : waiting) each.resume();
    return static_cast<int>(waiting.size());
  }

 private:
  struct Wait {
    WaitingViews& service;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) const {
      const std::lock_guard lock(service.mutex_);
      service.waiting_.push_back(waiting);
    }
    void await_resume() const noexcept {}
  };

  std::mutex mutex_;
  std::vector<std::coroutine_handle<>> waiting_;
};

class ViewsTest : public testing::TestWithParam<std::tuple<const char*, rpc::Encoding>> {
 protected:
  ViewsTest() {
    server.serve<e2e::Views>(service);
    const std::string url = server.listen(e2e::address(std::get<0>(GetParam())));
    client.emplace(rpc::connect(url, {.encoding = std::get<1>(GetParam())}));
  }

  rpc::Server server;
  std::shared_ptr<WaitingViews> service = std::make_shared<WaitingViews>();
  std::optional<e2e::ViewsClient> client;
};

INSTANTIATE_TEST_SUITE_P(Transports, ViewsTest,
                         testing::Combine(testing::Values("inproc", "unix", "tcp"),
                                          testing::Values(rpc::Encoding::exact, rpc::Encoding::tagged)));

std::vector<double> counting(std::size_t size) {
  std::vector<double> values(size);
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

TEST_P(ViewsTest, OfTextPointIntoTheRequest) {
  // Behind the end of the first text lies the length of the second, perhaps behind a tag, and then the second: nothing
  // was copied.
  const int tag = std::get<1>(GetParam()) == rpc::Encoding::tagged ? 1 : 0;
  EXPECT_EQ(client->distance("first", "second"), tag + 1);
  EXPECT_EQ(client->distance(std::string(5000, 'x'), std::string(300, 'y')), tag + 2);
}

TEST_P(ViewsTest, OfEveryCharacterArrive) {
  EXPECT_TRUE(client->utf8(u8"\u00e4") == u8"\u00e4");
  EXPECT_EQ(client->utf16(u"\u00e4"), u"\u00e4");
  EXPECT_EQ(client->utf16(), u"nothing");
  EXPECT_EQ(client->utf32(U"\U0001f600"), U"\U0001f600");
  EXPECT_EQ(client->utf16(std::u16string(1000, u'x')), std::u16string(1000, u'x'));
  EXPECT_TRUE(client->utf8({}).empty());
}

TEST_P(ViewsTest, HaveDefaults) {
  EXPECT_EQ(client->greet(), "hello you");
  EXPECT_EQ(client->greet("ada", std::vector<int>{1, 2}), "hello ada!!");
}

TEST_P(ViewsTest, OfSpansArriveWhereTheyCanBeRead) {
  for (const std::size_t size : {0U, 1U, 127U, 128U, 2000U, 100'000U}) {
    const std::vector<double> values = counting(size);
    const double sum = sum_of(values);
    for (std::size_t before = 0; before < 9; ++before)
      EXPECT_EQ(client->sum(std::string(before, 'x'), values), sum + static_cast<double>(before)) << size;
  }
  EXPECT_EQ(client->bytes(std::vector<std::byte>(70'000, std::byte{3})), 210'000U);
  const std::vector<e2e::Sample> samples(1000, {1.5, 2.5F, 7});
  EXPECT_EQ(client->samples(samples), samples);
  EXPECT_EQ(client->samples(std::span(samples).first(3)).size(), 3U);
}

TEST_P(ViewsTest, OfFixedExtentArrive) {
  const double vector[] = {1, 2, 3};
  const float more[] = {4, 5};
  EXPECT_EQ(client->length(false, vector, more), 15);
  EXPECT_EQ(client->length(true, vector, more), 225);
}

TEST_P(ViewsTest, MayBeInsideOfRecordsAndContainers) {
  const std::uint16_t columns[] = {7, 8};
  EXPECT_EQ(client->lines({{"one", columns, "note"}, {"", {}, std::nullopt}, {"three", {}, ""}}),
            "one:7:8 (note);;three ();");
  EXPECT_EQ(client->lookup({{"a", 1}, {"b", 2}}, "b"), 2);
}

TEST_P(ViewsTest, AreWrittenBeforeAnAsynchronousCallReturns) {
  std::vector<rpc::Future<std::string>> pending;
  {
    std::string first = "short";
    std::vector<double> values = {1, 2};
    pending.push_back(client->async_join(first, "b", values, std::array<std::int64_t, 2>{3, 4}));
    first.assign(5, '?');
    values.assign(2, 0);
  }
  while (client->release() == 0) std::this_thread::yield();
  EXPECT_EQ(pending[0].get(), "short+b=3.000000 7");
}

TEST_P(ViewsTest, OutliveTheSuspensionsOfACoroutine) {
  std::vector<rpc::Future<std::string>> pending;
  std::vector<std::string> expected;
  for (std::size_t i = 0; i < 100; ++i) {
    const std::string first(i, 'a');
    const std::string second(100 + i * 7, 'b');
    const std::vector<double> values = counting(i * 3);
    const std::int64_t both[] = {static_cast<std::int64_t>(i), 1};
    expected.push_back(joined(first, second, values, both));
    pending.push_back(client->async_join(first, second, values, both));
  }
  // What arrives next must not be written over what the coroutines still look at.
  for (int i = 0; i < 20; ++i) client->bytes(std::vector<std::byte>(40'000, std::byte{0xff}));
  for (int released = 0; released < 100;) released += client->release();
  for (std::size_t i = 0; i < pending.size(); ++i) EXPECT_EQ(pending[i].get(), expected[i]);
}

TEST_P(ViewsTest, GoOneWay) {
  client->hint("four");
  while (service->hinted != 4) std::this_thread::yield();
}

class InBothEncodings : public testing::TestWithParam<rpc::Encoding> {};

INSTANTIATE_TEST_SUITE_P(Encodings, InBothEncodings, testing::Values(rpc::Encoding::exact, rpc::Encoding::tagged),
                         e2e::name_of);

TEST_P(InBothEncodings, ViewsAreServedWithoutCoroutines) {
  rpc::Server server;
  server.serve<e2e::Views>(std::make_shared<PlainViews>());
  e2e::ViewsClient client(rpc::connect(server.listen(e2e::address("unix")), {.encoding = GetParam()}));
  const std::int64_t both[] = {1, 2};
  EXPECT_EQ(client.join("a", "b", counting(3), both), "a+b=6.000000 3");
  EXPECT_EQ(client.async_join("a", "b", counting(200), both).get(), "a+b=20100.000000 3");
}

class SpellingServer : public e2e::Spelling {
 public:
  std::string text(std::string_view text, const std::string& more) override { return std::string(text) + more; }
  std::u16string wide(std::u16string_view text) override { return std::u16string(text); }
  std::vector<double> numbers(std::span<const double> values, std::span<const double, 2> both) override {
    return {sum_of(values), sum_of(both)};
  }
};

TEST_P(InBothEncodings, OneEndMayViewWhatTheOtherOwns) {
  rpc::Server server;
  server.serve<e2e::Spelling>(std::make_shared<SpellingServer>());
  other::OwnersClient client(rpc::connect(server.listen(e2e::address("unix")), {.encoding = GetParam()}));
  EXPECT_EQ(rpc::Interface<e2e::Spelling>::info().fingerprint, rpc::Interface<other::Owners>::info().fingerprint);
  EXPECT_EQ(client.text("a", "b"), "ab");
  EXPECT_EQ(client.wide(u"wide"), u"wide");
  EXPECT_EQ(client.numbers({1, 2, 3}, {4, 5}), (std::deque<double>{6, 9}));
  EXPECT_EQ(client.async_numbers(counting(1000), {4, 5}).get().front(), 500'500);
}

}  // namespace
