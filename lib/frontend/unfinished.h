// Classes of the header that are on their way to serve an interface: what they lack.
//
//   if (lacks_methods(*declaration, scope)) contract.unfinished.push_back(read_unfinished(*declaration, scope));
#pragma once

#include "frontend/scope.h"
#include "model/contract.h"

namespace farcall {

/// Whether it is the definition of a class that derives from an interface, or from what is generated for one, is none
/// itself, and has pure methods left.
bool lacks_methods(const clang::CXXRecordDecl& declaration, const Scope& scope);

/// All but the types in its scope. What it names does not become part of the contract.
Unfinished read_unfinished(const clang::CXXRecordDecl& definition, Scope& scope);

}  // namespace farcall
