#include "lsp/class_heads.h"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "lsp/code_tokens.h"
#include "lsp/relevance.h"

namespace farcall::lsp {
namespace {

using Tokens = std::span<const CodeToken>;

Tokens::iterator find(Tokens tokens, std::string_view text) {
  return std::ranges::find(tokens, text, &CodeToken::text);
}

Tokens from(Tokens tokens, Tokens::iterator at) { return {at, tokens.end()}; }

/// What stands between the brace that these begin with and its counterpart.
Tokens body_of(Tokens tokens) {
  int depth = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].text == "{") ++depth;
    if (tokens[at].text == "}" && --depth == 0) return tokens.subspan(1, at - 1);
  }
  return tokens.subspan(1);
}

/// `) … = 0;`
bool has_pure_method(Tokens body) {
  bool has_parentheses = false;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const std::string_view text = body[at].text;
    if (text == ")") has_parentheses = true;
    if (text == "{" || text == "}" || text == ";") has_parentheses = false;
    const bool is_pure = text == "=" && at + 2 < body.size() && body[at + 1].text == "0" && body[at + 2].text == ";";
    if (is_pure && has_parentheses) return true;
  }
  return false;
}

/// Behind the `[[…]]` at the beginning.
Tokens without_attributes(Tokens tokens) {
  while (tokens.size() > 1 && tokens[0].text == "[" && tokens[1].text == "[") {
    Tokens::iterator end = find(tokens, "]");
    while (end != tokens.end() && end->text == "]") ++end;
    tokens = from(tokens, end);
  }
  return tokens;
}

}  // namespace

std::optional<ClassHead> class_head_at(std::string_view text, std::uint32_t offset) {
  const std::vector<CodeToken> all = code_tokens(text);
  const std::size_t line = text.substr(0, offset).rfind('\n') + 1;
  const std::size_t line_end = std::min(text.find('\n', offset), text.size());
  const auto first = std::ranges::find_if(all, [&](const CodeToken& each) { return each.begin >= line; });
  if (first == all.end() || !(first->text == "class" || first->text == "struct")) return std::nullopt;

  const Tokens named = without_attributes(Tokens(first + 1, all.end()));
  if (named.empty() || !named.front().is_word || named.front().begin > line_end) return std::nullopt;
  constexpr std::array<std::string_view, 4> ends = {"{", ";", "(", "="};
  const auto open = std::ranges::find_first_of(named, ends, {}, &CodeToken::text);
  if (open == named.end() || open->text != "{") return std::nullopt;
  const Tokens body = body_of(from(named, open));
  const std::uint32_t name = named.front().begin;
  return ClassHead{.name = std::string(named.front().text),
                   .line = static_cast<std::uint32_t>(std::ranges::count(text.substr(0, name), '\n')) + 1,
                   .is_remote = has_attributes(text.substr(first->begin, open->begin - first->begin)),
                   .has_methods = find(body, "(") != body.end(),
                   .has_pure_methods = has_pure_method(body)};
}

}  // namespace farcall::lsp
