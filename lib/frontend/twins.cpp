#include "frontend/twins.h"

#include "frontend/attributes.h"
#include "frontend/interfaces.h"
#include "model/meaning.h"
#include "model/names.h"

namespace farcall {
namespace {

using Classes = llvm::SmallVector<const clang::CXXRecordDecl*, 8>;

bool has_methods(const Classes& classes) {
  return llvm::any_of(classes, [](const clang::CXXRecordDecl* each) {
    return llvm::any_of(each->decls(), [](const clang::Decl* member) {
      const auto* as_template = llvm::dyn_cast<clang::FunctionTemplateDecl>(member);
      const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(as_template ? as_template->getTemplatedDecl() : member);
      return method && can_be_remote(*method);
    });
  });
}

/// Nothing is generated for instances of a template.
bool has_twin(const clang::CXXRecordDecl& definition, Scope& scope) {
  return !llvm::isa<clang::ClassTemplateSpecializationDecl>(definition) &&
         llvm::any_of(definition.redecls(), [&](const clang::TagDecl* each) {
           return has(attributes_of(*each, scope.places), AttributeKind::async_uuid);
         });
}

/// Twins alone have a constant of that name and type.
bool is_generated_twin(const clang::CXXRecordDecl& definition) {
  return llvm::any_of(definition.decls(), [](const clang::Decl* member) {
    const auto* constant = llvm::dyn_cast<clang::VarDecl>(member);
    const auto* type = constant ? constant->getType()->getAsCXXRecordDecl() : nullptr;
    return type && constant->getName() == "uuid" && type->getQualifiedNameAsString() == "rpc::Uuid";
  });
}

TwinBase twin_base(const clang::CXXRecordDecl& definition, bool is_virtual, Scope& scope) {
  Interface base{.name = definition.getNameAsString()};
  read_contexts(definition, base);
  TwinBase made{.twin = qualify(base, twin_name(base)), .is_virtual = is_virtual};
  if (!scope.in_header(definition)) made.header = scope.places.of(definition.getLocation()).file;
  return made;
}

}  // namespace

void read_twin_base(const clang::CXXBaseSpecifier& base, Scope& scope, Interface& interface) {
  const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
  if (!base_class || !base_class->hasDefinition() || is_in_std(*base_class)) return;
  const clang::CXXRecordDecl& definition = *base_class->getDefinition();
  Classes classes;
  gather_classes(definition, classes);
  if (llvm::any_of(classes, [](const clang::CXXRecordDecl* each) { return is_generated_twin(*each); }))
    interface.bases_as_twins.push_back(interface.bases.back());
  else if (has_twin(definition, scope))
    interface.twin_bases.push_back(twin_base(definition, base.isVirtual(), scope));
  else if (has_methods(classes))
    interface.bases_without_twin.push_back(interface.bases.back());
}

}  // namespace farcall
