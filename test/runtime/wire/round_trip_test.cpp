// Random values of every form come back as they were, into fresh and into used objects, at every alignment.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

namespace {

class RoundTrip : public testing::Test {
 protected:
  unsigned number(unsigned below) { return static_cast<unsigned>(random_() % below); }
  bool flag() { return number(2) != 0; }
  double real() { return std::ldexp(static_cast<double>(random_()), static_cast<int>(number(60)) - 30); }

  // Mostly short, sometimes across the borders of inline copies and of lengths.
  std::size_t size() {
    constexpr std::size_t borders[] = {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 239, 240, 3312};
    return flag() ? borders[number(std::size(borders))] : number(20);
  }

  std::string text() {
    std::string text(size(), '\0');
    for (char& c : text) c = static_cast<char>(number(256));
    return text;
  }

  home::Sensor sensor() {
    constexpr home::Vendor vendors[] = {home::Vendor::unknown, home::Vendor::acme, home::Vendor::initech};
    return {text(), {real(), real()}, vendors[number(3)]};
  }

  home::Reading reading() {
    home::Reading value;
    value.active = flag();
    if (flag()) value.limit = static_cast<int>(random_());
    value.kind = static_cast<home::Kind>(number(3));
    value.celsius = real();
    value.taken = std::chrono::system_clock::time_point(std::chrono::nanoseconds(random_()));
    value.note = text();
    for (unsigned i = number(4); i != 0; --i) value.neighbours.push_back(sensor());
    value.sensor = sensor();
    return value;
  }

  home::Room room(unsigned depth) {
    home::Room value{text(), static_cast<home::Days>(number(256) & 67), {}};
    for (unsigned i = depth == 0 ? 0 : number(4); i != 0; --i) value.rooms.push_back(room(depth - 1));
    return value;
  }

  template <class T>
  void expect_same(const T& value) {
    SCOPED_TRACE("seed " + std::to_string(seed_));
    const std::vector<std::byte> bytes = test::encoded(value);
    EXPECT_EQ(test::decoded<T>(bytes), value);
    EXPECT_GE(bytes.size(), rpc::Codec<T>::min_size);
  }

  // As expect_same, into an object that keeps what the value before left in it.
  template <class T>
  void expect_same(const T& value, T& kept) {
    expect_same(value);
    test::decode_into(test::encoded(value), kept);
    EXPECT_EQ(kept, value) << "seed " << seed_;
  }

