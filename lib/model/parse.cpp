// The arguments of attributes as values: durations and UUIDs.
#include <charconv>
#include <limits>

#include "model/attributes.h"

namespace farcall {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};

constexpr Unit units[] = {
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"min", 60'000'000'000},
    {"h", 3'600'000'000'000},
};

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Parsed<std::chrono::nanoseconds> scale(std::int64_t count, std::string_view name) {
  if (name.empty()) return {{}, "it has no unit: ns, us, ms, s, min or h"};
  for (const Unit& unit : units) {
    if (unit.name != name) continue;
    if (count > std::numeric_limits<std::int64_t>::max() / unit.nanoseconds) return {{}, "it is longer than 292 years"};
    return {std::chrono::nanoseconds(count * unit.nanoseconds), {}};
  }
  return {{}, "'" + std::string(name) + "' is not one of the units ns, us, ms, s, min and h"};
}

}  // namespace

Parsed<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc::result_out_of_range) return {{}, "it is longer than 292 years"};
  if (error != std::errc()) return {{}, "it does not start with a whole number"};
  if (count <= 0) return {{}, "it is not longer than zero"};
  return scale(count, text.substr(static_cast<std::size_t>(end - text.data())));
}

Parsed<std::chrono::nanoseconds> parse_timeout(std::string_view text) {
  if (text == "none") return {no_timeout, {}};
  return parse_duration(text);
}

Parsed<UuidBytes> parse_uuid(std::string_view text) {
  constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  const std::string problem = "it is not of the form " + std::string(shape) + " with hexadecimal digits";
  if (text.size() != shape.size()) return {{}, problem};
  UuidBytes bytes{};
  std::size_t digits = 0;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    if (shape[i] == '-' && text[i] == '-') continue;
    const int digit = hex_digit(text[i]);
    if (shape[i] == '-' || digit < 0) return {{}, problem};
    bytes[digits / 2] = static_cast<std::uint8_t>(bytes[digits / 2] << 4 | digit);
    ++digits;
  }
  if (bytes == UuidBytes{}) return {{}, "it is the nil UUID, which identifies nothing"};
  return {bytes, {}};
}

}  // namespace farcall
