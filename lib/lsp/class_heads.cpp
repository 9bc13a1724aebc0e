#include "lsp/class_heads.h"

#include <algorithm>
#include <cctype>

#include "lsp/relevance.h"

namespace farcall::lsp {
namespace {

bool is_letter(char each) { return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_'; }

/// The text with blanks for its comments and for what stands in quotes, so that each byte keeps its place.
std::string code_of(std::string_view text) {
  std::string code(text);
  const auto blank = [&](std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < std::min(to, code.size()); ++at)
      if (code[at] != '\n') code[at] = ' ';
    return to;
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("//")) {
      at = blank(at, std::min(text.find('\n', at), text.size()));
    } else if (rest.starts_with("/*")) {
      at = blank(at, text.find("*/", at + 2) == std::string_view::npos ? text.size() : text.find("*/", at + 2) + 2);
    } else if (rest.front() == '"' || (rest.front() == '\'' && (at == 0 || !is_letter(text[at - 1])))) {
      std::size_t end = at + 1;
      while (end < text.size() && text[end] != rest.front() && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      at = blank(at + 1, end) + 1;
    } else {
      ++at;
    }
  }
  return code;
}

/// What stands between the brace at `open` and its counterpart.
std::string_view body_at(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == '{') ++depth;
    if (code[at] == '}' && --depth == 0) return code.substr(open + 1, at - open - 1);
  }
  return code.substr(open + 1);
}

/// Behind the attributes and the like of a class, at its name.
std::size_t skip_attributes(std::string_view code, std::size_t at) {
  while (true) {
    at = std::min(code.find_first_not_of(" \t\r\n", at), code.size());
    if (!code.substr(at).starts_with("[[")) return at;
    const std::size_t end = code.find("]]", at);
    if (end == std::string_view::npos) return code.size();
    at = end + 2;
  }
}

/// `= 0;` in a declaration that has parentheses.
bool has_pure_method(std::string_view body) {
  for (std::size_t end = body.find(';'); end != std::string_view::npos; end = body.find(';', end + 1)) {
    std::string_view declaration = body.substr(0, end);
    declaration.remove_prefix(std::min(declaration.find_last_of(";{}") + 1, declaration.size()));
    const std::size_t equals = declaration.rfind('=');
    if (equals == std::string_view::npos || declaration.find(')') > equals) continue;
    const std::string_view value = declaration.substr(equals + 1);
    if (value.find('0') != std::string_view::npos && value.find_first_not_of("0 \t\r\n") == std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace

std::optional<ClassHead> class_head_at(std::string_view text, std::uint32_t offset) {
  const std::string owned = code_of(text);
  const std::string_view code = owned;
  const std::size_t line = code.substr(0, offset).rfind('\n') + 1;
  const std::size_t line_end = std::min(code.find('\n', offset), code.size());
  const std::size_t key = std::min(code.find_first_not_of(" \t", line), code.size());
  const std::string_view rest = code.substr(key);
  const std::size_t length = rest.starts_with("class") ? 5 : rest.starts_with("struct") ? 6 : 0;
  if (length == 0 || rest.size() <= length || is_letter(rest[length])) return std::nullopt;

  const std::size_t name = skip_attributes(code, key + length);
  std::size_t name_end = name;
  while (name_end < code.size() && is_letter(code[name_end])) ++name_end;
  const std::size_t open = code.find_first_of(";{(=", name_end);
  if (name == name_end || name_end > line_end || open == std::string_view::npos || code[open] != '{')
    return std::nullopt;
  const std::string_view body = body_at(code, open);
  return ClassHead{.name = std::string(code.substr(name, name_end - name)),
                   .line = static_cast<std::uint32_t>(std::ranges::count(code.substr(0, name), '\n')) + 1,
                   .is_remote = has_attributes(code.substr(key, open - key)),
                   .has_methods = body.find('(') != std::string_view::npos,
                   .has_pure_methods = has_pure_method(body)};
}

}  // namespace farcall::lsp
