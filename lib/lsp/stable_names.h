// Names on the wire that stay when the C++ name changes: rpc::name with the present one.
//
//   for (const Refactoring& each : stable_names(contract, is_asked_for, file)) …   // give 'history' a stable name
#pragma once

#include <functional>
#include <vector>

#include "lsp/refactoring.h"

namespace farcall::lsp {

/// For all that travels under its C++ name and whose name `is_asked_for`.
std::vector<Refactoring> stable_names(const HeaderNow& header,
                                      const std::function<bool(const SourceRef& name)>& is_asked_for);

}  // namespace farcall::lsp
