#include "lsp/diagnostics.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string_view>

#include "lsp/relevance.h"

namespace farcall::lsp {
namespace {

namespace fs = std::filesystem;

bool is_end_of(std::string_view name, const std::string& path) {
  while (name.starts_with("../") || name.starts_with("./")) name.remove_prefix(name.find('/') + 1);
  return path == name || path.ends_with("/" + std::string(name));
}

Range first_line(std::string_view text) {
  const TextLines lines(text);
  return {{}, lines.position_of(lines.offset_of({0, UINT32_MAX}))};
}

/// Where a text includes the file, as far as its own lines tell; else the first line.
Range place_of_include(std::string_view text, const std::string& path) {
  for (const std::string_view name : included_names(text)) {
    if (!is_end_of(name, path)) continue;
    const auto at = static_cast<std::uint32_t>(name.data() - text.data());
    return TextLines(text).range_of(at, at + static_cast<std::uint32_t>(name.size()));
  }
  return first_line(text);
}

/// The end of the word that begins here, or of the character that stands here.
std::uint32_t end_of_word(std::string_view text, std::uint32_t begin) {
  const auto is_of_word = [](unsigned char each) { return std::isalnum(each) != 0 || each == '_' || each >= 0x80; };
  std::uint32_t end = begin;
  while (end < text.size() && is_of_word(static_cast<unsigned char>(text[end]))) ++end;
  return end == begin && end < text.size() && text[end] != '\n' && text[end] != '\r' ? end + 1 : end;
}

class Maker {
 public:
  explicit Maker(const HeaderState& state) : state_(state), lines_(state.text) {}

  [[nodiscard]] Diagnostic of(const Finding& finding) const {
    Diagnostic made{.weight = finding.severity == Severity::error ? Weight::error : Weight::warning,
                    .code = finding.id,
                    .message = finding.text,
                    .finding = &finding};
    place(made, finding.where, "it is here");
    for (const Note& note : finding.notes) {
      if (note.where.known() && note.where != finding.where)
        made.related.push_back(related(note.where, note.text));
      else
        made.message += "\n" + note.text;
    }
    return made;
  }

  [[nodiscard]] Diagnostic unreadable(const ParseError& error) const {
    Diagnostic made{.range = first_line(state_.text),
                    .code = unreadable_code,
                    .message = "farcall cannot read this header: " + error.text};
    if (state_.errors.size() > 1) made.message += " (the first of " + std::to_string(state_.errors.size()) + " errors)";
    if (!error.where.known()) return made;
    if (error.where.file == state_.path) {
      made.range = lines_.range_of(error.where.begin, end_of_word(state_.text, error.where.begin));
      return made;
    }
    // The file is not at hand as it was; its line is good enough to go there.
    const Position there{error.where.line == 0 ? 0 : error.where.line - 1, 0};
    made.range = place_of_include(state_.text, error.where.file);
    made.related = {{fs::absolute(error.where.file).lexically_normal(), {there, there}, error.text}};
    return made;
  }

  [[nodiscard]] Diagnostic outdated() const {
    const bool all_missing = std::ranges::all_of(state_.outdated, &OutdatedFile::is_missing);
    std::string names;
    for (const OutdatedFile& each : state_.outdated)
      names += (names.empty()                      ? ""
                : &each == &state_.outdated.back() ? " and "
                                                   : ", ") +
               fs::path(each.path).filename().string();
    const bool is_one = state_.outdated.size() == 1;
    Diagnostic made{
        .weight = all_missing ? Weight::information : Weight::warning,
        .code = all_missing ? missing_code : stale_code,
        .message = names + (is_one ? " is " : " are ") + (all_missing ? "not generated yet" : "not up to date")};
    place(made, state_.outcome->contract.interfaces.front().where, "");
    return made;
  }

 private:
  /// What is in another file is told where that is included, and what it is about is one click away.
  void place(Diagnostic& made, const SourceRef& where, const char* there) const {
    made.range = first_line(state_.text);
    if (!where.known()) return;
    if (where.file == state_.path) {
      made.range = lines_.range_of(where.begin, where.end);
      return;
    }
    made.range = place_of_include(state_.text, state_.outcome->sources.at(where.file).path);
    made.related.push_back(related(where, there));
  }

  [[nodiscard]] Related related(const SourceRef& where, const std::string& message) const {
    const SourceFile& file = state_.outcome->sources.at(where.file);
    return {file.path, TextLines(file.text).range_of(where.begin, where.end), message};
  }

  const HeaderState& state_;
  const TextLines lines_;
};

}  // namespace

std::vector<Diagnostic> diagnostics_of(const HeaderState& state) {
  const Maker maker(state);
  std::vector<Diagnostic> all;
  if (!state.problem.empty()) all.push_back(maker.unreadable({.text = state.problem, .where = {}}));
  if (!state.errors.empty()) all.push_back(maker.unreadable(state.errors.front()));
  if (!state.outcome) return all;
  for (const Finding& finding : state.outcome->findings) all.push_back(maker.of(finding));
  if (!state.outdated.empty()) all.push_back(maker.outdated());
  return all;
}

}  // namespace farcall::lsp
