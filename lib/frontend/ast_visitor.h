// Walks declarations and types, also those in functions, but not what functions do. Clang's own visitor is a template
// that every visitor would have to be compiled with.
//
//   class Finder final : public AstVisitor { bool visit(const clang::Decl& each) override { … } };
//   finder.walk(declaration);
#pragma once

#include "frontend/clang_compat.h"

namespace farcall {

/// What is visited comes before what is in it. A visit that returns false ends the walk.
class AstVisitor {
 public:
  virtual ~AstVisitor() = default;

  /// These return false if a visit did.
  bool walk(const clang::Decl& declaration);
  bool walk(clang::QualType type);
  bool walk(clang::TypeLoc location);

 protected:
  virtual bool visit(const clang::Decl&) { return true; }
  /// A name and what qualifies it are one location.
  virtual bool visit(clang::TypeLoc) { return true; }
  /// The declaration that a type names: an alias, a class, an enum, a template or what a using-declaration makes.
  virtual bool visit_named(const clang::NamedDecl&) { return true; }

 private:
  class Walker;
};

}  // namespace farcall
