#include "frontend/interfaces.h"

#include <algorithm>

#include "frontend/attributes.h"
#include "frontend/completions.h"
#include "frontend/platform_types.h"
#include "frontend/spelling.h"
#include "frontend/twins.h"
#include "model/meaning.h"

namespace farcall {
namespace {

/// The method a member declares, also as a template.
const clang::CXXMethodDecl* method_of(const clang::Decl& member) {
  if (const auto* as_template = llvm::dyn_cast<clang::FunctionTemplateDecl>(&member))
    return llvm::dyn_cast<clang::CXXMethodDecl>(as_template->getTemplatedDecl());
  return llvm::dyn_cast<clang::CXXMethodDecl>(&member);
}

bool has_attributes_on_method(const clang::Decl& member) {
  const clang::CXXMethodDecl* method = method_of(member);
  return method && (has_attributes(*method) ||
                    llvm::any_of(method->parameters(), [](const auto* each) { return has_attributes(*each); }));
}

}  // namespace

bool can_be_remote(const clang::CXXMethodDecl& method) {
  const bool is_operator = method.isOverloadedOperator() || llvm::isa<clang::CXXConversionDecl>(method);
  return method.getAccess() == clang::AS_public && !method.isImplicit() && !method.isStatic() && !method.isDeleted() &&
         !llvm::isa<clang::CXXConstructorDecl, clang::CXXDestructorDecl>(method) &&
         (!is_operator || method.isPureVirtual());
}

void gather_classes(const clang::CXXRecordDecl& definition,
                    llvm::SmallVectorImpl<const clang::CXXRecordDecl*>& classes) {
  for (const clang::CXXBaseSpecifier& base : definition.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    if (!base_class || !base_class->hasDefinition() || is_in_std(*base_class)) continue;
    if (base.getAccessSpecifier() != clang::AS_public) continue;
    if (!llvm::is_contained(classes, base_class->getDefinition()))
      gather_classes(*base_class->getDefinition(), classes);
  }
  if (!llvm::is_contained(classes, &definition)) classes.push_back(&definition);
}

void read_contexts(const clang::CXXRecordDecl& declaration, Interface& interface) {
  for (const clang::DeclContext* each = declaration.getDeclContext(); each; each = each->getParent()) {
    if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(each))
      interface.namespaces.insert(interface.namespaces.begin(),
                                  (space->isInline() ? "inline " : "") + space->getNameAsString());
    else if (const auto* outer = llvm::dyn_cast<clang::CXXRecordDecl>(each))
      interface.enclosing_classes.insert(interface.enclosing_classes.begin(), outer->getNameAsString());
  }
}

