#include "frontend/clang_compat.h"

namespace farcall {

#if CLANG_VERSION_MAJOR >= 22

clang::QualType without_qualifier(clang::QualType type) { return type; }

clang::TypeLoc qualified_in(clang::TypeLoc) { return {}; }

clang::CanQualType canonical_type(const clang::TagDecl& declaration) {
  return declaration.getASTContext().getCanonicalTagType(&declaration);
}

const clang::NamedDecl& declaration_of(const clang::UsingType& type) { return *type.getDecl(); }

unsigned bit_width(const clang::FieldDecl& bit_field) { return bit_field.getBitWidthValue(); }

clang::QualType specialization_of(clang::Sema& sema, clang::TemplateName pattern, clang::SourceLocation where,
                                  clang::TemplateArgumentListInfo& arguments) {
  return sema.CheckTemplateIdType(clang::ElaboratedTypeKeyword::None, pattern, where, arguments, nullptr, false);
}

std::unique_ptr<clang::CompilerInstance> make_compiler(std::shared_ptr<clang::CompilerInvocation> invocation,
                                                       std::shared_ptr<clang::PCHContainerOperations> containers,
                                                       clang::FileManager& files,
                                                       clang::DiagnosticConsumer& diagnostics) {
  auto compiler = std::make_unique<clang::CompilerInstance>(std::move(invocation), std::move(containers));
  compiler->setVirtualFileSystem(files.getVirtualFileSystemPtr());
  compiler->setFileManager(&files);
  compiler->createDiagnostics(&diagnostics, /*ShouldOwnClient=*/false);
  compiler->createSourceManager();
  return compiler;
}

#else

clang::QualType without_qualifier(clang::QualType type) {
  while (const auto* elaborated = llvm::dyn_cast<clang::ElaboratedType>(type))
    type = elaborated->getNamedType().withFastQualifiers(type.getLocalFastQualifiers());
  return type;
}

clang::TypeLoc qualified_in(clang::TypeLoc location) {
  const auto elaborated = location.getAs<clang::ElaboratedTypeLoc>();
  return elaborated ? elaborated.getNamedTypeLoc() : clang::TypeLoc();
}

clang::CanQualType canonical_type(const clang::TagDecl& declaration) {
  const clang::ASTContext& context = declaration.getASTContext();
  return context.getCanonicalType(context.getTypeDeclType(&declaration));
}

const clang::NamedDecl& declaration_of(const clang::UsingType& type) { return *type.getFoundDecl(); }

unsigned bit_width(const clang::FieldDecl& bit_field) { return bit_field.getBitWidthValue(bit_field.getASTContext()); }

clang::QualType specialization_of(clang::Sema& sema, clang::TemplateName pattern, clang::SourceLocation where,
                                  clang::TemplateArgumentListInfo& arguments) {
  return sema.CheckTemplateIdType(pattern, where, arguments);
}

std::unique_ptr<clang::CompilerInstance> make_compiler(std::shared_ptr<clang::CompilerInvocation> invocation,
                                                       std::shared_ptr<clang::PCHContainerOperations> containers,
                                                       clang::FileManager& files,
                                                       clang::DiagnosticConsumer& diagnostics) {
  auto compiler = std::make_unique<clang::CompilerInstance>(std::move(containers));
  compiler->setInvocation(std::move(invocation));
  compiler->setFileManager(&files);
  compiler->createDiagnostics(&diagnostics, /*ShouldOwnClient=*/false);
  compiler->createSourceManager(files);
  return compiler;
}

#endif

}  // namespace farcall

#if CLANG_VERSION_MAJOR < 22 && defined(__SANITIZE_ADDRESS__)
/// Called by LeakSanitizer. Clang 19 keeps notes on failed template argument deduction in memory whose destructors
/// never run; more of the stack than this is not seen without frame pointers.
extern "C" [[gnu::visibility("default")]] const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:llvm::SmallVectorBase\n"; }
#endif
