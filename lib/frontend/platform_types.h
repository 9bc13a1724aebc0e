// Finds types whose width or meaning is another on other platforms, as they are written: std::size_t is found and
// std::int64_t is not, though both may be names of `long`.
//
//   platform_types(scope, parameter.getTypeSourceInfo())   // {{"long", "std::int64_t", …}}
#pragma once

#include <vector>

#include "frontend/scope.h"
#include "model/contract.h"

namespace farcall {

/// All of one declared type, template arguments included. Where it uses an alias of the user's, they stand in the
/// alias.
std::vector<PlatformType> platform_types(Scope& scope, clang::TypeLoc declared);

}  // namespace farcall
