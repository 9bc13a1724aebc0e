#include "driver/pipeline.h"

#include <algorithm>
#include <iterator>

#include "check/check.h"
#include "compat/compare.h"
#include "driver/findings.h"

namespace farcall {

namespace {

Finding finding_of(const Change& change) {
  return {.id = "breaking-change",
          .text = change.text + ": " + change.reason,
          .where = change.where,
          .notes = {{change.way_out + "; or accept that old ends break, with --accept-breaking", {}}}};
}

/// What a plan breaks of the frozen contract. Acceptance is written down in the next one.
std::vector<Finding> broken_promises(const RunOptions& options, Plan& decided) {
  std::vector<Finding> findings;
  if (options.frozen == nullptr) return findings;
  for (const Change& change : compare(*options.frozen, decided.frozen)) {
    if (!change.breaking || change.level != CompatLevel::wire) continue;
    if (options.accept_breaking)
      decided.frozen.accepted.push_back(change.text);
    else
      findings.push_back(finding_of(change));
  }
  return findings;
}

std::vector<GeneratedFile> emit(const Plan& decided, const Artefacts& artefacts) {
  std::vector<GeneratedFile> files;
  if (decided.interfaces.empty()) return files;
  if (artefacts.contract) files.push_back(emit_contract(decided));
  if (artefacts.proto) files.push_back(emit_proto(decided));
  if (artefacts.code) std::ranges::move(emit(decided), std::back_inserter(files));
  return files;
}

}  // namespace

Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const RunOptions& options) {
  Extraction extraction = extract(sema, watcher, std::move(header));  // the last step that sees Clang
  Outcome outcome{.contract = extraction.contract};
  Verdict verdict = check(std::move(extraction.contract));  // every finding, not the first
  if (verdict.checked) {
    Plan decided = plan(*verdict.checked, options.plan, options.frozen);
    std::vector<Finding> broken = broken_promises(options, decided);
    if (broken.empty()) {
      outcome.files = emit(decided, options.artefacts);
      outcome.plan = std::move(decided);
    }
    std::ranges::move(broken, std::back_inserter(verdict.findings));
  }
  report(verdict.findings, extraction.places, sema.getDiagnostics());
  return outcome;
}

}  // namespace farcall
