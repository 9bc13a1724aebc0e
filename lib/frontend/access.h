// rpc::Access, the friend that a class names so that its private members may travel.
//
//   if (!befriends_access(record)) edits = befriending_edits(scope, record);
#pragma once

#include <vector>

#include "frontend/scope.h"
#include "model/source.h"

namespace farcall {

/// Whether the definition has `friend struct rpc::Access;`.
bool befriends_access(const clang::CXXRecordDecl& definition);

/// Writes that line at the top of the class, and a declaration of rpc::Access before everything around it unless one is
/// there. Empty for a class that a macro makes.
std::vector<Edit> befriending_edits(Scope& scope, const clang::CXXRecordDecl& definition);

}  // namespace farcall