namespace {

/// Methods with the same declarator: one overrides or hides the other.
bool same_signature(const clang::CXXMethodDecl& left, const clang::CXXMethodDecl& right) {
  if (left.getDeclName() != right.getDeclName() || left.getNumParams() != right.getNumParams()) return false;
  if (left.getMethodQualifiers() != right.getMethodQualifiers()) return false;
  if (left.getRefQualifier() != right.getRefQualifier() || left.isVariadic() != right.isVariadic()) return false;
  for (unsigned index = 0; index < left.getNumParams(); ++index)
    if (left.getParamDecl(index)->getType().getCanonicalType().getUnqualifiedType() !=
        right.getParamDecl(index)->getType().getCanonicalType().getUnqualifiedType())
      return false;
  return true;
}

/// What the overridden declaration says and the overriding one does not.
void inherit(std::vector<Attribute>& attributes, const std::vector<Attribute>& overridden) {
  const std::size_t own = attributes.size();
  for (const Attribute& each : overridden) {
    const auto end = attributes.begin() + static_cast<std::ptrdiff_t>(own);
    if (std::none_of(attributes.begin(), end, [&](const Attribute& mine) { return mine.kind == each.kind; }))
      attributes.push_back(each);
  }
}

/// See Method::unlike_base.
std::string unlike(const Method& overridden, const Method& method) {
  if (!overridden.unlike_base.empty()) return overridden.unlike_base;
  if (is_remote(overridden) != is_remote(method)) return "whether it is local";
  if (wire_name(overridden) != wire_name(method)) return "its name on the wire";
  for (std::size_t index = 0; index < method.parameters.size(); ++index) {
    const Parameter& parameter = method.parameters[index];
    if (direction_of(overridden.parameters[index]) != direction_of(parameter))
      return "the direction of '" + parameter.name + "'";
  }
  return {};
}

Method override_of(const Method& overridden, Method method) {
  inherit(method.attributes, overridden.attributes);
  for (std::size_t index = 0; index < method.parameters.size(); ++index)
    inherit(method.parameters[index].attributes, overridden.parameters[index].attributes);
  method.declared_in = overridden.declared_in;
  method.unlike_base = unlike(overridden, method);
  if (method.doc.empty()) method.doc = overridden.doc;
  if (method.virtuality == Virtual::no) method.virtuality = overridden.virtuality;
  return method;
}

bool has_default_constructor(const clang::CXXRecordDecl& definition) {
  if (definition.needsImplicitDefaultConstructor()) return true;
  return llvm::any_of(definition.ctors(), [](const clang::CXXConstructorDecl* each) {
    return each->isDefaultConstructor() && !each->isDeleted() && each->getAccess() != clang::AS_private;
  });
}

bool has_hidden_pure_methods(const clang::CXXRecordDecl& definition) {
  if (!definition.isAbstract() || definition.isDependentContext()) return false;
  clang::CXXFinalOverriderMap overriders;
  definition.getFinalOverriders(overriders);
  for (const auto& [method, by_subobject] : overriders)
    for (const auto& [subobject, final_overriders] : by_subobject)
      for (const clang::UniqueVirtualMethod& each : final_overriders)
        if (each.Method->isPureVirtual() && each.Method->getAccess() != clang::AS_public) return true;
  return false;
}

/// Whether a call of the method's name on an object of the class may mean the method.
bool finds(const clang::CXXRecordDecl& definition, const clang::CXXMethodDecl& method, clang::Sema& sema) {
  clang::LookupResult found(sema, method.getDeclName(), method.getLocation(), clang::Sema::LookupMemberName);
  found.suppressDiagnostics();
  sema.LookupQualifiedName(found, const_cast<clang::CXXRecordDecl*>(&definition));
  return !found.isAmbiguous() && llvm::any_of(found, [&](const clang::NamedDecl* each) {
    return each->getUnderlyingDecl()->getCanonicalDecl() == method.getCanonicalDecl();
  });
}

bool is_unambiguous_base(const clang::CXXRecordDecl& base, const clang::CXXRecordDecl& definition) {
  clang::CXXBasePaths paths;
  return definition.isDerivedFrom(&base, paths) && !paths.isAmbiguous(canonical_type(base));
}

/// With template arguments, which a specialisation's own name leaves out.
std::string name_of(const clang::CXXRecordDecl& declaration) {
  return llvm::isa<clang::ClassTemplateSpecializationDecl>(declaration)
             ? spell(canonical_type(declaration), declaration.getASTContext())
             : qualified_name(declaration);
}

bool is_nothrow(const clang::CXXMethodDecl& method) {
  switch (method.getType()->castAs<clang::FunctionProtoType>()->getExceptionSpecType()) {
    case clang::EST_BasicNoexcept:
    case clang::EST_NoexceptTrue:
    case clang::EST_DynamicNone:
    case clang::EST_NoThrow: return true;
    default: return false;
  }
}

/// The range of `= {}` begins with its `=` where the type is a class.
std::string without_equals(std::string_view text) {
  if (text.starts_with('=')) text.remove_prefix(std::min(text.find_first_not_of(" \t\n", 1), text.size()));
  return std::string(text);
}

/// The brace or colon behind which public members stand.
clang::SourceLocation public_part(const clang::CXXRecordDecl& definition) {
  for (const clang::Decl* each : definition.decls())
    if (const auto* access = llvm::dyn_cast<clang::AccessSpecDecl>(each);
        access && each->getAccess() == clang::AS_public)
      return access->getColonLoc();
  return definition.isClass() ? clang::SourceLocation() : definition.getBraceRange().getBegin();
}

/// The last token before the brace.
clang::SourceLocation end_of_bases(const clang::CXXRecordDecl& definition) {
  if (definition.getNumBases() != 0) return std::prev(definition.bases_end())->getEndLoc();
  const auto* attribute = definition.getAttr<clang::FinalAttr>();
  return attribute != nullptr ? attribute->getLocation() : definition.getLocation();
}

}  // namespace

