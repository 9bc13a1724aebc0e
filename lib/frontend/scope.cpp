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

bool Scope::is_in_system_folder(clang::SourceLocation place) const {
  const clang::SourceManager& sources = places.sources();
  const auto file = sources.getFileEntryRefForID(sources.getFileID(sources.getFileLoc(place)));
  clang::HeaderSearch& search = sema.getPreprocessor().getHeaderSearchInfo();
  return file && search.getFileDirFlavor(*file) != clang::SrcMgr::C_User;
}

std::string Scope::doc_of(const clang::Decl& declaration) const {
  const clang::RawComment* comment = context.getRawCommentForAnyRedecl(&declaration);
  return comment ? comment->getFormattedText(places.sources(), context.getDiagnostics()) : std::string();
}

void Scope::name(const clang::NamedDecl& declaration) {
  names_deprecated = names_deprecated || is_deprecated(declaration);
}

bool is_deprecated(const clang::NamedDecl& declaration) {
  const clang::Decl* each = &declaration;
  while (each && !each->isDeprecated())
    each = each->getDeclContext() ? llvm::cast<clang::Decl>(each->getDeclContext()) : nullptr;
  return each != nullptr;
}

bool is_in_std(const clang::Decl& declaration) {
  const clang::NamespaceDecl* outermost = nullptr;  // perhaps in an extern "C++"
  for (const clang::DeclContext* each = declaration.getDeclContext(); each; each = each->getParent())
    if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(each)) outermost = space;
  return outermost && outermost->getName() == "std";
}

bool is_accessible(const clang::NamedDecl& declaration) {
  const auto* tag = llvm::dyn_cast<clang::TagDecl>(&declaration);
  if (tag && !tag->getDeclName() && !tag->getTypedefNameForAnonDecl()) return false;
  const clang::Decl* current = &declaration;
  while (const auto* parent = llvm::dyn_cast_or_null<clang::RecordDecl>(current->getDeclContext())) {
    if (current->getAccess() == clang::AS_private || current->getAccess() == clang::AS_protected) return false;
    current = parent;
  }
  return !current->getDeclContext()->isFunctionOrMethod();
}

}  // namespace farcall
