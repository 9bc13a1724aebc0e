// Every kind of type that can travel, grouped by what is known of the bytes: those of maps and of containers without an
// order may come in any order, all others are canonical.
#pragma once

#include <rpc/codec.h>

#include <array>
#include <bitset>
#include <chrono>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <expected>
#include <filesystem>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <stack>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace oracle {

enum class Kind : std::uint8_t { indoor, outdoor = 2, cellar = 200 };
enum Level { low = -3, middle = 7, high = 2147483647 };
enum class Wide : std::int64_t { far_below = -9'000'000'000, nothing = 0, far_above = 9'000'000'000 };
enum class Huge : std::uint64_t { one = 1, most = 18'446'744'073'709'551'615U };
enum class Rights : std::uint32_t { none = 0, read = 1, write = 2, all = 0x8000'0003 };
constexpr Rights operator|(Rights a, Rights b) {
  return static_cast<Rights>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

struct Numbers {
  bool flag = false;
  char letter = 0;
  std::byte raw{};
  std::int8_t i8 = 0;
  std::int16_t i16 = 0;
  std::int32_t i32 = 0;
  std::int64_t i64 = 0;
  std::uint8_t u8 = 0;
  std::uint16_t u16 = 0;
  std::uint32_t u32 = 0;
  std::uint64_t u64 = 0;
  char8_t c8 = 0;
  char16_t c16 = 0;
  char32_t c32 = 0;
  float f32 = 0;
  double f64 = 0;
  Kind kind{};
  Level level = middle;
  Wide wide{};
  Huge huge = Huge::one;
  Rights rights{};
  std::complex<float> small_complex;
  std::complex<double> complex;
  std::chrono::milliseconds time{};
  std::chrono::duration<std::int32_t, std::ratio<60>> minutes{};
  std::chrono::duration<std::uint16_t> seconds{};
  std::chrono::duration<double> exact_seconds{};
  std::chrono::sys_time<std::chrono::microseconds> at;
  std::bitset<12> bits;
  std::bitset<64> more_bits;
};

/// Copied whole in the exact encoding.
struct Point {
  double x = 0;
  std::int64_t y = 0;
};

struct Texts {
  std::string text;
  std::filesystem::path path;
  std::u8string u8;
  std::u16string u16;
  std::u32string u32;
  std::vector<std::string> list;
  std::optional<std::string> perhaps;
  std::vector<std::byte> bytes;
  std::deque<std::uint8_t> scattered;
  std::array<std::uint8_t, 4> address{};
};

struct Lists {
  std::vector<int> ints;
  std::vector<bool> bools;
  std::deque<std::uint64_t> numbers;
  std::list<double> doubles;
  std::forward_list<Kind> kinds;
  std::array<float, 3> colour{};
  std::int16_t grid[2][3] = {};
  char name[8] = {};
  Point corners[2] = {};
  std::set<int> sorted;
  std::set<std::uint8_t> small;
  std::multiset<std::string> words;
  std::vector<Point> points;
  std::vector<std::vector<int>> rows;
  std::vector<std::optional<std::string>> gaps;
  std::vector<std::chrono::milliseconds> times;
  std::vector<std::u16string> wide_words;
  std::vector<std::vector<std::byte>> blobs;
  std::stack<int> stack;
  std::queue<std::string> queue;
};

using Choice = std::variant<std::monostate, int, std::string, std::vector<int>, Point, std::optional<int>, int>;

struct Sums {
  std::optional<int> number;
  std::optional<bool> flag;
  std::optional<Point> point;
  std::optional<std::vector<int>> list;
  std::optional<std::optional<int>> twice;
  std::pair<int, std::string> pair;
  std::tuple<> nothing;
  std::tuple<bool, std::optional<int>, std::vector<std::string>, Kind> tuple;
  Choice choice;
  std::vector<Choice> choices;
  std::expected<int, std::string> result;
  std::expected<void, Kind> done;
  std::error_code error;
};

struct Node {
  std::string name;
  std::unique_ptr<Node> next;
  std::vector<Node> children;
  std::unique_ptr<int> number;
};

struct Shared {
  std::shared_ptr<std::string> first;
  std::shared_ptr<std::string> second;
  std::vector<std::shared_ptr<int>> all;
  std::shared_ptr<std::vector<int>> list;
};

class Hidden {
  friend struct rpc::Access;

 public:
  auto fields() { return std::tie(number_, text_); }

 private:
  int number_ = 0;
  std::string text_;
};

template <class T>
struct Page {
  std::vector<T> items;
  std::optional<std::uint32_t> next;
};

struct Bits {
  unsigned version : 3 = 0;
  bool urgent : 1 = false;
  int offset : 12 = 0;
  Kind kind : 8 = Kind::indoor;
};

class Angle {
 public:
  Angle(double degrees = 0) : degrees_(degrees) {}
  double degrees() const { return degrees_; }

 private:
  double degrees_;
};

struct Own : Point {
  Hidden hidden;
  Page<Point> points;
  Page<std::string> names;
  Bits bits;
  Angle angle;
  std::vector<Angle> turns;
  std::optional<Angle> last;
};

struct Maps {
  std::map<std::string, int> by_name;
  std::unordered_map<int, Point> by_number;
  std::map<bool, Kind> by_flag;
  std::map<char16_t, std::vector<int>> lists;
  std::map<std::uint64_t, std::optional<int>> gaps;
  std::multimap<int, std::string> many;
  std::unordered_multimap<std::string, double> many_unordered;
  std::map<Kind, std::string> by_kind;
  std::map<double, bool> by_double;
  std::map<std::pair<int, int>, std::map<int, int>> by_pair;
  std::unordered_set<std::string> names;
  std::unordered_multiset<std::int64_t> counts;
  std::priority_queue<int> urgent;
};

class [[rpc::interface]] Oracle {
 public:
  virtual ~Oracle() = default;
  virtual Numbers numbers(const Numbers& value) = 0;
  virtual Texts texts(const Texts& value) = 0;
  virtual Lists lists(const Lists& value) = 0;
  virtual Sums sums(const Sums& value) = 0;
  virtual Node nodes(const Node& value) = 0;
  virtual Shared shared(const Shared& value) = 0;
  virtual Own own(const Own& value) = 0;
  virtual Maps maps(const Maps& value) = 0;

  /// Views and directions, which only parameters have.
  virtual int move(std::string_view name, std::span<const Point> points, std::u16string_view note,
                   std::span<const double, 3> at, Point& both, [[rpc::out]] std::string& answer) = 0;
};

}  // namespace oracle

template <>
struct rpc::Codec<oracle::Angle> : rpc::CustomCodec<oracle::Angle> {
  static constexpr std::uint32_t version = 2;

  static void write(rpc::Writer& to, const oracle::Angle& angle) { to.write(angle.degrees()); }
  static void read(rpc::Reader& from, oracle::Angle& angle) { angle = oracle::Angle(from.read<double>()); }
};
