// Bytes of the tagged encoding, which is protobuf's, without knowing what they mean.
//
//   Message out;
//   out.bytes(1, "roof");                       // 0a 04 72 6f 6f 66
//   for (const auto& [number, parts] : fields_of(out.text(), place)) …
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "values/place.h"

namespace farcall::ctl {

enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, length = 2, fixed32 = 5 };

/// A number as it travels.
struct Number {
  std::uint64_t bits = 0;
  Wire wire = Wire::varint;
};

inline std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
inline std::int64_t unzigzag(std::uint64_t bits) { return static_cast<std::int64_t>(bits >> 1 ^ (~(bits & 1) + 1)); }

class Message {
 public:
  void number(std::uint32_t field, const Number& value);
  void bytes(std::uint32_t field, std::string_view bytes);

  /// One of several numbers in a field of bytes.
  void packed(const Number& value);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void varint(std::uint64_t value);
  void tag(std::uint32_t field, Wire wire) { varint(std::uint64_t{field} << 3 | static_cast<std::uint64_t>(wire)); }

  std::string text_;
};

/// One occurrence of a field: a number, or bytes that lie in the message.
struct Part {
  Number number;
  std::string_view bytes;
};

using Fields = std::map<std::uint32_t, std::vector<Part>>;

/// All fields, each with its occurrences in order. Throws BadValue at `place` for what is no message.
Fields fields_of(std::string_view message, const Place& place);

/// What message.packed() wrote. Throws BadValue.
std::vector<Number> unpack(std::string_view bytes, Wire wire, const Place& place);

}  // namespace farcall::ctl
