#include "plan/defaults.h"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "model/meaning.h"

namespace farcall {
namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }

/// 7, -1.5e3, 0xffu, 1'000. A suffix of the library (250ms) needs a using-directive, so letters it could begin with are
/// let through only where they belong to a number of the language.
bool is_number(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !(is_digit(text[0]) || (text[0] == '.' && text.size() > 1 && is_digit(text[1])))) return false;
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const auto is_one_of = [](std::string_view some, char c) { return some.find(c) != std::string_view::npos; };
  const std::string_view allowed = hexadecimal ? "xXabcdefABCDEFpPuUlL'.+-" : "eEfFuUlLbB'.+-";
  const bool plain = std::ranges::all_of(text, [&](char c) { return is_digit(c) || is_one_of(allowed, c); });
  return plain && !is_one_of("+-.", text.back()) && is_digit(text[0]);
}

/// One literal without suffix, from quote to quote; before it perhaps what its characters are.
bool is_quoted(std::string_view text, char quote) {
  for (const std::string_view prefix : {"u8", "u", "U"}) {
    if (!text.starts_with(prefix) || text.substr(prefix.size(), 1) != std::string_view(&quote, 1)) continue;
    text.remove_prefix(prefix.size());
    break;
  }
  if (text.size() < 2 || text.front() != quote || text.back() != quote) return false;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if (text[at] == quote || text[at] == '\n') return false;
    if (text[at] == '\\') ++at;
    if (at + 1 >= text.size()) return false;
  }
  return true;
}

std::string_view last_name(std::string_view qualified) {
  const std::size_t colons = qualified.rfind("::");
  return colons == std::string_view::npos ? qualified : qualified.substr(colons + 2);
}

/// "Unit::celsius" or "home::Unit::celsius" for a parameter of type home::Unit, as a name that holds everywhere.
std::string enumerator(const Contract& contract, const Parameter& parameter) {
  const auto* reference = std::get_if<EnumRef>(&parameter.type.form);
  const std::string_view text = parameter.default_argument;
  const std::size_t colons = text.rfind("::");
  if (reference == nullptr || colons == std::string_view::npos) return {};
  if (last_name(text.substr(0, colons)) != last_name(reference->name)) return {};
  const Enum& definition = find_enum(contract, reference->name);
  const std::string name(last_name(text));
  const bool declared =
      std::ranges::find(definition.enumerators, name, &Enumerator::name) != definition.enumerators.end();
  return declared ? reference->name + "::" + name : std::string();
}

}  // namespace

std::string repeatable_default(const Contract& contract, const Parameter& parameter) {
  const std::string& text = parameter.default_argument;
  const bool same_everywhere = text == "true" || text == "false" || text == "{}" || text == "std::nullopt" ||
                               text == "nullptr" || is_number(text) || is_quoted(text, '"') || is_quoted(text, '\'');
  return same_everywhere ? text : enumerator(contract, parameter);
}

}  // namespace farcall
