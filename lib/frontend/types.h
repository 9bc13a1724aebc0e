// Maps Clang's types to the closed sum of model/type.h, and gathers the records and enums it meets on the way.
//
//   TypeReader types(scope);
//   Type type = types.read(parameter->getType().getNonReferenceType().getUnqualifiedType());
//   std::vector<Record> records = types.records();
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "frontend/scope.h"
#include "model/contract.h"
#include "model/type.h"

namespace farcall {

class TypeReader {
 public:
  explicit TypeReader(Scope& scope) : scope_(scope) {}

  /// What decides is what an alias stands for; the spelling keeps the alias. What cannot travel becomes Unsupported.
  Type read(clang::QualType type);

  /// The definitions of all that was read so far: a record after those it contains where types are not recursive,
  /// enums by name.
  [[nodiscard]] std::vector<Record> records() const { return records_; }
  [[nodiscard]] std::vector<Enum> enums() const;

  /// Whether a value of this class was read, so that records() has it.
  [[nodiscard]] bool has_met(const clang::RecordDecl& declaration) const {
    return met_.contains(declaration.getCanonicalDecl());
  }

 private:
  TypeForm form_of(clang::QualType type);
  TypeForm class_form(clang::QualType type, const clang::CXXRecordDecl& declaration);
  TypeForm enum_form(const clang::EnumDecl& declaration);

  /// std_types.cpp
  TypeForm std_form(clang::QualType type, const clang::CXXRecordDecl& declaration);
  TypeForm map_form(MapKind kind, clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm sequence_form(SequenceKind kind, clang::QualType type,
                         const clang::ClassTemplateSpecializationDecl& specialization);
  std::optional<TypeForm> container_form(clang::QualType type, llvm::StringRef name,
                                         const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm time_point_form(const clang::ClassTemplateSpecializationDecl& specialization) const;
  TypeForm string_form(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm adaptor_form(AdaptorKind kind, clang::QualType type,
                        const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm expected_form(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm pointer_form(clang::QualType type, llvm::StringRef name,
                        const clang::ClassTemplateSpecializationDecl& specialization);
  std::optional<TypeForm> other_template_form(clang::QualType type, llvm::StringRef name,
                                              const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm span_form(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization);
  TypeForm complex_form(const clang::ClassTemplateSpecializationDecl& specialization) const;
  Box element(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization, unsigned index);
  std::vector<Box> elements(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization);

  /// records.cpp
  class RecordReader;
  void define(const clang::CXXRecordDecl& declaration, const std::string& name);
  /// A class or enum that has an rpc::Codec of the user's.
  std::optional<TypeForm> user_form(clang::QualType type);
  [[nodiscard]] const Record* find(const std::string& name) const;
  void define(const clang::EnumDecl& declaration, const std::string& name);
  bool has_flags_operator(const clang::EnumDecl& declaration) const;

  Scope& scope_;
  std::set<const clang::Decl*> met_;  // canonical; only asked whether it has one, never walked
  std::vector<Record> records_;
  std::vector<Enum> enums_;
};

/// What can be read: volatile stays, and with it the const.
clang::QualType without_const(clang::QualType type);

/// Template argument `index`, which is `canonical`, as the user wrote it, aliases and all, where the type still knows.
clang::QualType written_argument(clang::QualType type, clang::QualType canonical, unsigned index);

/// An integer, floating, character or bool type, or std::byte.
std::optional<Scalar> scalar_of(clang::QualType type, const clang::ASTContext& context);

/// Whether a pointer to this class may point to an object of another one, which only this process knows. Not so where
/// the class is remote: it says more about why its objects cannot travel.
bool is_open_polymorphic(const clang::CXXRecordDecl& declaration);
Unsupported open_polymorphism(clang::QualType pointee, const clang::ASTContext& context);

/// unsupported.cpp: why the type cannot travel, and what to use instead. `type` is none of the supported ones.
Unsupported unsupported(clang::QualType type, const clang::ASTContext& context);
/// process_bound.cpp: what belongs to its process; `name` is without "std::".
std::optional<Unsupported> process_bound(std::string_view name);
/// `name` is a class or class template: "std::shared_ptr".
Unsupported unsupported_std(std::string_view name);

}  // namespace farcall
