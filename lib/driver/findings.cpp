#include "driver/findings.h"

namespace farcall {
namespace {

using Kind = clang::DiagnosticsEngine::Level;

unsigned diagnostic_id(clang::DiagnosticsEngine& diagnostics, Kind level) {
  switch (level) {
    case Kind::Error: return diagnostics.getCustomDiagID(Kind::Error, "%0");
    case Kind::Warning: return diagnostics.getCustomDiagID(Kind::Warning, "%0");
    default: return diagnostics.getCustomDiagID(Kind::Note, "%0");
  }
}

void show(clang::DiagnosticsEngine& diagnostics, const Places& places, Kind level, const std::string& text,
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
    const Kind level = finding.severity == Severity::error ? Kind::Error : Kind::Warning;
    const Fix* sole = finding.fixes.size() == 1 ? &finding.fixes.front() : nullptr;
    show(diagnostics, places, level, finding.text + " [" + finding.id + "]", finding.where, sole);
    for (const Note& note : finding.notes)
      show(diagnostics, places, Kind::Note, note.text, note.where.known() ? note.where : finding.where);
    if (sole) continue;
    for (const Fix& fix : finding.fixes) show(diagnostics, places, Kind::Note, fix.title, finding.where, &fix);
  }
}

}  // namespace farcall
