// Types that a server can call back through, and the parameters that have them.
//
//   rpc::Reply<int>, std::function<void(rpc::Result<int>)>     // both: {HandleForm, int}
#pragma once

#include <optional>

#include "frontend/types.h"
#include "model/contract.h"

namespace farcall {

/// Nothing if the type is none of them.
std::optional<Completion> completion_of(clang::QualType type, TypeReader& types);

/// What it is to those who do not know that it is a handle: its attribute is missing, or it is not alone.
Type handle_type(clang::QualType type, const clang::ASTContext& context);

/// Takes the handle out of the parameters, and has the method give what that carries.
void take_handle(Method& method);

}  // namespace farcall
