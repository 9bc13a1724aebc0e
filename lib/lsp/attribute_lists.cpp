#include "lsp/attribute_lists.h"

#include <cctype>

namespace farcall::lsp {
namespace {

bool is_name_letter(char each) { return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_'; }

std::string_view without_blanks_behind(std::string_view text) {
  const std::size_t last = text.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? std::string_view() : text.substr(0, last + 1);
}

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_name_letter(text[begin - 1])) --begin;
  return text.substr(begin);
}

/// What stands between the `[[` before the end of this text and that end; nothing if the list is closed.
std::optional<std::string_view> open_list(std::string_view before) {
  const std::size_t begin = before.rfind("[[");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view inside = before.substr(begin + 2);
  // Somebody who has just typed `[[` does not mean everything that follows in the file.
  if (inside.find_first_of("];{}") != std::string_view::npos) return std::nullopt;
  return inside;
}

bool is_in_string(std::string_view list) {
  std::size_t quotes = 0;
  for (const char each : list) quotes += each == '"' ? 1 : 0;
  return quotes % 2 == 1;
}

/// The places that the text before a list leaves possible, as bits of Place.
std::uint8_t places_behind(std::string_view before) {
  const auto bit = [](Place place) { return static_cast<std::uint8_t>(place); };
  before = without_blanks_behind(before);
  const std::string_view word = last_word(before);
  if (word == "class" || word == "struct") return bit(Place::on_class);
  if (before.ends_with('(') || before.ends_with(',')) return bit(Place::on_parameter);
  return bit(Place::on_method) | bit(Place::on_field);
}

std::string as_snippet(std::string_view text) {
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) return std::string(text);
  const bool is_quoted = text[open + 1] == '"';
  const std::size_t from = open + (is_quoted ? 2 : 1);
  const std::size_t to = text.size() - (is_quoted ? 2 : 1);
  return std::string(text.substr(0, from)) + "${1:" + std::string(text.substr(from, to - from)) + "}" +
         std::string(text.substr(to));
}

}  // namespace

std::optional<AttributeWord> at_cursor(std::string_view text, std::uint32_t offset) {
  std::uint32_t begin = offset;
  std::uint32_t end = offset;
  while (begin > 0 && is_name_letter(text[begin - 1])) --begin;
  while (end < text.size() && is_name_letter(text[end])) ++end;
  const std::optional<std::string_view> list = open_list(text.substr(0, begin));
  if (!list || is_in_string(*list)) return std::nullopt;
  const std::string_view before = without_blanks_behind(*list);
  AttributeWord word{.begin = begin, .end = end};
  if (before.ends_with("::")) {
    word.has_scope = last_word(without_blanks_behind(before.substr(0, before.size() - 2))) == "rpc";
    word.is_ours = word.has_scope;
  } else if (const std::size_t scope = before.find("using "); scope != std::string_view::npos) {
    word.has_scope = last_word(without_blanks_behind(before.substr(0, before.find(':')))) == "rpc";
    word.is_ours = word.has_scope;
  }
  return word;
}

Completions complete_attributes(std::string_view text, std::uint32_t offset) {
  const std::optional<AttributeWord> word = at_cursor(text, offset);
  if (!word || !word->is_ours) return {};
  Completions found{.begin = word->begin, .end = word->end, .items = {}};
  const std::uint8_t places = places_behind(text.substr(0, text.substr(0, word->begin).rfind("[[")));
  for (const AttributeSpec& spec : attribute_table()) {
    constexpr std::string_view scope = "rpc::";
    const std::string_view example = spec.example.substr(word->has_scope ? scope.size() : 0);
    const bool needs_argument = spec.takes_argument() && spec.argument != ArgumentShape::optional_string;
    found.items.push_back({.spec = &spec,
                           .text = (word->has_scope ? "" : std::string(scope)) + std::string(spec.name),
                           .snippet = as_snippet(needs_argument ? example : example.substr(0, example.find('('))),
                           .fits_here = (spec.places & places) != 0});
  }
  return found;
}

}  // namespace farcall::lsp
