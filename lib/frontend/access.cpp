#include "frontend/access.h"

#include "frontend/spelling.h"

namespace farcall {
namespace {

bool is_access_declared(const Scope& scope, clang::SourceLocation before) {
  clang::ASTContext& context = scope.context;
  const clang::SourceManager& sources = scope.places.sources();
  for (const clang::NamedDecl* each : context.getTranslationUnitDecl()->lookup(&context.Idents.get("rpc"))) {
    const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(each);
    if (!space) continue;
    for (const clang::NamedDecl* found : space->lookup(&context.Idents.get("Access")))
      for (const clang::Decl* declaration : found->redecls())
        if (scope.is_visible(*declaration) && sources.isBeforeInTranslationUnit(declaration->getLocation(), before))
          return true;
  }
  return false;
}

/// Of the declaration at the top of the file that has everything else around it: a namespace, or itself.
clang::SourceLocation outermost_begin(const Scope& scope, const clang::CXXRecordDecl& definition) {
  const clang::Decl* outermost = &definition;
  while (!outermost->getLexicalDeclContext()->isTranslationUnit())
    outermost = llvm::cast<clang::Decl>(outermost->getLexicalDeclContext());
  if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(outermost))
    if (const clang::ClassTemplateDecl* pattern = record->getDescribedClassTemplate()) outermost = pattern;
  const clang::RawComment* comment = scope.context.getRawCommentForDeclNoCache(outermost);
  return comment ? comment->getBeginLoc() : outermost->getBeginLoc();
}

/// The blanks its line begins with.
std::string indentation_of(const clang::SourceManager& sources, clang::SourceLocation place) {
  const auto [file, offset] = sources.getDecomposedLoc(place);
  const llvm::StringRef text = sources.getBufferData(file);
  const llvm::StringRef line = text.take_front(offset).drop_front(text.take_front(offset).rfind('\n') + 1);
  return line.take_while([](char character) { return character == ' ' || character == '\t'; }).str();
}

bool ends_its_line(const clang::SourceManager& sources, const SourceRef& point, clang::FileID file) {
  const llvm::StringRef rest = sources.getBufferData(file).drop_front(point.begin);
  return rest.take_until([](char character) { return character == '\n'; }).trim().empty();
}

}  // namespace

bool befriends_access(const clang::CXXRecordDecl& definition) {
  return llvm::any_of(definition.friends(), [](const clang::FriendDecl* each) {
    const clang::TypeSourceInfo* type = each->getFriendType();
    const clang::CXXRecordDecl* record = type ? type->getType()->getAsCXXRecordDecl() : nullptr;
    return record && qualified_name(*record) == "rpc::Access";
  });
}

std::vector<Edit> befriending_edits(Scope& scope, const clang::CXXRecordDecl& definition) {
  const clang::CXXRecordDecl* written = definition.getTemplateInstantiationPattern();
  const clang::CXXRecordDecl& record = written ? *written : definition;
  const clang::SourceLocation brace = record.getBraceRange().getBegin();
  const clang::SourceLocation outermost = outermost_begin(scope, record);
  if (!brace.isFileID() || !outermost.isFileID()) return {};
  const clang::SourceManager& sources = scope.places.sources();
  SourceRef inside = scope.places.of(brace);
  inside.begin = inside.end;
  ++inside.column;
  const std::string line = "friend struct rpc::Access;";
  std::vector<Edit> edits = {{inside, " " + line}};
  if (ends_its_line(sources, inside, sources.getFileID(brace)))
    edits[0].text = "\n" + indentation_of(sources, record.getBeginLoc()) + "  " + line;
  if (!is_access_declared(scope, record.getLocation())) {
    SourceRef before = scope.places.of(outermost);
    before.end = before.begin;
    edits.push_back({before, "namespace rpc {\nstruct Access;\n}\n\n"});
  }
  return edits;
}

}  // namespace farcall