bool is_interface(const clang::CXXRecordDecl& declaration) {
  if (declaration.isUnion() || declaration.isLambda()) return false;
  if (clang::isTemplateInstantiation(declaration.getTemplateSpecializationKind())) return false;
  if (llvm::any_of(declaration.redecls(), [](const auto* each) { return has_attributes(*each); })) return true;
  // Methods of a template are remote in the classes that derive from its instances.
  const clang::CXXRecordDecl* definition = declaration.getDefinition();
  return definition && !definition->isDependentContext() &&
         llvm::any_of(definition->decls(), [](const auto* each) { return has_attributes_on_method(*each); });
}

Interface InterfaceReader::read(const clang::CXXRecordDecl& declaration) {
  const clang::CXXRecordDecl* definition = declaration.getDefinition();
  const clang::CXXRecordDecl& best = definition ? *definition : declaration;
  Interface interface{.name = best.getNameAsString(), .qualified_name = name_of(best)};
  scope_.name(best);
  read_contexts(best, interface);
  for (const clang::TagDecl* each : declaration.redecls()) {
    owned_.insert(each);
    std::ranges::move(attributes_of(*each, scope_.places), std::back_inserter(interface.attributes));
  }
  std::ranges::stable_sort(interface.attributes, {}, [](const Attribute& each) { return each.where.begin; });
  interface.is_complete = definition != nullptr;
  interface.is_template = best.isDependentContext() || llvm::isa<clang::ClassTemplateSpecializationDecl>(best);
  interface.is_accessible = best.getDeclName() && is_accessible(best);
  interface.doc = scope_.doc_of(best);
  interface.where = scope_.places.of(best.getLocation());
  interface.declaration = scope_.places.of(best.getSourceRange());
  if (definition) read_definition(*definition, interface);
  return interface;
}

void InterfaceReader::read_definition(const clang::CXXRecordDecl& definition, Interface& interface) {
  interface.is_abstract = definition.isAbstract();
  interface.is_polymorphic = definition.isPolymorphic();
  interface.is_final = definition.hasAttr<clang::FinalAttr>();
  if (const auto* attribute = definition.getAttr<clang::FinalAttr>())
    interface.final_where = scope_.places.deletion_of(attribute->getRange());
  interface.has_default_constructor = has_default_constructor(definition);
  const clang::CXXDestructorDecl* destructor = definition.getDestructor();
  interface.has_virtual_destructor =
      destructor && (destructor->isVirtual() || destructor->getAccess() == clang::AS_protected);
  if (destructor && !destructor->isImplicit()) interface.destructor = scope_.places.of(destructor->getSourceRange());
  interface.public_part = scope_.places.behind(public_part(definition));
  interface.bases_end = scope_.places.behind(end_of_bases(definition));
  interface.non_public_pure_methods = has_hidden_pure_methods(definition);
  for (const clang::CXXBaseSpecifier& base : definition.bases()) {
    if (base.getAccessSpecifier() != clang::AS_public) continue;
    interface.bases.push_back(spell(base.getType(), scope_.context));
    read_twin_base(base, scope_, interface);
  }
  read_methods(definition, interface);
}

/// See Method. `classes` are the class itself and its bases.
std::string InterfaceReader::detour_to(const clang::CXXMethodDecl& method, const clang::CXXRecordDecl& definition,
                                       llvm::ArrayRef<const clang::CXXRecordDecl*> classes) {
  if (method.getDescribedFunctionTemplate() || finds(definition, method, scope_.sema)) return {};
  for (const clang::CXXRecordDecl* base : classes)
    if (is_unambiguous_base(*base, definition) && finds(*base, method, scope_.sema))
      return spell(canonical_type(*base), scope_.context);
  return {};
}

