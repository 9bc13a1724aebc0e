// What classes of users have beyond plain members: what own_types_test.cpp sends.
#pragma once

#include <rpc/codec.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace e2e {

struct Dot {
  int x = 0;
  int y = 0;
  bool operator==(const Dot&) const = default;
};

enum class Priority { low, high = 3 };

struct Packet {
  unsigned version : 3;
  bool urgent : 1;
  Priority priority : 3;
  int : 4;
  int offset : 12;
  std::uint16_t port : 9;
  std::int64_t big : 40;
  __extension__ struct {  // anonymous, which all compilers have as an extension
    int first;
    double second;
  };
};

struct Arrays {
  int row[3] = {};
  char name[8] = {};
  Dot grid[2][2] = {};
  std::string words[2];
  std::vector<int> lists[2];
  bool flags[3] = {};
  std::optional<Dot> dots[2];
  bool operator==(const Arrays&) const = default;
};

struct Nothing {
  bool operator==(const Nothing&) const = default;
};

template <class T>
struct Counted {
  std::int64_t count = 0;
  T extra{};
  bool operator==(const Counted&) const = default;
};

/// Several levels of bases, one of them dependent, with all that does not matter.
template <class T>
struct Page : Nothing, Counted<T> {
  using Item = T;
  static constexpr int version = 1;
  static inline int made = 0;
  std::vector<T> items;
  mutable int reads = 0;
  alignas(16) double weight = 1;
  [[no_unique_address]] Nothing nothing;
  bool operator==(const Page&) const = default;
};

class Account {
  friend struct rpc::Access;

 public:
  Account() = default;
  Account(std::string owner, int cents) : owner_(std::move(owner)), cents_(cents), locked_(cents < 0) {}
  bool operator==(const Account&) const = default;

 protected:
  std::string owner_;

 private:
  int cents_ = 0;
  bool locked_ : 1 = false;
};

/// The private members of a base, through a base that is private.
class Savings : Account {
  friend struct rpc::Access;

 public:
  Savings() = default;
  Savings(std::string owner, int cents, double rate) : Account(std::move(owner), cents), rate_(rate) {}
  bool operator==(const Savings&) const = default;

 private:
  double rate_ = 0;
};

/// Has a pointer, and knows how it travels.
class Number {
 public:
  Number() : Number(0) {}
  explicit Number(int value) : value_(value), self_(this) {}
  Number(const Number& other) : Number(other.value_) {}
  Number& operator=(const Number& other) {
    value_ = other.value_;
    return *this;
  }
  int value() const { return value_; }
  auto operator<=>(const Number& other) const { return value_ <=> other.value_; }
  bool operator==(const Number& other) const { return value_ == other.value_ && self_ != other.self_; }

 private:
  int value_;
  Number* self_;
};

template <class T>
struct Pointing {
  T* target = nullptr;
};

}  // namespace e2e

template <>
struct rpc::Codec<e2e::Number> : rpc::CustomCodec<e2e::Number> {
  static constexpr std::uint32_t version = 3;
  static void write(rpc::Writer& to, const e2e::Number& number) { to.write(std::to_string(number.value())); }
  static void read(rpc::Reader& from, e2e::Number& number) {
    number = e2e::Number(std::stoi(from.read<std::string>()));
  }
};

/// Sends what it points to, which the receiver does not get back.
template <class T>
struct rpc::Codec<e2e::Pointing<T>> : rpc::CustomCodec<e2e::Pointing<T>> {
  static void write(rpc::Writer& to, const e2e::Pointing<T>& pointing) { to.write(*pointing.target); }
  static void read(rpc::Reader& from, e2e::Pointing<T>& pointing) {
    static thread_local T received;
    from.read(received);
    pointing.target = &received;
  }
};

namespace e2e {

struct Numbers {
  Number one;
  std::optional<Number> maybe;
  std::vector<Number> list;
  std::map<Number, std::string> names;
  Number pair[2];
};

class [[rpc::interface]] OwnTypes {
 public:
  virtual ~OwnTypes() = default;
  virtual Packet packet(const Packet& value) = 0;
  virtual Arrays arrays(const Arrays& value) = 0;
  virtual Page<Dot> dots(Page<Dot> value) = 0;
  virtual Page<std::string> words(Page<std::string> value) = 0;
  virtual Account account(Account value) = 0;
  virtual std::vector<Savings> savings(const std::vector<Savings>& value) = 0;
  virtual Numbers numbers(const Numbers& value) = 0;
  virtual Number number(Number value) = 0;
  virtual int pointed(Pointing<int> value) = 0;
};

}  // namespace e2e
