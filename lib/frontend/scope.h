// What every part of one extraction works with: the parsed program, the header it is about, and where things stand.
//
//   Scope scope(sema, Header{.file = file, .name = "thermostat.h"});
//   if (scope.in_header(*declaration)) …
#pragma once

#include <string>

#include "frontend/clang_compat.h"
#include "frontend/places.h"
#include "model/assumed.h"

namespace farcall {

/// The annotated header, which may be one of several that were parsed together.
struct Header {
  clang::FileID file;
  std::string name;  ///< as the user named it
  /// It and all it includes. What other headers of the same parse bring must not be seen. Empty: everything counts.
  llvm::DenseSet<const clang::FileEntry*> reaches = {};
  Assumed assumed = {};
};

class Scope {
 public:
  Scope(clang::Sema& sema, Header header)
      : sema(sema),
        context(sema.getASTContext()),
        header(std::move(header)),
        places(context.getSourceManager(), context.getLangOpts()) {
    places.rename(this->header.file, this->header.name);
  }

  clang::Sema& sema;
  clang::ASTContext& context;
  const Header header;
  Places places;
  bool names_deprecated = false;  ///< see name()

  /// Notes that generated code will name it.
  void name(const clang::NamedDecl& declaration);

  /// Written in the header itself, be it by a macro used there.
  [[nodiscard]] bool in_header(const clang::Decl& declaration) const;
  [[nodiscard]] bool in_header(clang::SourceLocation place) const;

  /// Written in the header or in a file that it includes.
  [[nodiscard]] bool is_visible(const clang::Decl& declaration) const;

  /// Written in a file of a folder for system headers. A pragma does not make it one: CMake writes such a pragma into
  /// its precompiled headers, before it includes those of the user.
  [[nodiscard]] bool is_in_system_folder(clang::SourceLocation place) const;

  /// The comment for documentation above it, without markers; empty if there is none.
  [[nodiscard]] std::string doc_of(const clang::Decl& declaration) const;
};

/// Whether it, or what it stands in, is [[deprecated]].
bool is_deprecated(const clang::NamedDecl& declaration);

/// Whether it belongs to the standard library: namespace std at any depth.
bool is_in_std(const clang::Decl& declaration);

/// Whether code outside of all classes and functions may name it: it and the classes around it are public and have
/// names.
bool is_accessible(const clang::NamedDecl& declaration);

}  // namespace farcall
