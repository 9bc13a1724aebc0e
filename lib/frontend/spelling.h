// How generated code, which stands outside of the user's classes, writes a type.
//
//   spell(type, context)         // "std::vector<home::Reading>", "home::SensorId"
#pragma once

#include <string>

#include "frontend/clang_compat.h"

namespace farcall {

/// Fully qualified. Aliases are kept where code outside of all classes may use them; otherwise what they stand for.
std::string spell(clang::QualType type, const clang::ASTContext& context);

/// "home::v1::Reading": with inline namespaces, but for those the standard library hides its versions in.
std::string qualified_name(const clang::NamedDecl& declaration);

/// Whether one of the declarations that the type as written names is wanted.
bool names(clang::QualType type, llvm::function_ref<bool(const clang::NamedDecl&)> wanted);

/// Whether all that the type as written names is accessible from outside of all classes.
bool is_accessible(clang::QualType type);

}  // namespace farcall
