#include "check/check.h"

#include <algorithm>

#include "check/findings.h"

namespace farcall {
namespace {

/// A method of a base, perhaps of a template's instance or in another header, is reported where it stands. This tells
/// for which interface.
void say_who_inherits(const Contract& contract, Finding& finding) {
  for (const Interface& interface : contract.interfaces) {
    for (const Method& method : interface.methods) {
      if (!method.declaration.known() || !finding.where.lies_in(method.declaration)) continue;
      if (method.declaration.lies_in(interface.declaration)) return;
      finding.notes.push_back(
          {"'" + interface.qualified_name + "' has it from '" + method.declared_in + "'", interface.where});
      return;
    }
  }
}

}  // namespace

Verdict check(Contract contract, const Warnings& warnings) {
  Findings findings;
  check_presence(contract, findings);
  check_placement(contract, findings);
  check_arguments(contract, findings);
  check_modes(contract, findings);
  check_maybe(contract, findings);
  check_handles(contract, findings);
  check_twins(contract, findings);
  check_methods(contract, findings);
  check_interfaces(contract, findings);
  check_types(contract, findings);
  check_views(contract, findings);

  Verdict verdict{findings.take(), std::nullopt};
  for (Finding& finding : verdict.findings) say_who_inherits(contract, finding);
  warnings.apply(verdict.findings);
  if (std::ranges::find(verdict.findings, Severity::error, &Finding::severity) == verdict.findings.end())
    verdict.checked = Checked(std::move(contract));
  return verdict;
}

}  // namespace farcall