 private:
  const unsigned seed_ = std::random_device{}();
  std::mt19937_64 random_{seed_};
};

TEST_F(RoundTrip, Records) {
  home::Reading kept_reading;
  home::Room kept_room;
  std::map<std::string, std::vector<home::Reading>> kept_map;
  for (int i = 0; i < 300; ++i) {
    expect_same(reading(), kept_reading);
    expect_same(room(4), kept_room);
    expect_same(std::map<std::string, std::vector<home::Reading>>{{text(), {reading()}}, {text(), {}}}, kept_map);
  }
}

TEST_F(RoundTrip, Containers) {
  std::vector<std::string> kept_texts;
  std::optional<std::string> kept_optional;
  std::unordered_map<std::string, home::Sensor> kept_map;
  for (int i = 0; i < 300; ++i) {
    expect_same(std::vector<std::string>(number(5), text()), kept_texts);
    expect_same(flag() ? std::optional(text()) : std::nullopt, kept_optional);
    expect_same(std::unordered_map<std::string, home::Sensor>{{text(), sensor()}, {text(), sensor()}}, kept_map);
    expect_same(std::unordered_set<std::string>{text(), text()});
    expect_same(std::set<std::pair<std::string, bool>>{{text(), flag()}, {text(), flag()}});
    expect_same(std::array<std::optional<home::Reading>, 2>{reading(), std::nullopt});
    expect_same(std::vector<bool>(size(), flag()));
    expect_same(std::vector<home::Position>(size(), home::Position{real(), real()}));
    expect_same(std::vector<std::array<std::int16_t, 3>>(size(), {1, -2, 3}));
    expect_same(std::vector<home::Kind>(number(500), home::Kind::indoor));
  }
}

// The same elements in another container: the bytes are those of the vector, into fresh and used objects.
TEST_F(RoundTrip, ListsAreVectors) {
  std::tuple<std::deque<std::string>, std::list<std::string>, std::forward_list<std::string>> kept;
  for (int i = 0; i < 300; ++i) {
    std::vector<std::string> texts(number(5));
    for (std::string& each : texts) each = text();
    const std::vector<std::byte> bytes = test::encoded(texts);
    EXPECT_EQ(test::encoded(std::deque<std::string>(texts.begin(), texts.end())), bytes);
    expect_same(std::deque<std::string>(texts.begin(), texts.end()), std::get<0>(kept));
    EXPECT_EQ(test::encoded(std::list<std::string>(texts.begin(), texts.end())), bytes);
    expect_same(std::list<std::string>(texts.begin(), texts.end()), std::get<1>(kept));
    EXPECT_EQ(test::encoded(std::forward_list<std::string>(texts.begin(), texts.end())), bytes);
    expect_same(std::forward_list<std::string>(texts.begin(), texts.end()), std::get<2>(kept));
  }
}

// Around the size of a large block, behind every number of bytes, and followed by something.
TEST_F(RoundTrip, BlocksOfListsAreBlocksOfVectors) {
  std::tuple<std::string, std::deque<double>, bool> kept_deque;
  std::tuple<std::string, std::list<double>, bool> kept_list;
  std::tuple<std::string, std::forward_list<double>, bool> kept_forward_list;
  for (const std::size_t count : {1000U, 0U, 1U, 127U, 128U, 129U, 300U}) {
    std::vector<double> values(count);
    for (double& value : values) value = real();
    for (std::size_t shift = 0; shift < 9; ++shift) {
      const std::string before(shift, 'x');
      const std::vector<std::byte> bytes = test::encoded(std::tuple(before, values, true));
      const auto expect_same_bytes = [&](auto& kept, auto list) {
        const std::tuple value(before, std::move(list), true);
        ASSERT_EQ(test::encoded(value), bytes) << count << " behind " << shift;
        expect_same(value, kept);
      };
      expect_same_bytes(kept_deque, std::deque<double>(values.begin(), values.end()));
      expect_same_bytes(kept_list, std::list<double>(values.begin(), values.end()));
      expect_same_bytes(kept_forward_list, std::forward_list<double>(values.begin(), values.end()));
    }
  }
}

TEST_F(RoundTrip, StringsOfWiderCharacters) {
  std::u16string kept;
  std::u8string kept_bytes;
  for (int i = 0; i < 300; ++i) {
    const auto c = static_cast<char16_t>(number(65536));
    expect_same(std::u16string(size(), c), kept);
    const std::u8string bytes(size(), static_cast<char8_t>(c % 256));
    test::decode_into(test::encoded(bytes), kept_bytes);
    EXPECT_TRUE(kept_bytes == bytes);
    const std::u32string wide(size(), c);
    expect_same(std::pair<bool, std::u32string>(true, wide));
    EXPECT_EQ(test::encoded(wide), test::encoded(std::vector<char32_t>(wide.begin(), wide.end())));
  }
}

TEST_F(RoundTrip, MultimapsAndMultisets) {
  std::multimap<unsigned, std::string> kept;
  for (int i = 0; i < 300; ++i) {
    std::multimap<unsigned, std::string> texts;
    for (unsigned left = number(20); left != 0; --left) texts.emplace(number(4), text());
    expect_same(texts, kept);
    expect_same(std::unordered_multimap<unsigned, std::string>(texts.begin(), texts.end()));
    expect_same(std::multiset<std::string>{text(), text(), "a", "a"});
    expect_same(std::unordered_multiset<std::string>{text(), text(), "a", "a"});
  }
}

TEST_F(RoundTrip, EqualKeysKeepTheirOrderAlsoFromAnUnorderedPeer) {
  const std::vector<std::pair<int, int>> sent = {{2, 1}, {1, 9}, {2, 5}, {1, 3}, {2, 0}};
  const auto read = test::decoded<std::multimap<int, int>>(test::encoded(sent));
  const std::multimap<int, int> expected = {{1, 9}, {1, 3}, {2, 1}, {2, 5}, {2, 0}};
  EXPECT_EQ(read, expected);
}

TEST_F(RoundTrip, TuplesVariantsAndComplexNumbers) {
  using Value = std::variant<std::monostate, double, std::string, home::Reading, std::list<std::string>>;
  Value kept;
  std::tuple<std::string, Value, std::optional<std::tuple<>>> kept_tuple;
  for (int i = 0; i < 300; ++i) {
    Value values[] = {std::monostate(), real(), text(), reading(), std::list<std::string>{text(), text()}};
    expect_same(values[number(5)], kept);
    expect_same(std::tuple(text(), values[number(5)], std::optional<std::tuple<>>()), kept_tuple);
    expect_same(std::deque<std::tuple<bool, Value>>{{flag(), values[number(5)]}, {flag(), values[number(5)]}});
    expect_same(std::multimap<std::u16string, Value>{{u"a", values[number(5)]}, {u"a", values[number(5)]}});
    expect_same(home::Term{std::vector<home::Term>{{real()}, {text()}, {std::vector<home::Term>{{text()}}}}});
    expect_same(std::complex<double>(real(), real()));
    expect_same(std::list<std::complex<float>>(number(300), {1.5F, -2}));
  }
}

TEST_F(RoundTrip, ExtremeNumbers) {
  expect_same(std::numeric_limits<std::int64_t>::min());
  expect_same(std::numeric_limits<std::uint64_t>::max());
  expect_same(std::numeric_limits<double>::infinity());
  expect_same(std::numeric_limits<float>::denorm_min());
  const std::vector<std::byte> bytes = test::encoded(-std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(test::encoded(test::decoded<double>(bytes)), bytes);
}

TEST_F(RoundTrip, BlocksAtEveryAlignmentInMemory) {
  for (const std::size_t count : {1U, 127U, 128U, 129U, 1000U, 5000U}) {
    std::vector<double> values(count);
    for (double& value : values) value = real();
    const std::vector<std::byte> bytes = test::encoded(std::pair<std::uint8_t, std::vector<double>>(1, values));
    for (std::size_t shift = 0; shift < 8; ++shift) {
      rpc::Buffer moved;
      moved.resize(shift);
      moved.append(bytes.data(), bytes.size());
      rpc::Decoder in(moved.data() + shift, bytes.size(), test::limits());
      rpc::Reader at = in.begin();
      std::pair<std::uint8_t, std::vector<double>> read;
      at.read(read);
      in.finish(at);
      ASSERT_EQ(read.second, values) << count << " at " << shift;
      std::pair<std::uint8_t, std::deque<double>> deque;
      at = in.begin();
      at.read(deque);
      in.finish(at);
      ASSERT_TRUE(std::equal(values.begin(), values.end(), deque.second.begin(), deque.second.end()))
          << count << " at " << shift;
    }
  }
}

}  // namespace
