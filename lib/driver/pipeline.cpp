#include "driver/pipeline.h"

#include <algorithm>
#include <iterator>

#include "check/check.h"
#include "check/findings.h"
#include "compat/compare.h"
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

/// What a plan breaks of the frozen contract. Acceptance is written down in the next one.
std::vector<Finding> broken_promises(const RunOptions& options, const std::string& header, Plan& decided) {
  Findings findings;
  if (options.frozen == nullptr) return {};
  const SourceRef top = {.file = header, .line = 1, .column = 1};
  for (const Change& change : compare(*options.frozen, decided.frozen)) {
    if (!change.breaking || change.level != CompatLevel::wire) continue;
    if (options.accept_breaking)
      decided.frozen.accepted.push_back(change.text);
    else
      findings.add(Rule::breaking_change, change.where.known() ? change.where : top,
                   {change.text, change.reason, change.way_out});
  }
  return findings.take();
}

std::vector<GeneratedFile> emit(const Plan& decided, const Artefacts& artefacts) {
  std::vector<GeneratedFile> files;
  if (decided.interfaces.empty()) return files;
  if (artefacts.contract) files.push_back(emit_contract(decided));
  if (artefacts.code) std::ranges::move(emit(decided), std::back_inserter(files));
  if (artefacts.proto) files.push_back(emit_proto(decided));
  if (artefacts.mock) files.push_back(emit_mock(decided));
  return files;
}

}  // namespace

Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const RunOptions& options) {
  header.assumed = options.assumed;
  Extraction extraction = extract(sema, watcher, std::move(header));  // the last step that sees Clang
  Outcome outcome{.contract = extraction.contract};
  Verdict verdict = check(std::move(extraction.contract), options.warnings);  // every finding, not the first
  outcome.findings = std::move(verdict.findings);
  if (verdict.checked) {
    Plan decided = plan(*verdict.checked, options.plan, options.frozen);
    std::vector<Finding> broken = broken_promises(options, outcome.contract.header, decided);
    if (broken.empty()) {
      outcome.files = emit(decided, options.artefacts);
      outcome.plan = std::move(decided);
    }
    std::ranges::move(broken, std::back_inserter(outcome.findings));
  }
  complete(outcome, extraction.places);
  report(outcome.findings, extraction.places, sema.getDiagnostics());
  return outcome;
}

}  // namespace farcall
