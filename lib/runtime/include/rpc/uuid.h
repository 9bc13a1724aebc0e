// The identity of an interface, as [[rpc::uuid("…")]] and [[rpc::async_uuid("…")]] give it.
//
//   static_assert(rpc::Interface<home::Thermostat>::uuid == rpc::Uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"));
//   registry.add(rpc::to_string(home::AsyncThermostat::uuid));
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rpc {

/// 128 bits, in the order in which they are written.
class Uuid {
 public:
  /// From its usual form, hexadecimal digits of either case in five groups. What is not of it does not compile.
  consteval explicit Uuid(const char (&text)[37]) {
    for (std::size_t i = 0, digits = 0; i < 36; ++i) {
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (text[i] != '-') throw "a UUID has a dash here";
        continue;
      }
      bytes_[digits / 2] = static_cast<std::uint8_t>(bytes_[digits / 2] << 4 | digit(text[i]));
      ++digits;
    }
  }

  constexpr const std::uint8_t (&bytes() const noexcept)[16] { return bytes_; }

  friend constexpr bool operator==(const Uuid&, const Uuid&) = default;
  friend constexpr auto operator<=>(const Uuid&, const Uuid&) = default;

 private:
  static consteval int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    throw "a UUID has a hexadecimal digit here";
  }

  std::uint8_t bytes_[16]{};
};

/// "6ba7b810-9dad-11d1-80b4-00c04fd430c8", in lower case.
std::string to_string(const Uuid& uuid);

}  // namespace rpc
