#include "frontend/spelling.h"

#include "frontend/scope.h"

namespace farcall {
namespace {

/// Looks for something in a type that generated code could not name.
class InaccessibleFinder : public clang::ConstDynamicRecursiveASTVisitor {
 public:
  bool found = false;

  bool VisitTypedefType(const clang::TypedefType* type) override { return look(type->getDecl()); }
  bool VisitTagType(const clang::TagType* type) override { return look(type->getDecl()); }
  bool VisitUsingType(const clang::UsingType* type) override { return look(type->getDecl()); }
  bool VisitTemplateSpecializationType(const clang::TemplateSpecializationType* type) override {
    return look(type->getTemplateName().getAsTemplateDecl());
  }

 private:
  bool look(const clang::NamedDecl* declaration) {
    found = declaration && !is_accessible(*declaration);
    return !found;
  }
};

void replace_all(std::string& text, llvm::StringRef from, llvm::StringRef to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

bool is_accessible(clang::QualType type) {
  InaccessibleFinder finder;
  finder.TraverseType(type);
  return !finder.found;
}

std::string spell(clang::QualType type, const clang::ASTContext& context) {
  if (const auto* substituted = llvm::dyn_cast<clang::SubstTemplateTypeParmType>(type.getTypePtr()))
    type = context.getQualifiedType(substituted->getReplacementType(), type.getQualifiers());
  if (!is_accessible(type)) type = type.getCanonicalType();
  std::string text = clang::TypeName::getFullyQualifiedName(type, context, context.getPrintingPolicy());
  replace_all(text, "std::basic_string<char>", "std::string");
  return text;
}

}  // namespace farcall
