#include "lsp/code_tokens.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace farcall::lsp {
namespace {

bool is_of_word(char each) {
  const auto byte = static_cast<unsigned char>(each);
  return std::isalnum(byte) != 0 || each == '_' || byte >= 0x80;
}

bool is_digit(char each) { return each >= '0' && each <= '9'; }

std::size_t behind(std::string_view text, std::string_view what, std::size_t from) {
  const std::size_t found = text.find(what, from);
  return found == std::string_view::npos ? text.size() : found + what.size();
}

std::size_t while_of(std::string_view text, bool (*is_part)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_part) - text.begin());
}

/// A string or a character, from its quote on.
std::size_t quoted_size(std::string_view text) {
  std::size_t end = 1;
  while (end < text.size() && text[end] != text.front()) end += text[end] == '\\' ? 2 : 1;
  return std::min(end + 1, text.size());
}

/// A raw string, from the R on: R"json(…)json".
std::size_t raw_size(std::string_view text) {
  const std::size_t open = std::min(text.find('('), text.size());
  return behind(text, ")" + std::string(text.substr(2, open - std::min<std::size_t>(open, 2))) + "\"", open);
}

/// What is at the beginning of a text and no code; 0: it is code.
std::size_t blank_size(std::string_view text) {
  if (std::isspace(static_cast<unsigned char>(text.front())) != 0) return 1;
  if (text.starts_with("//") || text.starts_with("#")) return std::min(text.find('\n'), text.size());
  return text.starts_with("/*") ? behind(text, "*/", 2) : 0;
}

std::size_t token_size(std::string_view text) {
  if (text.starts_with("R\"")) return raw_size(text);
  if (is_digit(text.front()))
    return while_of(text, [](char each) { return is_of_word(each) || each == '\'' || each == '.'; });
  if (is_of_word(text.front())) return while_of(text, &is_of_word);
  if (text.front() == '"' || text.front() == '\'') return quoted_size(text);
  return text.starts_with("::") ? 2 : 1;
}

}  // namespace

std::vector<CodeToken> code_tokens(std::string_view text) {
  std::vector<CodeToken> tokens;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (const std::size_t blank = blank_size(rest)) {
      at += blank;
      continue;
    }
    const std::string_view token = rest.substr(0, token_size(rest));
    const bool is_word = is_of_word(token.front()) && !is_digit(token.front()) && token.back() != '"';
    tokens.push_back({token, static_cast<std::uint32_t>(at), is_word});
    at += token.size();
  }
  return tokens;
}

}  // namespace farcall::lsp
