#include "frontend/extract.h"

#include <algorithm>
#include <set>

#include "frontend/ast_visitor.h"
#include "frontend/attributes.h"
#include "frontend/interfaces.h"
#include "frontend/spelling.h"
#include "frontend/strays.h"
#include "frontend/types.h"
#include "frontend/unfinished.h"
#include "model/attributes.h"

namespace farcall {
namespace {

/// The declarations of a header that matter: classes, and whatever else has one of our attributes. In source order.
class HeaderVisitor : public AstVisitor {
 public:
  std::vector<const clang::CXXRecordDecl*> classes;
  std::vector<const clang::Decl*> attributed;

  explicit HeaderVisitor(const Scope& scope) : scope_(scope) {}

  void walk_header() {
    // Most of what was parsed is the standard library: only what the header itself begins is walked. What was
    // precompiled is not even loaded, unless the header is in there.
    const clang::TranslationUnitDecl& unit = *scope_.context.getTranslationUnitDecl();
    const bool is_precompiled = scope_.places.sources().isLoadedFileID(scope_.header.file);
    for (const clang::Decl* each : is_precompiled ? unit.decls() : unit.noload_decls())
      if (scope_.in_header(*each)) walk(*each);
  }

 private:
  bool visit(const clang::Decl& declaration) override {
    if (!scope_.in_header(declaration)) return true;
    if (const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(&declaration);
        record && !record->isInjectedClassName())
      classes.push_back(record);
    if (has_attributes(declaration)) attributed.push_back(&declaration);
    return true;
  }

  const Scope& scope_;
};

/// A member variable may have field attributes wherever its class is plain data, also where no interface uses it.
bool is_field_in_place(const clang::Decl& declaration, const Attribute& attribute, const TypeReader& types) {
  const auto* field = llvm::dyn_cast<clang::FieldDecl>(&declaration);
  if (!field) return false;
  const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(field->getParent());
  if (!record || is_interface(*record)) return false;
  return types.has_met(*record) || attribute_spec(attribute.kind).allows(Place::on_field);
}

/// Nothing says yet whether a method of a template, or a parameter of one, will be part of an interface.
bool is_in_template(const clang::Decl& declaration) {
  const clang::Decl* owner = &declaration;
  if (llvm::isa<clang::ParmVarDecl>(owner)) owner = llvm::dyn_cast<clang::Decl>(owner->getDeclContext());
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(owner);
  return method && method->getParent()->isDependentContext() && can_be_remote(*method);
}

std::vector<Stray> read_strays(Scope& scope, const HeaderVisitor& found, const InterfaceReader& interfaces,
                               const TypeReader& types, const AttributeWatcher& watcher) {
  std::vector<Stray> strays;
  for (const clang::Decl* each : found.attributed) {
    if (interfaces.owns(*each) || is_in_template(*each)) continue;
    for (Attribute& attribute : attributes_of(*each, scope.places))
      if (!is_field_in_place(*each, attribute, types)) strays.push_back({std::move(attribute), describe_place(*each)});
  }
  for (const UnknownAttribute& each : watcher.unknown()) {
    if (!scope.in_header(each.where)) continue;
    Places::AttributePlace place = scope.places.of_attribute(each.where);
    strays.push_back({.attribute = {.kind = AttributeKind::unknown,
                                    .spelling = "rpc::" + each.name,
                                    .where = std::move(place.where),
                                    .removal = std::move(place.removal),
                                    .name_where = std::move(place.name)},
                      .on = "a declaration"});
  }
  std::ranges::stable_sort(strays, {}, [](const Stray& each) { return each.attribute.where.begin; });
  return strays;
}

void add_types_of(const clang::DeclContext& space, const Scope& scope, std::set<std::string>& names) {
  for (const clang::Decl* each : space.decls()) {
    if (!llvm::isa<clang::TypeDecl, clang::ClassTemplateDecl, clang::TypeAliasTemplateDecl, clang::NamespaceDecl>(each))
      continue;
    const auto* named = llvm::cast<clang::NamedDecl>(each);
    if (named->isImplicit() || !named->getDeclName() || scope.is_in_system_folder(named->getLocation())) continue;
    if (scope.is_visible(*named)) names.insert(qualified_name(*named));
  }
}

std::vector<std::string> read_types_in_scope(const std::vector<const clang::CXXRecordDecl*>& interfaces,
                                             const Scope& scope) {
  std::set<std::string> names;
  llvm::DenseSet<const clang::NamespaceDecl*> seen;
  for (const clang::CXXRecordDecl* each : interfaces) {
    const clang::DeclContext* around = each->getDeclContext()->getEnclosingNamespaceContext();
    if (around->isTranslationUnit()) add_types_of(*around, scope, names);
    while (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(around)) {
      if (!seen.insert(space->getFirstDecl()).second) break;
      for (const clang::NamespaceDecl* part : space->redecls()) add_types_of(*part, scope, names);
      around = space->getParent()->getEnclosingNamespaceContext();
    }
  }
  return {names.begin(), names.end()};
}

bool is_assumed(const clang::CXXRecordDecl& definition, Scope& scope) {
  const Assumed& assumed = scope.header.assumed;
  return assumed.names.contains(definition.getQualifiedNameAsString()) ||
         (assumed.line != 0 && scope.places.of(definition.getLocation()).line == assumed.line);
}

}  // namespace

Extraction extract(clang::Sema& sema, const AttributeWatcher& watcher, Header header) {
  Scope scope(sema, std::move(header));
  HeaderVisitor found(scope);
  found.walk_header();

  Contract contract{.header = scope.header.name};
  TypeReader types(scope);
  InterfaceReader reader(scope, types);
  std::vector<const clang::CXXRecordDecl*> interfaces;
  for (const clang::CXXRecordDecl* each : found.classes) {
    // A class is read once, at its definition where the header has it.
    const clang::CXXRecordDecl* definition = each->getDefinition();
    if (definition && definition != each && scope.in_header(*definition)) continue;
    if (reader.owns(*each) || !(is_interface(*each) || (definition == each && is_assumed(*each, scope)))) continue;
    if (definition != each && !has_attributes(*each)) continue;
    interfaces.push_back(each);
    contract.interfaces.push_back(reader.read(*each));
  }
  contract.records = types.records();
  contract.enums = types.enums();
  contract.strays = read_strays(scope, found, reader, types, watcher);
  contract.names_deprecated = scope.names_deprecated;
  contract.types_in_scope = read_types_in_scope(interfaces, scope);
  for (const clang::CXXRecordDecl* each : found.classes) {
    if (!lacks_methods(*each, scope)) continue;
    contract.unfinished.push_back(read_unfinished(*each, scope));
    contract.unfinished.back().types_in_scope = read_types_in_scope({each}, scope);
  }
  return {std::move(contract), std::move(scope.places)};
}

}  // namespace farcall
