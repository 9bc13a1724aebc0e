#include "frontend/value_traits.h"

namespace farcall {
namespace {

bool is_usable(const clang::CXXMethodDecl& member) {
  return !member.isDeleted() && member.getAccess() == clang::AS_public;
}

bool is_movable(const clang::CXXRecordDecl& definition, clang::Sema& sema) {
  // Members that the class does not declare are made only when something asks for them.
  sema.ForceDeclarationOfImplicitMembers(const_cast<clang::CXXRecordDecl*>(&definition));
  const bool constructs = llvm::any_of(
      definition.ctors(), [](const auto* each) { return each->isCopyOrMoveConstructor() && is_usable(*each); });
  return constructs && llvm::any_of(definition.methods(), [](const auto* each) {
           return (each->isCopyAssignmentOperator() || each->isMoveAssignmentOperator()) && is_usable(*each);
         });
}

/// Of a member or base: other types than classes are.
bool is_movable(clang::QualType type, clang::Sema& sema) {
  const clang::CXXRecordDecl* part = type->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
  return !part || !part->hasDefinition() || is_movable(*part->getDefinition(), sema);
}

}  // namespace

bool forbids_moving(const clang::CXXRecordDecl& definition, clang::Sema& sema) {
  return !is_movable(definition, sema) &&
         llvm::all_of(definition.fields(), [&](const auto* each) { return is_movable(each->getType(), sema); }) &&
         llvm::all_of(definition.bases(), [&](const auto& each) { return is_movable(each.getType(), sema); });
}

bool is_copied_bytewise(const clang::CXXRecordDecl& definition) {
  if (!definition.isTriviallyCopyable()) return false;
  if (definition.needsImplicitCopyConstructor()) return !definition.defaultedCopyConstructorIsDeleted();
  return llvm::any_of(definition.ctors(),
                      [](const auto* each) { return each->isCopyConstructor() && is_usable(*each); });
}

}  // namespace farcall
