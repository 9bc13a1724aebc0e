// One interface with every type and every form of method that can travel: what the end-to-end test calls.
#pragma once

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
#include <stack>
#include <string>
#include <system_error>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

namespace e2e {

enum class Colour { red, green = 5, blue };
enum Level : std::int16_t { low = -300, high = 300 };
enum class Access : std::uint8_t { none = 0, read = 1, write = 2, run = 4 };
constexpr Access operator|(Access a, Access b) {
  return static_cast<Access>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}

struct Point {
  double x;
  double y;
  bool operator==(const Point&) const = default;
};

struct Scalars {
  bool yes = false;
  char letter = 0;
  signed char small = 0;
  unsigned char byte_sized = 0;
  short s = 0;
  unsigned short us = 0;
  int i = 0;
  unsigned u = 0;
  long l = 0;
  unsigned long ul = 0;
  long long ll = 0;
  unsigned long long ull = 0;
  float f = 0;
  double d = 0;
  std::byte raw{};
  char8_t c8 = 0;
  char16_t c16 = 0;
  char32_t c32 = 0;
  Colour colour = Colour::red;
  Level level = low;
  Access access = Access::none;
  bool no = false;
  bool operator==(const Scalars&) const = default;
};

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

struct Times {
  std::chrono::seconds timeout{};
  std::chrono::duration<double, std::ratio<60>> minutes{};
  Milliseconds pause{};
  Instant at{};
  std::chrono::sys_days day{};
  bool operator==(const Times&) const = default;
};

struct Tree {
  std::string label;
  std::vector<Tree> children;
  bool operator==(const Tree&) const = default;
};

struct Empty {
  bool operator==(const Empty&) const = default;
};

struct Named {
  std::string name;
  bool operator==(const Named&) const = default;
};

struct Shape : Named {
  struct Corner {
    Point at;
    std::optional<std::string> note;
    bool operator==(const Corner&) const = default;
  };
  std::vector<Corner> corners;
  std::optional<Colour> fill;
  std::optional<Point> centre;
  bool closed = false;
  bool operator==(const Shape&) const = default;
};

struct Containers {
  std::vector<int> numbers;
  std::vector<std::string> words;
  std::vector<Point> points;
  std::vector<std::vector<std::uint8_t>> rows;
  std::array<float, 3> vector3{};
  std::array<std::string, 2> both;
  std::array<bool, 3> switches{};
  std::map<std::string, int> ages;
  std::unordered_map<int, std::string> names;
  std::set<Colour> palette;
  std::unordered_set<std::string> tags;
  std::optional<std::vector<int>> maybe_numbers;
  std::optional<std::optional<int>> twice;
  std::pair<int, std::string> pair;
  std::vector<Empty> nothings;
  std::vector<std::pair<bool, Colour>> mixed;
  std::map<std::string, std::map<std::string, Shape>> deep;
  bool operator==(const Containers&) const = default;
};

struct MoreContainers {
  std::deque<double> samples;
  std::list<Shape> shapes;
  std::forward_list<std::string> words;
  std::multiset<int> marks;
  std::unordered_multiset<std::string> votes;
  std::multimap<std::string, int> scores;
  std::unordered_multimap<int, Colour> colours;
  std::tuple<int, std::string, Point> tuple;
  std::variant<int, std::string, int> choice;
  std::complex<float> phase;
  std::vector<std::complex<double>> spectrum;
  std::u8string utf8;
  std::u16string utf16;
  std::u32string utf32;
  bool operator==(const MoreContainers&) const = default;
};

/// Contains itself through a variant.
struct Json {
  std::variant<std::monostate, bool, double, std::string, std::vector<Json>, std::map<std::string, Json>> value;
  bool operator==(const Json&) const = default;
};

/// Contains itself through pointers, and may share what it contains.
struct Node {
  int number = 0;
  std::unique_ptr<Node> next;
  std::vector<std::shared_ptr<Node>> links;
  std::map<std::string, std::unique_ptr<const Point>> places;
};

struct Library {
  std::bitset<70> bits;
  std::vector<bool> flags;
  std::wstring wide;
  std::filesystem::path path;
  std::error_code code;
  std::stack<int> stack;
  std::queue<std::string, std::list<std::string>> queue;
  std::optional<std::vector<bool>> maybe_flags;
  std::expected<std::string, std::error_code> outcome;
  bool operator==(const Library&) const = default;
};

struct Failure : std::exception {
  const char* what() const noexcept override { return "the handler gave up"; }
};

class [[rpc::interface]] Greeter {
 public:
  virtual ~Greeter() = default;
  virtual std::string greet(std::string name) const = 0;
};

class [[rpc::interface("e2e.everything"), rpc::async]] Everything : public Greeter {
 public:
  virtual Scalars scalars(Scalars value) = 0;
  virtual Times times(const Times& value) = 0;
  virtual Containers containers(Containers value) = 0;
  virtual MoreContainers more_containers(MoreContainers value) = 0;
  virtual Json json(const Json& value) = 0;
  virtual std::variant<Point, std::string> either(bool point) = 0;
  virtual Tree tree(const Tree& value) = 0;
  virtual std::unique_ptr<Node> node(std::unique_ptr<Node> value) = 0;
  virtual std::vector<std::shared_ptr<Node>> shared(std::shared_ptr<Node> a, const std::shared_ptr<Node>& b) = 0;
  virtual Library library(const Library& value) = 0;
  virtual std::priority_queue<int> largest(std::priority_queue<int> value) = 0;
  virtual std::expected<void, std::string> attempt(bool good) = 0;
  virtual Shape shape(Shape&& value) = 0;
  virtual Empty empty(Empty value) = 0;
  virtual void nothing() = 0;
  virtual int add(int a, int b = 2) = 0;
  [[rpc::name("add_text")]] virtual std::string add(const std::string& a, const std::string& b) = 0;
  virtual std::vector<double> doubles(std::vector<double> value) = 0;
  virtual std::string text(std::string value) = 0;
  virtual void fail(int how) = 0;
  virtual int unnamed(int, int) = 0;
  /// Parameters that are named like what stubs use themselves.
  virtual int shadows(int call, int reply, int result, int stub_, int in, int out, int value, int arguments) = 0;
  [[rpc::maybe]] virtual void hint(int number) = 0;
  [[rpc::idempotent, rpc::timeout("50ms")]] virtual int hurry() = 0;
  [[rpc::local]] virtual int only_here() { return 42; }
};

}  // namespace e2e

/// Remotable without being virtual, and in the global namespace.
class [[rpc::interface]] Counter {
 public:
  int next(int step);
  [[rpc::async]] int peek() const;

 private:
  int value_ = 0;
};
