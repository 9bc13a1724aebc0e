// A change of a header that its author may want, and what has to change along with it.
//
//   Refactoring change{.fix = {.title = "make 'history' async", .edits = edits}};
//   make_good(change, contract, changed_contract, file);
//   if (change.obstacle.empty()) offer(change.fix); else show_disabled(change.fix.title, change.obstacle);
#pragma once

#include <functional>
#include <string>

#include "model/contract.h"
#include "model/finding.h"
#include "model/source.h"

namespace farcall::lsp {

struct Refactoring {
  Fix fix;               ///< its edits are in the header alone
  std::string obstacle;  ///< why it cannot be, to be shown; empty: it can
};

/// Takes in what the rules want changed along with it. If they forbid it, what they say is the obstacle. `after` is
/// what the contract would be; new attributes in it have no place of their own, so that no fix edits them. `file` is
/// the header.
void make_good(Refactoring& change, const Contract& before, Contract after, const SourceFile& file);

/// The contract with the method changed wherever it is inherited.
Contract with_method(Contract contract, const Method& method, const std::function<void(Method&)>& change);

/// An attribute of a contract that has it only in mind.
Attribute imagined(AttributeKind kind, const std::string& argument, const SourceRef& where);

}  // namespace farcall::lsp
