#include "frontend/strays.h"

#include "frontend/interfaces.h"

namespace farcall {
namespace {

std::string describe_method(const clang::CXXMethodDecl& method) {
  if (llvm::isa<clang::CXXConstructorDecl>(method)) return "a constructor";
  if (llvm::isa<clang::CXXDestructorDecl>(method)) return "a destructor";
  if (method.getParent()->isLambda()) return "a lambda";
  if (method.getFriendObjectKind() != clang::Decl::FOK_None) return "a friend function";
  if (method.isStatic()) return "a static method";
  if (method.isDeleted()) return "a deleted method";
  if (llvm::isa<clang::CXXConversionDecl>(method) || method.isOverloadedOperator()) return "an operator";
  if (method.getAccess() == clang::AS_private) return "a private method";
  if (method.getAccess() == clang::AS_protected) return "a protected method";
  return "a method";
}

std::string describe_function(const clang::FunctionDecl& function) {
  if (const auto* method = llvm::dyn_cast<clang::CXXMethodDecl>(&function)) return describe_method(*method);
  return function.getFriendObjectKind() != clang::Decl::FOK_None ? "a friend function" : "a free function";
}

std::string describe_variable(const clang::VarDecl& variable) {
  if (const auto* parameter = llvm::dyn_cast<clang::ParmVarDecl>(&variable)) {
    const auto* function = llvm::dyn_cast_or_null<clang::FunctionDecl>(parameter->getDeclContext());
    return function ? "a parameter of " + describe_function(*function) : "a parameter of a function type";
  }
  if (variable.isStaticDataMember()) return "a static data member";
  return variable.isLocalVarDecl() ? "a local variable" : "a variable";
}

}  // namespace

std::string describe_place(const clang::Decl& declaration) {
  if (const auto* function = llvm::dyn_cast<clang::FunctionDecl>(&declaration)) return describe_function(*function);
  if (const auto* variable = llvm::dyn_cast<clang::VarDecl>(&declaration)) return describe_variable(*variable);
  if (const auto* field = llvm::dyn_cast<clang::FieldDecl>(&declaration)) {
    const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(field->getParent());
    return record && is_interface(*record) ? "a data member of an interface" : "a data member";
  }
  if (const auto* tag = llvm::dyn_cast<clang::TagDecl>(&declaration))
    return tag->isEnum() ? "an enum" : tag->isUnion() ? "a union" : "a class";
  if (llvm::isa<clang::EnumConstantDecl>(declaration)) return "an enumerator";
  if (llvm::isa<clang::NamespaceDecl, clang::NamespaceAliasDecl>(declaration)) return "a namespace";
  if (llvm::isa<clang::TypedefNameDecl>(declaration)) return "a type alias";
  if (declaration.isTemplateParameter()) return "a template parameter";
  if (llvm::isa<clang::UsingDecl, clang::UsingDirectiveDecl, clang::UsingEnumDecl>(declaration))
    return "a using declaration";
  if (llvm::isa<clang::EmptyDecl>(declaration)) return "an empty declaration";
  return "a declaration of another kind";
}

}  // namespace farcall
