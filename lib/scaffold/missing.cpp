#include "scaffold/missing.h"

#include <algorithm>
#include <optional>

#include "output/fixes.h"
#include "scaffold/skeleton.h"

namespace farcall {
namespace {

Edit insertion(const std::string& file, std::size_t place, std::string text) {
  const auto at = static_cast<std::uint32_t>(place);
  return {{.file = file, .begin = at, .end = at}, std::move(text)};
}

/// Before the first other `#include <…>`, or before the first of any kind; else on top.
std::size_t place_of_inclusion(const std::string& text) {
  const std::string lines = "\n" + text;  // what begins a line here begins one there, one byte earlier
  for (const char* begin : {"\n#include <", "\n#include "})
    if (const std::size_t at = lines.find(begin); at != std::string::npos) return at;
  const std::size_t guard = lines.find("\n#pragma once\n");
  return guard == std::string::npos ? 0 : lines.find('\n', guard + 1);
}

/// That of the members, as far as the class has any.
std::string inner_indentation(const Interface& type, const std::string& text) {
  for (const Method& each : type.methods) {
    const bool is_own = each.declaration.file == type.declaration.file &&
                        each.declaration.begin > type.declaration.begin && each.declaration.end < type.declaration.end;
    if (is_own) return indentation_at(each.declaration.begin, text);
  }
  return indentation_at(type.declaration.begin, text) + "  ";
}

Edit definitions(const Unfinished& unfinished, const std::vector<const Method*>& missing, const std::string& text) {
  const Interface& type = unfinished.type;
  const Hygiene hygiene({.interfaces = {type}, .types_in_scope = unfinished.types_in_scope});
  const std::string outer = indentation_at(type.declaration.begin, text);
  const std::string inner = inner_indentation(type, text);
  const bool is_public = unfinished.public_end.known();
  const std::size_t end = is_public ? unfinished.public_end.begin : type.declaration.end - 1;
  const std::size_t place = text.find_last_not_of(" \t\r\n", end - 1) + 1;
  bool begins = text[place - 1] == '{' || text[place - 1] == ':';
  std::string written;
  if (!is_public) {
    written = (begins ? "\n" : "\n\n") + outer + (inner.size() == outer.size() + 2 ? " public:" : "public:");
    begins = true;
  }
  for (const Method* each : missing) {
    written += (begins ? "\n" : "\n\n") + method_to_write(*each, type.name, inner, hygiene);
    written.pop_back();
    begins = false;
  }
  const bool shares_line = text.find('\n', place) >= end;
  return insertion(type.declaration.file, place, written + (shares_line ? "\n" + outer : ""));
}

}  // namespace

std::optional<Edit> inclusions(const std::vector<std::string>& headers, const std::string& file,
                               const std::string& text) {
  std::string lines;
  for (const std::string& header : headers) {
    const std::string line = "#include <" + header + ">\n";
    if (("\n" + text).find("\n" + line) == std::string::npos) lines += line;
  }
  return lines.empty() ? std::nullopt : std::optional(insertion(file, place_of_inclusion(text), lines));
}

std::vector<Edit> missing_methods(const Unfinished& unfinished, const std::string& text) {
  const std::vector<const Method*> missing = pure_methods(unfinished.type);
  const std::string& file = unfinished.type.declaration.file;
  std::vector<std::string> headers;
  if (std::ranges::any_of(missing, &Method::is_noexcept)) headers.emplace_back("exception");
  if (!std::ranges::all_of(missing, &Method::is_noexcept)) headers.emplace_back("stdexcept");
  std::vector<Edit> edits{definitions(unfinished, missing, text)};
  if (std::optional<Edit> edit = inclusions(headers, file, text)) edits.insert(edits.begin(), std::move(*edit));
  return edits;
}

}  // namespace farcall
