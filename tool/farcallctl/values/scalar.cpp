#include "values/scalar.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "values/suggest.h"

namespace farcall::ctl {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct Range {
  Wide least = 0;
  Wide most = 0;
};

template <class T>
constexpr Range range() {
  return {std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
}

Range range_of(Scalar scalar) {
  switch (scalar) {
    case Scalar::int8: return range<std::int8_t>();
    case Scalar::int16: return range<std::int16_t>();
    case Scalar::int32: return range<std::int32_t>();
    case Scalar::int64: return range<std::int64_t>();
    case Scalar::byte:
    case Scalar::uint8:
    case Scalar::char8: return range<std::uint8_t>();
    case Scalar::uint16:
    case Scalar::char16: return range<std::uint16_t>();
    case Scalar::uint32:
    case Scalar::char32: return range<std::uint32_t>();
    default: return range<std::uint64_t>();
  }
}

std::string decimal(Wide value) {
  return value < 0 ? std::to_string(static_cast<std::int64_t>(value))
                   : std::to_string(static_cast<std::uint64_t>(value));
}

std::string whole_number(Scalar scalar) {
  const Range range = range_of(scalar);
  return "a whole number from " + decimal(range.least) + " to " + decimal(range.most);
}

double floating(const json& value, const Place& place) {
  if (value.is_number()) return value.get<double>();
  if (value == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (value == "Infinity") return std::numeric_limits<double>::infinity();
  if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
  place.expected(R"(a number, "NaN", "Infinity" or "-Infinity")", value);
}

/// The double that is printed like the float: 0.1f as 0.1.
double as_printed(float value) {
  std::array<char, 32> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  double made = 0;
  std::from_chars(text.data(), end, made);
  return made;
}

ordered_json floating_json(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "Infinity" : "-Infinity";
  return value;
}

/// A whole number, also one that is written 1e3 or 2.0.
Wide whole(const json& value, Scalar scalar, const Place& place) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  constexpr double exact = 9007199254740992.0;  // 2^53
  if (value.is_number_float()) {
    const double number = value.get<double>();
    if (std::abs(number) <= exact && std::trunc(number) == number) return static_cast<std::int64_t>(number);
    place.fail("expected " + whole_number(scalar) + ", not " + value.dump());
  }
  place.expected(whole_number(scalar), value);
}

std::int64_t all_flags(const Enum& definition) {
  std::int64_t bits = 0;
  for (const Enumerator& each : definition.enumerators) bits |= each.value;
  return bits;
}

std::vector<std::string> names_of(const Enum& definition) {
  std::vector<std::string> names;
  for (const Enumerator& each : definition.enumerators) names.push_back(each.name);
  return names;
}

std::int64_t value_called(const Enum& definition, const std::string& name, const Place& place) {
  for (const Enumerator& each : definition.enumerators) {
    if (each.name == name) return each.value;
  }
  place.fail(definition.name + " has no '" + name + "'" + instead_of(name, names_of(definition)));
}

std::int64_t named_value(const Enum& definition, const std::string& text, const Place& place) {
  if (!definition.is_flags) return value_called(definition, text, place);
  std::int64_t bits = 0;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('|', at), text.size());
    bits |= value_called(definition, text.substr(at, end - at), place);
    at = end + 1;
  }
  return bits;
}

bool is_declared(const Enum& definition, std::int64_t value) {
  if (definition.is_flags) return (value & ~all_flags(definition)) == 0;
  for (const Enumerator& each : definition.enumerators) {
    if (each.value == value) return true;
  }
  return false;
}

}  // namespace

bool is_floating(Scalar scalar) { return scalar == Scalar::float32 || scalar == Scalar::float64; }

bool is_signed(Scalar scalar) { return range_of(scalar).least < 0; }

Wire wire_of(Scalar scalar) {
  if (scalar == Scalar::float32) return Wire::fixed32;
  return scalar == Scalar::float64 ? Wire::fixed64 : Wire::varint;
}

Number whole_from(Scalar scalar, Wide value, const Place& place) {
  const Range range = range_of(scalar);
  if (value < range.least || value > range.most) place.fail("expected " + whole_number(scalar));
  if (range.least < 0) return {zigzag(static_cast<std::int64_t>(value)), Wire::varint};
  return {static_cast<std::uint64_t>(value), Wire::varint};
}

Number scalar_from(Scalar scalar, const json& value, const Place& place) {
  switch (scalar) {
    case Scalar::boolean:
      if (!value.is_boolean()) place.expected("true or false", value);
      return {value.get<bool>() ? 1U : 0U, Wire::varint};
    case Scalar::float64: return {std::bit_cast<std::uint64_t>(floating(value, place)), Wire::fixed64};
    case Scalar::float32: {
      const double number = floating(value, place);
      if (std::isfinite(number) && std::abs(number) > std::numeric_limits<float>::max())
        place.fail("the number does not fit into 32 bits");
      return {std::bit_cast<std::uint32_t>(static_cast<float>(number)), Wire::fixed32};
    }
    default: return whole_from(scalar, whole(value, scalar, place), place);
  }
}

ordered_json to_json(Scalar scalar, const Number& number, const Place& place) {
  if (number.wire != wire_of(scalar)) place.fail("the message has another type here");
  switch (scalar) {
    case Scalar::boolean:
      if (number.bits > 1) place.fail("the message has a bool that is neither true nor false");
      return number.bits == 1;
    case Scalar::float64: return floating_json(std::bit_cast<double>(number.bits));
    case Scalar::float32: {
      const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(number.bits));
      return floating_json(std::isfinite(value) ? as_printed(value) : double{value});
    }
    default: break;
  }
  const Range range = range_of(scalar);
  const Wide value = range.least < 0 ? Wide{unzigzag(number.bits)} : Wide{number.bits};
  if (value < range.least || value > range.most) place.fail("the message has a number that does not fit here");
  return range.least < 0 ? ordered_json(static_cast<std::int64_t>(value)) : ordered_json(number.bits);
}

Number enum_from(const Enum& definition, const json& value, const Place& place) {
  if (value.is_string())
    return {static_cast<std::uint64_t>(named_value(definition, value.get<std::string>(), place)), Wire::varint};
  if (!value.is_number_integer()) place.expected("the name of an enumerator of " + definition.name, value);
  const std::int64_t number =
      value.is_number_unsigned() ? static_cast<std::int64_t>(value.get<std::uint64_t>()) : value.get<std::int64_t>();
  if (!is_declared(definition, number)) {
    place.fail(definition.name + " has no value " + value.dump() + instead_of(value.dump(), names_of(definition)));
  }
  return {static_cast<std::uint64_t>(number), Wire::varint};
}

std::string name_of(const Enum& definition, std::int64_t value) {
  for (const Enumerator& each : definition.enumerators) {
    if (each.value == value) return each.name;
  }
  if (!definition.is_flags || (value & ~all_flags(definition)) != 0) return "";
  std::string names;
  std::int64_t left = value;
  for (const Enumerator& each : definition.enumerators) {
    if (each.value == 0 || (each.value & value) != each.value || (each.value & left) == 0) continue;
    names += (names.empty() ? "" : "|") + each.name;
    left &= ~each.value;
  }
  return left == 0 ? names : "";
}

ordered_json to_json(const Enum& definition, const Number& number) {
  const auto value = static_cast<std::int64_t>(number.bits);
  if (std::string name = name_of(definition, value); !name.empty()) return name;
  return definition.underlying == Scalar::uint64 ? ordered_json(number.bits) : ordered_json(value);
}

}  // namespace farcall::ctl
