#include "driver/export_fixes.h"

#include <clang/Tooling/DiagnosticsYaml.h>
#include <clang/Tooling/ReplacementsYaml.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/YAMLTraits.h>
#include <llvm/Support/raw_ostream.h>

#include <filesystem>

#include "output/file.h"
#include "output/fixes.h"
#include "output/line_changes.h"

namespace farcall {
namespace {

namespace tooling = clang::tooling;

tooling::DiagnosticMessage message(const std::string& text, const SourceRef& where, const SourceFiles& sources) {
  tooling::DiagnosticMessage made(text);
  if (!where.known()) return made;
  made.FilePath = sources.at(where.file).path;
  made.FileOffset = where.begin;
  return made;
}

void add_fix(tooling::DiagnosticMessage& to, const Fix& fix, const SourceFiles& sources) {
  for (const Edit& edit : fix.edits) {
    const SourceFile& file = sources.at(edit.where.file);
    const std::string text = with_line_ends_of(file.text, edit.text);
    // Replacements that conflict are refused, but those of one fix never do.
    llvm::cantFail(to.Fix[file.path].add({file.path, edit.where.begin, edit.where.end - edit.where.begin, text}));
  }
}

/// The sole fix belongs to the finding itself, alternatives to notes: tools apply the first they find.
tooling::Diagnostic diagnostic(const Finding& finding, const SourceFiles& sources, FixSet& taken) {
  const auto level = finding.severity == Severity::error ? tooling::Diagnostic::Error : tooling::Diagnostic::Warning;
  tooling::Diagnostic made("farcall-" + finding.id, level, std::filesystem::current_path().string());
  made.Message = message(finding.text, finding.where, sources);
  for (const Note& note : finding.notes) made.Notes.push_back(message(note.text, note.where, sources));
  const bool fits = !finding.fixes.empty() && taken.add(finding.fixes.front(), sources) == FixSet::Answer::taken;
  if (!fits) return made;
  if (finding.fixes.size() == 1) {
    add_fix(made.Message, finding.fixes.front(), sources);
    return made;
  }
  for (const Fix& fix : finding.fixes)
    add_fix(made.Notes.emplace_back(message(fix.title, finding.where, sources)), fix, sources);
  return made;
}

/// Where each line begins, and where the last one ends.
std::vector<unsigned> offsets_of(const Lines& lines) {
  std::vector<unsigned> offsets{0};
  for (const std::string_view line : lines) offsets.push_back(offsets.back() + static_cast<unsigned>(line.size()));
  return offsets;
}

void add_changes(const std::string& path, std::string_view old_text, std::string_view new_text,
                 std::vector<tooling::Replacement>& to) {
  const Lines before = split_lines(old_text);
  const Lines after = split_lines(new_text);
  const std::vector<unsigned> old_at = offsets_of(before);
  const std::vector<unsigned> new_at = offsets_of(after);
  for (const LineChange& change : changes_between(before, after)) {
    const unsigned begin = old_at[change.before.begin];
    const unsigned from = new_at[change.after.begin];
    to.emplace_back(path, begin, old_at[change.before.end] - begin,
                    new_text.substr(from, new_at[change.after.end] - from));
  }
}

template <class Document>
std::string yaml_of(Document& document) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::yaml::Output yaml(stream);
  yaml << document;
  return text;
}

}  // namespace

std::string fixes_yaml(const Analysis& analysis) {
  tooling::TranslationUnitDiagnostics all;
  FixSet taken;
  for (const HeaderResult& each : analysis.headers) {
    if (all.MainSourceFile.empty()) all.MainSourceFile = each.input.path;
    for (const Finding& finding : each.outcome.findings)
      all.Diagnostics.push_back(diagnostic(finding, each.outcome.sources, taken));
  }
  return yaml_of(all);
}

Exported changes_yaml(const std::map<std::string, std::string>& texts) {
  tooling::TranslationUnitReplacements all;
  for (const auto& [path, text] : texts) {
    if (all.MainSourceFile.empty()) all.MainSourceFile = path;
    add_changes(path, read_file(path).contents.value_or(""), text, all.Replacements);
  }
  for (const tooling::Replacement& each : all.Replacements)
    if (!llvm::json::isUTF8(each.getFilePath()) || !llvm::json::isUTF8(each.getReplacementText()))
      return {{}, "'" + each.getFilePath().str() + "' is not UTF-8 where it changes, which YAML cannot hold"};
  return {yaml_of(all), {}};
}

}  // namespace farcall
