// How parameters are passed: views, references, values that can only be moved, outputs, defaults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace e2e {

/// Lies in a message as it does in memory.
struct Sample {
  double at = 0;
  float value = 0;
  std::uint32_t sensor = 0;
  bool operator==(const Sample&) const = default;
};

/// Can only be moved.
struct Token {
  std::string text;
  std::uint64_t number = 0;

  Token() = default;
  explicit Token(std::string text) : text(std::move(text)) {}
  Token(Token&&) = default;
  Token& operator=(Token&&) = default;
  bool operator==(const Token&) const = default;
};

/// The same, though its bytes could be copied.
struct Ticket {
  std::uint64_t number = 0;

  Ticket() = default;
  explicit Ticket(std::uint64_t number) : number(number) {}
  Ticket(const Ticket&) = delete;
  Ticket(Ticket&&) = default;
  Ticket& operator=(const Ticket&) = delete;
  Ticket& operator=(Ticket&&) = default;
};

struct Wallet {
  std::vector<Token> tokens;
  std::optional<Token> spare;
  std::map<std::string, Ticket> tickets;
  bool empty() const { return tokens.empty() && !spare && tickets.empty(); }
};

/// Counts how often it is copied.
struct Tallied {
  std::string text;
  static inline thread_local int copies = 0;

  Tallied() = default;
  explicit Tallied(std::string text) : text(std::move(text)) {}
  Tallied(const Tallied& other) : text(other.text) { ++copies; }
  Tallied(Tallied&&) = default;
  Tallied& operator=(const Tallied& other) {
    text = other.text;
    ++copies;
    return *this;
  }
  Tallied& operator=(Tallied&&) = default;
  ~Tallied() = default;
};

/// A record of views, which only goes to the server.
struct Line {
  std::string_view text;
  std::span<const std::uint16_t> columns;
  std::optional<std::string_view> note;
};

class [[rpc::interface]] Views {
 public:
  virtual ~Views() = default;

  /// How far the second text lies behind the end of the first.
  virtual std::ptrdiff_t distance(std::string_view first, std::string_view second) = 0;
  virtual std::u8string utf8(std::u8string_view text) = 0;
  virtual std::u16string utf16(const std::u16string_view& text = u"nothing") = 0;
  virtual std::u32string utf32(std::u32string_view&& text) = 0;
  virtual std::string greet(std::string_view name = "you", std::span<const int> marks = {}) = 0;

  virtual std::uint64_t bytes(std::span<const std::byte> bytes) = 0;
  virtual double sum(std::string_view before, std::span<const double> values) = 0;
  virtual std::vector<Sample> samples(std::span<const Sample> samples) = 0;
  virtual double length(bool squared, std::span<const double, 3> vector, const std::span<const float, 2>& more) = 0;
  virtual std::string lines(const std::vector<Line>& lines) = 0;
  virtual int lookup(std::map<std::string_view, int> numbers, std::string_view name) = 0;

  [[rpc::async]] virtual std::string join(std::string_view first, std::string_view second,
                                          std::span<const double> values, std::span<const std::int64_t, 2> both) = 0;
  [[rpc::maybe]] virtual void hint(std::string_view text) = 0;
  virtual int release() = 0;
};

class [[rpc::interface]] Values {
 public:
  virtual ~Values() = default;

  virtual Token pass(Token token) = 0;
  virtual Token merge(const Token& first, Token&& second) = 0;
  virtual void stamp(Token& token, std::uint64_t number = 7) = 0;
  virtual std::uint64_t read([[rpc::in]] Token& token) = 0;
  [[rpc::async]] virtual Token mint(std::string text) = 0;
  [[rpc::async]] virtual bool find(const std::string& text, [[rpc::out]] Token& found) = 0;
  [[rpc::async]] virtual Ticket validate(Ticket ticket, Ticket& last) = 0;
  [[rpc::async]] virtual Wallet keep(Wallet wallet) = 0;

  /// Each answers with the copies that were made on its way into the method.
  virtual int by_reference(const Tallied& value) = 0;
  virtual int by_value(Tallied value) = 0;
  virtual int by_move(Tallied&& value) = 0;
  [[rpc::async]] virtual Tallied round(Tallied value) = 0;
};

/// What other_values.h says with types that own their elements.
class [[rpc::interface("e2e.spelling")]] Spelling {
 public:
  virtual ~Spelling() = default;
  virtual std::string text(std::string_view text, const std::string& more) = 0;
  virtual std::u16string wide(std::u16string_view text) = 0;
  virtual std::vector<double> numbers(std::span<const double> values, std::span<const double, 2> both) = 0;
};

}  // namespace e2e
