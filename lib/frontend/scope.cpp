#include "frontend/scope.h"

namespace farcall {

bool Scope::in_header(clang::SourceLocation place) const {
  const clang::SourceManager& sources = places.sources();
  return place.isValid() && sources.getFileID(sources.getFileLoc(place)) == header.file;
}

bool Scope::in_header(const clang::Decl& declaration) const { return in_header(declaration.getLocation()); }

bool Scope::is_visible(const clang::Decl& declaration) const {
  if (header.reaches.empty()) return true;
  const clang::SourceManager& sources = places.sources();
  const clang::FileID file = sources.getFileID(sources.getFileLoc(declaration.getLocation()));
  return header.reaches.contains(sources.getFileEntryForID(file));
}

std::string Scope::qualified_name(const clang::NamedDecl& declaration) const {
  std::string name;
  llvm::raw_string_ostream out(name);
  clang::PrintingPolicy policy = context.getPrintingPolicy();
  policy.SuppressInlineNamespace =
      llvm::to_underlying(is_in_std(declaration) ? clang::PrintingPolicy::SuppressInlineNamespaceMode::All
                                                         : clang::PrintingPolicy::SuppressInlineNamespaceMode::None);
  declaration.printQualifiedName(out, policy);
  return name;
}

std::string Scope::doc_of(const clang::Decl& declaration) const {
  const clang::RawComment* comment = context.getRawCommentForDeclNoCache(&declaration);
  return comment ? comment->getFormattedText(places.sources(), context.getDiagnostics()) : std::string();
}

bool is_in_std(const clang::Decl& declaration) {
  const clang::DeclContext* outermost = nullptr;
  for (const clang::DeclContext* each = declaration.getDeclContext(); !each->isTranslationUnit(); each = each->getParent())
    outermost = each;
  const auto* space = llvm::dyn_cast_or_null<clang::NamespaceDecl>(outermost);
  return space && space->isStdNamespace();
}

bool is_accessible(const clang::NamedDecl& declaration) {
  const clang::Decl* current = &declaration;
  while (const auto* parent = llvm::dyn_cast_or_null<clang::RecordDecl>(current->getDeclContext())) {
    if (current->getAccess() == clang::AS_private || current->getAccess() == clang::AS_protected) return false;
    current = parent;
  }
  return !current->getDeclContext()->isFunctionOrMethod();
}

}  // namespace farcall
