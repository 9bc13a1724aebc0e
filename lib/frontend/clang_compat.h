// Clang's headers as the frontend and the driver use them, and the one place that knows Clang's version: 22, or 19. A
// file that includes this needs no other Clang header; it is precompiled.
//
// What differs is behind the project's only `#if CLANG_VERSION_MAJOR`, written as the newest version has it.
#pragma once

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/ASTContext.h>
#include <clang/AST/Attr.h>
#include <clang/AST/CXXInheritance.h>
#include <clang/AST/DeclCXX.h>
#include <clang/AST/DeclFriend.h>
#include <clang/AST/DeclTemplate.h>
#include <clang/AST/Expr.h>
#include <clang/AST/QualTypeNames.h>
#include <clang/AST/RecordLayout.h>
#include <clang/Basic/Diagnostic.h>
#include <clang/Basic/SourceManager.h>
#include <clang/Basic/Version.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Lex/Lexer.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Sema/Lookup.h>
#include <clang/Sema/ParsedAttr.h>
#include <clang/Sema/Sema.h>

#if CLANG_VERSION_MAJOR >= 22
#include <clang/Options/Options.h>
#else
#include <clang/Driver/Options.h>
#endif

static_assert(CLANG_VERSION_MAJOR == 22 || CLANG_VERSION_MAJOR == 19, "Farcall is written for Clang 22 and 19");

namespace farcall {

#if CLANG_VERSION_MAJOR >= 22
namespace driver_options = clang::options;
using clang::getDriverOptTable;
#else
namespace driver_options = clang::driver::options;
using clang::driver::getDriverOptTable;
#endif

/// The type as named, without a node of its own for what qualifies the name.
clang::QualType without_qualifier(clang::QualType type);

/// The name itself, where what qualifies it has a node around that of the name; else null.
clang::TypeLoc qualified_in(clang::TypeLoc location);

clang::CanQualType canonical_type(const clang::TagDecl& declaration);

const clang::NamedDecl& declaration_of(const clang::UsingType& type);

unsigned bit_width(const clang::FieldDecl& bit_field);

/// The specialisation of a template, null if there is none.
clang::QualType specialization_of(clang::Sema& sema, clang::TemplateName pattern, clang::SourceLocation where,
                                  clang::TemplateArgumentListInfo& arguments);

/// A compiler that reads `files` and tells `diagnostics`, which it does not own.
std::unique_ptr<clang::CompilerInstance> make_compiler(std::shared_ptr<clang::CompilerInvocation> invocation,
                                                       std::shared_ptr<clang::PCHContainerOperations> containers,
                                                       clang::FileManager& files,
                                                       clang::DiagnosticConsumer& diagnostics);

#if CLANG_VERSION_MAJOR >= 22
inline clang::DiagnosticOptions& lend(clang::DiagnosticOptions& options) { return options; }
#else
/// For a TextDiagnostic, which owns what it is given: a copy.
inline clang::DiagnosticOptions* lend(const clang::DiagnosticOptions& options) {
  return new clang::DiagnosticOptions(options);
}
#endif

}  // namespace farcall
