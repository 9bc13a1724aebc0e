#include "frontend/unfinished.h"

#include "frontend/interfaces.h"
#include "frontend/types.h"

namespace farcall {
namespace {

/// In a file of generated code, as the service and the twin are.
bool is_generated(const clang::CXXRecordDecl& declaration, const Scope& scope) {
  const clang::SourceManager& sources = scope.places.sources();
  return sources.getFilename(sources.getExpansionLoc(declaration.getLocation())).ends_with(".rpc.h");
}

/// The specifier or brace that ends the last public part; invalid: there is none.
clang::SourceLocation end_of_public_part(const clang::CXXRecordDecl& definition) {
  clang::SourceLocation end;
  bool is_public = !definition.isClass();
  for (const clang::Decl* each : definition.decls()) {
    const auto* specifier = llvm::dyn_cast<clang::AccessSpecDecl>(each);
    if (!specifier) continue;
    if (is_public) end = specifier->getAccessSpecifierLoc();
    is_public = each->getAccess() == clang::AS_public;
  }
  return is_public ? definition.getBraceRange().getEnd() : end;
}

}  // namespace

bool lacks_methods(const clang::CXXRecordDecl& declaration, const Scope& scope) {
  if (declaration.getDefinition() != &declaration || declaration.isDependentContext()) return false;
  if (!declaration.isAbstract() || !declaration.getDeclName() || is_interface(declaration)) return false;
  llvm::SmallVector<const clang::CXXRecordDecl*, 8> classes;
  gather_classes(declaration, classes);
  return llvm::any_of(classes, [&](const clang::CXXRecordDecl* each) {
    return each != &declaration && (is_interface(*each) || is_generated(*each, scope));
  });
}

Unfinished read_unfinished(const clang::CXXRecordDecl& definition, Scope& scope) {
  const bool names_deprecated = scope.names_deprecated;
  TypeReader types(scope);
  Unfinished made{.type = InterfaceReader(scope, types).read(definition)};
  scope.names_deprecated = names_deprecated;
  if (const clang::SourceLocation end = end_of_public_part(definition); end.isValid())
    made.public_end = scope.places.of(end);
  return made;
}

}  // namespace farcall
