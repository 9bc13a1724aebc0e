// Says in words what an attribute stands on, for those that stand where none may.
//
//   describe_place(*constructor)       // "a constructor"
#pragma once

#include <string>

#include "frontend/clang_compat.h"

namespace farcall {

/// What a declaration is, with its article.
std::string describe_place(const clang::Decl& declaration);

}  // namespace farcall
