#include "check/check.h"

#include <algorithm>

#include "check/findings.h"

namespace farcall {

Verdict check(Contract contract) {
  Findings findings;
  check_placement(contract, findings);
  check_arguments(contract, findings);
  check_modes(contract, findings);
  check_methods(contract, findings);
  check_interfaces(contract, findings);
  check_types(contract, findings);
  check_views(contract, findings);

  Verdict verdict{findings.take(), std::nullopt};
  if (std::ranges::find(verdict.findings, Severity::error, &Finding::severity) == verdict.findings.end())
    verdict.checked = Checked(std::move(contract));
  return verdict;
}

}  // namespace farcall
