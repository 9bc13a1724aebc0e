// What a T& carries back, as a result: `void read(int id, Reading& out)` becomes `Reading read(int id)`.
//
//   for (const Refactoring& each : returned_outputs(contract, method, file)) …   // return 'out' from 'read'
#pragma once

#include <vector>

#include "lsp/refactoring.h"

namespace farcall::lsp {

/// One for each T& of the method through which a value comes back. Where a value also goes to the server, the parameter
/// stays, by value. `file` is the header the method is written in.
std::vector<Refactoring> returned_outputs(const HeaderNow& header, const Method& method);

}  // namespace farcall::lsp
