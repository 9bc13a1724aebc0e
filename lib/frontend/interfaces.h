// Reads the interfaces of a header: the classes that some rpc:: attribute makes remote, with all their public methods.
//
//   if (is_interface(*declaration)) contract.interfaces.push_back(InterfaceReader(scope, types).read(*declaration));
#pragma once

#include <vector>

#include "frontend/scope.h"
#include "frontend/types.h"
#include "model/contract.h"

namespace farcall {

/// Whether one of our attributes stands at the class, at one of its methods or at a parameter of one.
bool is_interface(const clang::CXXRecordDecl& declaration);

/// Whether an interface has this method of its class or of a base, leaving out whether some attribute makes it local.
bool can_be_remote(const clang::CXXMethodDecl& method);

/// The classes whose methods an interface has: public bases first, each once, itself last. Not those of the standard
/// library, whose methods nobody wrote to be remote.
void gather_classes(const clang::CXXRecordDecl& definition,
                    llvm::SmallVectorImpl<const clang::CXXRecordDecl*>& classes);

/// The namespaces and classes around a class, outermost first.
void read_contexts(const clang::CXXRecordDecl& declaration, Interface& interface);

class InterfaceReader {
 public:
  InterfaceReader(Scope& scope, TypeReader& types) : scope_(scope), types_(types) {}

  Interface read(const clang::CXXRecordDecl& declaration);

  /// Whether the attributes of this class, method or parameter became part of an interface that was read.
  [[nodiscard]] bool owns(const clang::Decl& declaration) const { return owned_.contains(&declaration); }

 private:
  void read_definition(const clang::CXXRecordDecl& definition, Interface& interface);
  std::string detour_to(const clang::CXXMethodDecl& method, const clang::CXXRecordDecl& definition,
                        llvm::ArrayRef<const clang::CXXRecordDecl*> classes);
  void read_methods(const clang::CXXRecordDecl& definition, Interface& interface);
  Method read(const clang::CXXMethodDecl& method);
  Parameter read(const clang::ParmVarDecl& parameter);

  Scope& scope_;
  TypeReader& types_;
  llvm::DenseSet<const clang::Decl*> owned_;
};

}  // namespace farcall
