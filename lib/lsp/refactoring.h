// A change of a header that its author may want, and what has to change along with it.
//
//   Refactoring change{.fix = {.title = "make 'history' async", .edits = edits}};
//   make_good(change, header, changed_contract);
//   if (change.obstacle.empty()) offer(change.fix); else show_disabled(change.fix.title, change.obstacle);
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/contract.h"
#include "model/finding.h"
#include "model/source.h"

namespace farcall::lsp {

/// The header as it is. Refers to what others keep.
struct HeaderNow {
  const Contract& contract;
  const std::vector<Finding>& findings;
  const SourceFile& file;
};

struct Refactoring {
  Fix fix;               ///< its edits are in the header alone
  std::string obstacle;  ///< why it cannot be, to be shown; empty: it can
};

/// Takes in what the rules want changed along with it. If they forbid it, what they say is the obstacle. `after` is
/// what the contract would be; new attributes in it have no place of their own, so that no fix edits them.
void make_good(Refactoring& change, const HeaderNow& header, Contract after);

/// The contract with the method changed wherever it is inherited.
Contract with_method(Contract contract, const Method& method, const std::function<void(Method&)>& change);

/// An attribute of a contract that has it only in mind.
Attribute imagined(AttributeKind kind, const std::string& argument, const SourceRef& where);

}  // namespace farcall::lsp
