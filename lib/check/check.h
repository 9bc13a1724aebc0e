// check: judges a whole Contract. It finds everything at once, and only a contract without errors becomes a Checked,
// which is all that plan accepts. So the steps behind it have no error path.
//
//   Verdict verdict = check(std::move(contract));
//   if (verdict.checked) plan(*verdict.checked, options);     // findings may still hold warnings
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "check/warnings.h"
#include "model/contract.h"
#include "model/finding.h"

namespace farcall {

struct Verdict;

/// A contract in which check found no error. Only check makes one.
///
/// What it promises: every attribute is known, in its place and has valid arguments; every remote method is a plain,
/// named one with a wire name of its own, a result by value and parameters whose types can travel;
/// maybe methods have no outputs; generated names are free; no interface is a template, hidden or without methods.
class Checked {
 public:
  [[nodiscard]] const Contract& contract() const { return contract_; }

 private:
  explicit Checked(Contract contract) : contract_(std::move(contract)) {}
  friend Verdict check(Contract contract, const Warnings& warnings);

  Contract contract_;
};

struct Verdict {
  std::vector<Finding> findings;   ///< sorted by place, none twice
  std::optional<Checked> checked;  ///< there, unless a finding is an error
};

Verdict check(Contract contract, const Warnings& warnings = {});

}  // namespace farcall
