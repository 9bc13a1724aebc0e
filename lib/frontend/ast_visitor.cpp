#include "frontend/ast_visitor.h"

#include <clang/AST/RecursiveASTVisitor.h>

#include <vector>

namespace farcall {

class AstVisitor::Walker : public clang::RecursiveASTVisitor<Walker> {
 public:
  explicit Walker(AstVisitor& visitor) : visitor_(visitor) {}

  /// Only what is declared in it. So nothing is compiled for all the kinds of statements there are.
  bool TraverseStmt(clang::Stmt* each) {
    if (!each) return true;
    if (const auto* statement = llvm::dyn_cast<clang::DeclStmt>(each))
      return llvm::all_of(statement->decls(), [this](clang::Decl* declared) { return TraverseDecl(declared); });
    return llvm::all_of(each->children(), [this](clang::Stmt* part) { return TraverseStmt(part); });
  }

  bool VisitDecl(clang::Decl* each) { return visitor_.visit(*each); }
  bool VisitTypeLoc(clang::TypeLoc each) {
    if (llvm::is_contained(visited_, each)) return true;
    if (const clang::TypeLoc name = qualified_in(each); !name.isNull()) visited_.push_back(name);
    return visitor_.visit(each);
  }
  bool VisitTypedefType(clang::TypedefType* each) { return visitor_.visit_named(*each->getDecl()); }
  bool VisitTagType(clang::TagType* each) { return visitor_.visit_named(*each->getDecl()); }
  bool VisitUsingType(clang::UsingType* each) { return visitor_.visit_named(declaration_of(*each)); }
  bool VisitTemplateSpecializationType(clang::TemplateSpecializationType* each) {
    const clang::TemplateDecl* pattern = each->getTemplateName().getAsTemplateDecl();
    return !pattern || visitor_.visit_named(*pattern);
  }

 private:
  AstVisitor& visitor_;
  std::vector<clang::TypeLoc> visited_;  // along with what qualifies them
};

bool AstVisitor::walk(const clang::Decl& declaration) {
  return Walker(*this).TraverseDecl(const_cast<clang::Decl*>(&declaration));
}

bool AstVisitor::walk(clang::QualType type) { return Walker(*this).TraverseType(type); }

bool AstVisitor::walk(clang::TypeLoc location) { return Walker(*this).TraverseTypeLoc(location); }

}  // namespace farcall
