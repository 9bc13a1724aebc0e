// What the bases of a class mean to its asynchronous twin.
//
//   for (const clang::CXXBaseSpecifier& base : definition.bases()) read_twin_base(base, scope, interface);
#pragma once

#include "frontend/scope.h"
#include "model/contract.h"

namespace farcall {

/// Puts the last of interface.bases, which is `base`, also where it belongs of twin_bases, bases_without_twin and
/// bases_as_twins.
void read_twin_base(const clang::CXXBaseSpecifier& base, Scope& scope, Interface& interface);

}  // namespace farcall
