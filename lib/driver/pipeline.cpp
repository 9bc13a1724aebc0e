#include "driver/pipeline.h"

#include "check/check.h"
#include "driver/findings.h"

namespace farcall {

Outcome run(clang::Sema& sema, const AttributeWatcher& watcher, Header header, const PlanOptions& options) {
  Extraction extraction = extract(sema, watcher, std::move(header));  // the last step that sees Clang
  Outcome outcome{.contract = extraction.contract};
  const Verdict verdict = check(std::move(extraction.contract));  // every finding, not the first
  report(verdict.findings, extraction.places, sema.getDiagnostics());
  if (verdict.checked) {
    outcome.plan = plan(*verdict.checked, options);
    outcome.files = emit(*outcome.plan);
  }
  return outcome;
}

}  // namespace farcall