void InterfaceReader::read_methods(const clang::CXXRecordDecl& definition, Interface& interface) {
  llvm::SmallVector<const clang::CXXRecordDecl*, 8> classes;
  gather_classes(definition, classes);
  std::vector<const clang::CXXMethodDecl*> declarations;  // of interface.methods, one each
  for (const clang::CXXRecordDecl* each_class : classes) {
    for (const clang::Decl* member : each_class->decls()) {
      const clang::CXXMethodDecl* method = method_of(*member);
      if (!method || !can_be_remote(*method)) continue;
      const auto same = std::ranges::find_if(
          declarations, [&](const clang::CXXMethodDecl* each) { return same_signature(*each, *method); });
      if (same == declarations.end()) {
        declarations.push_back(method);
        interface.methods.push_back(read(*method));
      } else {
        Method& overridden = interface.methods[static_cast<std::size_t>(same - declarations.begin())];
        overridden = override_of(overridden, read(*method));
        *same = method;
      }
    }
  }
  for (std::size_t index = 0; index < declarations.size(); ++index) {
    interface.methods[index].through = detour_to(*declarations[index], definition, classes);
    take_handle(interface.methods[index]);
  }
}

Method InterfaceReader::read(const clang::CXXMethodDecl& method) {
  owned_.insert(&method);
  scope_.name(method);
  const clang::QualType result = method.getReturnType();
  Places& places = scope_.places;
  Method made{
      .name = method.getNameAsString(),
      .declared_in = spell(canonical_type(*method.getParent()), scope_.context),
      .result = types_.read(without_const(result.getNonReferenceType())),
      .result_spelling = spell(result, scope_.context),
      .returns_reference = result->isReferenceType(),
      .attributes = attributes_of(method, places),
      .virtuality = method.isPureVirtual() ? Virtual::pure
                    : method.isVirtual()   ? Virtual::yes
                                           : Virtual::no,
      .is_const = method.isConst(),
      .is_noexcept = is_nothrow(method),
      .is_template = method.getDescribedFunctionTemplate() != nullptr,
      .is_variadic = method.isVariadic(),
      .is_final = method.hasAttr<clang::FinalAttr>(),
      .ref_qualifier = method.getRefQualifier() == clang::RQ_None     ? ""
                       : method.getRefQualifier() == clang::RQ_LValue ? "&"
                                                                      : "&&",
      .doc = scope_.doc_of(method),
      .where = places.of(method.getLocation()),
      .declaration = places.with_attributes(places.up_to_body(places.of(method.getSourceRange()))),
      .result_where = places.of(method.getReturnTypeSourceRange()),
      .noexcept_where = places.deletion_of(method.getExceptionSpecSourceRange()),
  };
  if (const clang::FunctionTypeLoc written = method.getFunctionTypeLoc())
    made.platform_types = platform_types(scope_, written.getReturnLoc());
  if (const auto* attribute = method.getAttr<clang::FinalAttr>())
    made.final_where = places.deletion_of(attribute->getRange());
  for (const clang::ParmVarDecl* each : method.parameters()) made.parameters.push_back(read(*each));
  return made;
}

Parameter InterfaceReader::read(const clang::ParmVarDecl& parameter) {
  owned_.insert(&parameter);
  const clang::QualType type = parameter.getType();
  const clang::QualType value = type.getNonReferenceType();
  Parameter made{.name = parameter.getNameAsString(),
                 .attributes = attributes_of(parameter, scope_.places),
                 .completion = completion_of(without_const(value), types_),
                 .where = scope_.places.of(parameter.getSourceRange())};
  made.type = made.completion ? handle_type(without_const(value), scope_.context) : types_.read(without_const(value));
  if (type->isRValueReferenceType()) made.passing = Passing::rvalue_reference;
  if (type->isLValueReferenceType())
    made.passing = value.isConstQualified() ? Passing::const_reference : Passing::reference;
  if (parameter.hasDefaultArg())
    made.default_argument = without_equals(scope_.places.text(scope_.places.of(parameter.getDefaultArgRange())));
  // It would have to be a variable, which cannot be made of an array.
  if (value->isArrayType()) made.type.form = unsupported(value, scope_.context);
  made.platform_types = platform_types(scope_, parameter.getTypeSourceInfo()->getTypeLoc());
  made.type_where = scope_.places.type_of(parameter, made.where);
  made.where = scope_.places.with_attributes(made.where);
  return made;
}

}  // namespace farcall
