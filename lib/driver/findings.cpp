#include "driver/findings.h"

namespace farcall {
namespace {

using Level = clang::DiagnosticsEngine::Level;

unsigned diagnostic_id(clang::DiagnosticsEngine& diagnostics, Level level) {
  switch (level) {
    case Level::Error: return diagnostics.getCustomDiagID(Level::Error, "%0");
    case Level::Warning: return diagnostics.getCustomDiagID(Level::Warning, "%0");
    default: return diagnostics.getCustomDiagID(Level::Note, "%0");
  }
}

void show(clang::DiagnosticsEngine& diagnostics, const Places& places, Level level, const std::string& text,
          const SourceRef& where, const Fix* fix = nullptr) {
  const unsigned id = diagnostic_id(diagnostics, level);
  clang::DiagnosticBuilder builder = diagnostics.Report(places.location(where, where.begin), id);
  builder << text;
  if (where.known() && where.end > where.begin) builder << places.range(where);
  if (!fix) return;
  for (const Edit& edit : fix->edits)
    if (edit.where.known()) builder << clang::FixItHint::CreateReplacement(places.range(edit.where), edit.text);
}

}  // namespace

void report(const std::vector<Finding>& findings, const Places& places, clang::DiagnosticsEngine& diagnostics) {
  for (const Finding& finding : findings) {
    const Level level = finding.severity == Severity::error ? Level::Error : Level::Warning;
    const Fix* sole = finding.fixes.size() == 1 ? &finding.fixes.front() : nullptr;
    show(diagnostics, places, level, finding.text + " [" + finding.id + "]", finding.where, sole);
    for (const Note& note : finding.notes)
      show(diagnostics, places, Level::Note, note.text, note.where.known() ? note.where : finding.where);
    if (sole) continue;
    for (const Fix& fix : finding.fixes) show(diagnostics, places, Level::Note, fix.title, finding.where, &fix);
  }
}

}  // namespace farcall
