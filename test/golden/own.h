// What only the user's own classes have: arrays, bit-fields, anonymous structs, private members, encodings.
#pragma once

#include <rpc/codec.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace home {

enum class Kind : std::uint8_t { indoor, outdoor = 2 };

struct Header {
  unsigned version : 3;
  bool urgent : 1;
  Kind kind : 2;
  unsigned : 2;
  int offset : 12;
  std::uint16_t port : 9;
};

/// Copied whole.
struct Matrix {
  double cells[2][3];
  __extension__ struct {  // an extension that all compilers have
    float scale;
    int unit;
  };
};

struct Table {
  char name[16];
  std::string labels[2];
  bool visible[2];
  Matrix matrices[2];
  Header header;
};

template <class T>
class Page {
  friend struct rpc::Access;

 public:
  const std::vector<T>& items() const { return items_; }

 private:
  std::vector<T> items_;
  std::optional<int> next_;
};

class Account : Matrix {
  friend struct rpc::Access;

 public:
  explicit Account(std::string owner = "") : owner_(owner) {}

 protected:
  std::string owner_;

 private:
  bool active_ : 1 = true;
  int failures_ = 0;
};

/// Knows best how it travels.
class Angle {
 public:
  explicit Angle(double degrees = 0) : degrees_(degrees) {}
  double degrees() const { return degrees_; }

 private:
  double degrees_;
};

}  // namespace home

template <>
struct rpc::Codec<home::Angle> : rpc::CustomCodec<home::Angle> {
  static constexpr std::uint32_t version = 2;
  static void write(rpc::Writer& to, const home::Angle& angle) { to.write(angle.degrees()); }
  static void read(rpc::Reader& from, home::Angle& angle) { angle = home::Angle(from.read<double>()); }
};

namespace home {

class [[rpc::interface]] Own {
 public:
  virtual ~Own() = default;
  virtual Table table(const Header& header) = 0;
  virtual Page<Account> accounts(Page<std::string> names) = 0;
  virtual Angle turn(Angle by, const std::optional<Angle>& limit, const std::vector<Angle>& path) = 0;
};

}  // namespace home
