// What a method could be instead: one that waits, async, maybe, a message.
//
//   for (const Refactoring& each : mode_changes(contract, interface, method, file)) …   // make 'history' async
#pragma once

#include <vector>

#include "lsp/refactoring.h"

namespace farcall::lsp {

/// To each of the other modes. `interface` and `method` are of the contract, `file` is the header they are written in.
std::vector<Refactoring> mode_changes(const HeaderNow& header, const Interface& interface, const Method& method);

}  // namespace farcall::lsp
