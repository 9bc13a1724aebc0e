// What can be made of the interfaces, methods, parameters and fields of a header.
//
//   for (const Refactoring& each : refactorings_at(*state, range)) offer(each);
#pragma once

#include <vector>

#include "lsp/header_state.h"
#include "lsp/positions.h"
#include "lsp/refactoring.h"

namespace farcall::lsp {

/// Those of what is written in this header, and declared where the range is. `state` has an outcome.
std::vector<Refactoring> refactorings_at(const HeaderState& state, Range range);

}  // namespace farcall::lsp
