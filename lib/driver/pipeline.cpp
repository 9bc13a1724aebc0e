#include "driver/pipeline.h"

#include "check/check.h"
#include "driver/findings.h"
#include "emit/emit.h"

namespace farcall {
namespace {

/// What Clang alone knows about the places of findings: the macros behind them, and the files they are in.
void complete(Outcome& outcome, const Places& places) {
  const auto keep_file = [&](const SourceRef& where) {
    if (where.known() && !outcome.sources.contains(where.file)) outcome.sources[where.file] = places.file(where.file);
  };
  for (Finding& finding : outcome.findings) {
    for (const Places::Expansion& each : places.expansions(finding.where))
      finding.notes.push_back({"expanded from macro '" + each.macro + "'", each.where});
    keep_file(finding.where);
    for (const Note& note : finding.notes) keep_file(note.where);
    for (const Fix& fix : finding.fixes)
      for (const Edit& edit : fix.edits) keep_file(edit.where);
  }
}

}  // namespace

Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const RunOptions& options) {
  Extraction extraction = extract(sema, watcher, std::move(header));  // the last step that sees Clang
  Outcome outcome{.contract = extraction.contract};
  Verdict verdict = check(std::move(extraction.contract), options.warnings);  // every finding, not the first
  outcome.findings = std::move(verdict.findings);
  complete(outcome, extraction.places);
  report(outcome.findings, extraction.places, sema.getDiagnostics());
  if (verdict.checked) {
    outcome.plan = plan(*verdict.checked, options.plan);
    outcome.files = emit(*outcome.plan);
  }
  return outcome;
}

}  // namespace farcall
