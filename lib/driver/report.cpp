#include "driver/report.h"

#include <clang/Tooling/DiagnosticsYaml.h>
#include <llvm/Support/YAMLTraits.h>
#include <llvm/Support/raw_ostream.h>

#include <filesystem>

#include "output/fixes.h"
#include "output/output.h"

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
    const std::string& path = sources.at(edit.where.file).path;
    // Replacements that conflict are refused, but those of one fix never do.
    llvm::cantFail(to.Fix[path].add({path, edit.where.begin, edit.where.end - edit.where.begin, edit.text}));
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

bool write_file(const std::string& path, const std::string& text, llvm::raw_ostream& err) {
  const WriteResult written = write({.path = path, .contents = text});
  if (written.outcome == WriteOutcome::failed) complain(err, written.error);
  return written.outcome != WriteOutcome::failed;
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
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::yaml::Output yaml(stream);
  yaml << all;
  return text;
}

bool write_reports(const Analysis& analysis, const ReportOptions& options, llvm::raw_ostream& out,
                   llvm::raw_ostream& err) {
  if (!options.export_fixes.empty() && !write_file(options.export_fixes, fixes_yaml(analysis), err)) return false;
  if (options.format == Format::text) return true;
  const std::string log = sarif(analysis, std::filesystem::current_path().string());
  if (!options.output.empty()) return write_file(options.output, log, err);
  out << log;
  return true;
}

}  // namespace farcall
