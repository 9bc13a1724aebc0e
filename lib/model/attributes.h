// The one table of Farcall's attributes: name, places, argument and meaning. The frontend registers them with Clang
// from it, check judges placement and arguments by it, help texts and docs/attributes.md repeat its words.
//
//   const AttributeSpec* spec = find_attribute("maybe");        // nullptr: no such attribute
//   nearest_attribute("asinc")                                  // "async", for did-you-mean
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/contract.h"

namespace farcall {

/// Where an attribute can stand. Values are bits, so that a table row can allow several.
enum class Place : std::uint8_t { on_class = 1, on_method = 2, on_parameter = 4, on_field = 8 };

/// With its article, for diagnostics: "a method".
std::string_view describe(Place place);

enum class ArgumentShape : std::uint8_t {
  none,
  optional_string,  ///< `("acme.Thermostat")` or nothing
  string,           ///< a wire name
  level,            ///< an integer 0..7
  duration,         ///< "30s"
  timeout,          ///< "250ms" or "none"
  uuid,             ///< "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
};

struct AttributeSpec {
  AttributeKind kind;
  std::string_view name;  ///< without the scope: "time_to_live"
  std::uint8_t places;    ///< bits of Place
  ArgumentShape argument;
  std::string_view example;  ///< as a user writes it: rpc::time_to_live("30s")
  std::string_view meaning;  ///< one line, lower case, no full stop, in the words of docs/attributes.md

  [[nodiscard]] bool allows(Place place) const { return (places & static_cast<std::uint8_t>(place)) != 0; }
  [[nodiscard]] bool takes_argument() const { return argument != ArgumentShape::none; }
};

/// Every attribute, in the order of AttributeKind; `unknown` has no row.
std::span<const AttributeSpec> attribute_table();

/// The row of a kind; `kind` is not `unknown`.
const AttributeSpec& attribute_spec(AttributeKind kind);

/// By name without scope ("async"); nullptr when there is none.
const AttributeSpec* find_attribute(std::string_view name);

/// The attribute a misspelt name most likely means ("asinc" → "async"); nullptr when none is close.
const AttributeSpec* nearest_attribute(std::string_view misspelt);

/// "none" as a timeout.
inline constexpr std::chrono::nanoseconds no_timeout{-1};

/// Either a value, or why there is none, as the end of a sentence ("it has no unit").
template <class T>
struct Parsed {
  std::optional<T> value;
  std::string problem;
};

/// "250ms": a whole number above zero and one of ns, us, ms, s, min, h.
Parsed<std::chrono::nanoseconds> parse_duration(std::string_view text);

/// A duration, or "none" for `no_timeout`.
Parsed<std::chrono::nanoseconds> parse_timeout(std::string_view text);

using UuidBytes = std::array<std::uint8_t, 16>;

/// "6ba7b810-9dad-11d1-80b4-00c04fd430c8", either case, no braces. The nil UUID is a problem.
Parsed<UuidBytes> parse_uuid(std::string_view text);

}  // namespace farcall
