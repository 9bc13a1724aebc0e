#include "frontend/spelling.h"

#include "frontend/ast_visitor.h"
#include "frontend/scope.h"

namespace farcall {
namespace {

/// Looks among the declarations that the spelling of a type names.
class NameFinder : public AstVisitor {
 public:
  explicit NameFinder(llvm::function_ref<bool(const clang::NamedDecl&)> wanted) : wanted_(wanted) {}

  bool found = false;

 private:
  bool visit_named(const clang::NamedDecl& declaration) override {
    found = wanted_(declaration);
    return !found;
  }

  llvm::function_ref<bool(const clang::NamedDecl&)> wanted_;
};

void replace_all(std::string& text, llvm::StringRef from, llvm::StringRef to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

clang::PrintingPolicy policy_of(const clang::ASTContext& context) {
  clang::PrintingPolicy policy = context.getPrintingPolicy();
  policy.SuppressInlineNamespace = 0;
  return policy;
}

/// Without the namespaces that standard libraries put between std and their names.
std::string without_versions(std::string text) {
  for (const char* version : {"__cxx11::", "__1::", "_V2::"}) replace_all(text, version, "");
  replace_all(text, "std::basic_string<char>", "std::string");
  return text;
}

/// What the type really is; its default template arguments are left out.
std::string canonical_text(clang::QualType type, const clang::ASTContext& context) {
  return without_versions(type.getCanonicalType().getAsString(policy_of(context)));
}

std::string written_text(clang::QualType type, const clang::ASTContext& context);

std::string template_text(const clang::TemplateSpecializationType& type, const clang::ASTContext& context) {
  std::string text = qualified_name(*type.getTemplateName().getAsTemplateDecl()) + "<";
  const char* separator = "";
  for (const clang::TemplateArgument& argument : type.template_arguments()) {
    text += separator;
    separator = ", ";
    if (argument.getKind() == clang::TemplateArgument::Type) {
      text += written_text(argument.getAsType(), context);
    } else {
      llvm::raw_string_ostream out(text);
      argument.print(policy_of(context), out, false);
    }
  }
  return text + ">";
}

bool is_in_specialization(const clang::NamedDecl& declaration) {
  return llvm::isa<clang::ClassTemplateSpecializationDecl>(declaration.getDeclContext());
}

/// As the user wrote it, but fully qualified. All that it names is accessible.
std::string written_text(clang::QualType type, const clang::ASTContext& context) {
  type = without_qualifier(type);
  const clang::Qualifiers qualifiers = type.getLocalQualifiers();
  if (qualifiers.hasConst() && !qualifiers.hasVolatile()) {
    const clang::QualType plain = type.getLocalUnqualifiedType();
    return type->isPointerType() ? written_text(plain, context) + " const" : "const " + written_text(plain, context);
  }
  const bool is_compound = type->isReferenceType() || type->isPointerType();
  if (is_compound && !type->getAs<clang::TypedefType>() && !type->getPointeeType()->isFunctionType() &&
      !type->getPointeeType()->isArrayType())
    return written_text(type->getPointeeType(), context) + (type->isPointerType()           ? "*"
                                                            : type->isLValueReferenceType() ? "&"
                                                                                            : "&&");
  if (const auto* alias = llvm::dyn_cast<clang::TypedefType>(type); alias && !is_in_specialization(*alias->getDecl()))
    return qualified_name(*alias->getDecl());
  if (const auto* used = llvm::dyn_cast<clang::UsingType>(type)) return qualified_name(declaration_of(*used));
  if (const auto* specialization = llvm::dyn_cast<clang::TemplateSpecializationType>(type);
      specialization && specialization->getTemplateName().getAsTemplateDecl())
    return template_text(*specialization, context);
  return canonical_text(type, context);
}

}  // namespace

std::string qualified_name(const clang::NamedDecl& declaration) {
  std::string name;
  llvm::raw_string_ostream out(name);
  declaration.printQualifiedName(out, policy_of(declaration.getASTContext()));
  return is_in_std(declaration) ? without_versions(std::move(name)) : name;
}

bool names(clang::QualType type, llvm::function_ref<bool(const clang::NamedDecl&)> wanted) {
  NameFinder finder(wanted);
  finder.walk(type);
  return finder.found;
}

bool is_accessible(clang::QualType type) {
  return !names(type,
                [](const clang::NamedDecl& each) { return each.isInAnonymousNamespace() || !is_accessible(each); });
}

std::string spell(clang::QualType type, const clang::ASTContext& context) {
  return is_accessible(type) ? written_text(type, context) : canonical_text(type, context);
}

}  // namespace farcall
