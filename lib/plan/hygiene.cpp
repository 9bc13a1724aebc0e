#include "plan/hygiene.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <string_view>

namespace farcall {
namespace {

/// Every variable that generated functions have, beside parameters and outputs; and `bits` with a number.
constexpr std::array<std::string_view, 11> generated_locals = {"at",      "call",  "in",     "method", "object", "out",
                                                               "pending", "reply", "result", "server", "stub_"};

/// What a type is spelt with that is no name.
constexpr std::array<std::string_view, 19> type_keywords = {
    "bool", "char",    "char8_t", "char16_t", "char32_t", "const",    "double", "false",    "float",  "int",
    "long", "nullptr", "short",   "signed",   "true",     "unsigned", "void",   "volatile", "wchar_t"};

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
  for (std::string_view each : words) {
    if (each == word) return true;
  }
  return false;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Also a byte of a letter that is not ASCII.
bool is_name_byte(char c) { return is_word(c) || static_cast<unsigned char>(c) >= 0x80; }

/// The end of the character literal whose opening quote is at `at`: a template argument.
std::size_t end_of_literal(const std::string& spelling, std::size_t at) {
  for (++at; at < spelling.size() && spelling[at] != '\''; ++at) {
    if (spelling[at] == '\\') ++at;
  }
  return std::min(at + 1, spelling.size());
}

enum class Root : bool { alone, before_colons };

/// Puts `::` before the names in `spelling` that begin a qualified name, or are one alone, and are `chosen`.
std::string root_names(const std::string& spelling, const std::function<bool(const std::string&, Root)>& chosen) {
  std::string rooted;
  for (std::size_t at = 0; at < spelling.size();) {
    std::size_t end = at;
    while (end < spelling.size() && is_name_byte(spelling[end])) ++end;
    const bool is_literal = end < spelling.size() && spelling[end] == '\'';
    if (is_literal || end == at) {
      end = is_literal ? end_of_literal(spelling, end) : at + 1;
      rooted += spelling.substr(at, end - at);
      at = end;
      continue;
    }
    const std::string word = spelling.substr(at, end - at);
    const bool is_number = std::isdigit(static_cast<unsigned char>(word[0])) != 0;
    const Root root = spelling.compare(end, 2, "::") == 0 ? Root::before_colons : Root::alone;
    if (!is_number && !rooted.ends_with("::") && chosen(word, root)) rooted += "::";
    rooted += word;
    at = end;
  }
  return rooted;
}

}  // namespace

Hygiene::Hygiene(const Contract& contract) {
  nested_ = {"Server"};
  members_ = {"bits", "dispatch", "info", "methods", "uuid"};
  for (std::string_view local : generated_locals) members_.emplace(local);
  for (const Record& record : contract.records) add_nested(record.name);
  for (const Enum& enumeration : contract.enums) add_nested(enumeration.name);
  for (const std::string& name : contract.types_in_scope) add_nested(name);
  for (const Interface& interface : contract.interfaces) add_nested(interface);
}

void Hygiene::add_nested(const std::string& qualified) {
  const std::string name = qualified.substr(0, qualified.find('<'));
  for (std::size_t at = name.find("::"); at != std::string::npos;) {
    const std::size_t next = name.find("::", at + 2);
    nested_.insert(name.substr(at + 2, next == std::string::npos ? next : next - at - 2));
    at = next;
  }
}

void Hygiene::add_nested(const Interface& interface) {
  add_nested(interface.qualified_name);
  for (const Method& method : interface.methods) {
    members_.insert(method.name);
    for (const Parameter& parameter : method.parameters) members_.insert(parameter.name);
    if (method.handle) members_.insert(method.handle->parameter.name);
  }
}

std::string Hygiene::type(const std::string& spelling) const {
  return root_names(spelling, [&](const std::string& word, Root root) {
    return nested_.contains(word) || (root == Root::alone && members_.contains(word));
  });
}

std::string rooted(const std::string& spelling) {
  return root_names(spelling,
                    [](const std::string& word, Root) { return word != "std" && !contains(type_keywords, word); });
}

std::string local_name(const std::string& name, const std::set<std::string>& taken) {
  const bool numbered_bits = name.starts_with("bits") && name.find_first_not_of("0123456789", 4) == std::string::npos;
  std::string local = numbered_bits ? name + '_' : name;
  while (contains(generated_locals, local) || taken.contains(local)) local += '_';
  return local;
}

std::string identifier(const std::string& text) {
  std::string made;
  for (char c : text) made += is_word(c) ? c : '_';
  return made.empty() || std::isdigit(static_cast<unsigned char>(made[0])) != 0 ? "_" + made : made;
}

}  // namespace farcall
