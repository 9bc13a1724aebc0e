// What a method could be instead: how the attribute of its mode is written, and whether the rules allow it. The
// contract is judged as it would be, so nothing is parsed for this.
//
//   for (const ModeChange& each : mode_changes(outcome.contract, interface, method, file))
//     if (each.obstacle.empty()) offer(each.fix);
#pragma once

#include <string>
#include <vector>

#include "model/contract.h"
#include "model/finding.h"

namespace farcall::lsp {

struct ModeChange {
  Fix fix;               ///< "make 'history' async": the attribute, and what the rules want changed along with it
  std::string obstacle;  ///< why it cannot be, as a finding says it; empty: it can
};

/// To each of the other modes. `interface` and `method` are of the contract, `file` is the header they are written in.
std::vector<ModeChange> mode_changes(const Contract& contract, const Interface& interface, const Method& method,
                                     const SourceFile& file);

}  // namespace farcall::lsp
