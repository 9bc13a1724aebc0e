#include "frontend/obstacles.h"

#include "frontend/access.h"
#include "frontend/interfaces.h"
#include "frontend/spelling.h"
#include "frontend/value_traits.h"

namespace farcall {
namespace {

void add_derived(const clang::DeclContext& space, const Scope& scope, const clang::CXXRecordDecl& base,
                 std::vector<std::string>& names) {
  for (const clang::Decl* each : space.decls()) {
    const auto* record = llvm::dyn_cast<clang::CXXRecordDecl>(each);
    if (!record || !record->isThisDeclarationADefinition() || record->isDependentType() || record->isAbstract())
      continue;
    if ((record == &base || record->isDerivedFrom(&base)) && scope.is_visible(*record))
      names.push_back(qualified_name(*record));
  }
}

/// The classes beside it that can be made and are of its kind, or `Derived…` where there are none.
std::string alternatives_of(const Scope& scope, const clang::CXXRecordDecl& record) {
  std::vector<std::string> names;
  const clang::CXXRecordDecl& definition = *record.getDefinition();
  const clang::DeclContext* around = definition.getDeclContext()->getEnclosingNamespaceContext();
  if (const auto* space = llvm::dyn_cast<clang::NamespaceDecl>(around))
    for (const clang::NamespaceDecl* part : space->redecls()) add_derived(*part, scope, definition, names);
  else
    add_derived(*around, scope, definition, names);
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text.empty() ? "…" : text;
}

bool copies_itself(const clang::CXXRecordDecl& definition) {
  return llvm::any_of(definition.ctors(), [](const clang::CXXConstructorDecl* each) {
    return each->isCopyConstructor() && each->isUserProvided();
  });
}

bool is_public_and_there(const clang::CXXMethodDecl& member) {
  return !member.isDeleted() && member.getAccess() == clang::AS_public;
}

bool is_explicit(const clang::CXXConstructorDecl& constructor) {
  return constructor.isDefaultConstructor() && constructor.isExplicit();
}

/// The member of an aggregate that `{}` cannot make, as the language has it: its default constructor is explicit.
const clang::FieldDecl* explicit_member(const clang::CXXRecordDecl& definition) {
  if (!definition.isAggregate()) return nullptr;
  for (const clang::FieldDecl* field : definition.fields()) {
    const clang::QualType element = definition.getASTContext().getBaseElementType(field->getType());
    const clang::CXXRecordDecl* record = element->getAsCXXRecordDecl();
    if (field->hasInClassInitializer() || !record || !record->hasDefinition() || is_in_std(*record)) continue;
    if (llvm::any_of(record->ctors(), [](const clang::CXXConstructorDecl* each) { return is_explicit(*each); }))
      return field;
  }
  return nullptr;
}

/// Whether it is a template's instance for an object of a class, which cannot be spelt outside of the template.
bool has_object_argument(const clang::CXXRecordDecl& record) {
  const auto* instance = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&record);
  return instance && llvm::any_of(instance->getTemplateArgs().asArray(), [](const clang::TemplateArgument& each) {
           return each.getKind() == clang::TemplateArgument::Declaration &&
                  llvm::isa<clang::TemplateParamObjectDecl>(each.getAsDecl());
         });
}

/// The base class it has more than once, so that nothing says which of them is meant.
const clang::CXXRecordDecl* repeated_base(const clang::CXXRecordDecl& definition) {
  llvm::SmallPtrSet<const clang::CXXRecordDecl*, 8> seen;
  const clang::CXXRecordDecl* repeated = nullptr;
  definition.forallBases([&](const clang::CXXRecordDecl* base) {
    if (!seen.insert(base->getCanonicalDecl()).second) repeated = base;
    return repeated == nullptr;
  });
  return repeated;
}

}  // namespace

std::optional<Obstacle> naming_obstacle(Scope& scope, const clang::CXXRecordDecl& record) {
  const SourceRef where = scope.places.of(record.getLocation());
  if (record.isLambda()) return Obstacle{"it is a lambda", "pass data that says what to do", where, Refusal::function};
  if (!record.getDeclName() && !record.getTypedefNameForAnonDecl())
    return Obstacle{"it has no name", "use a struct with a name", where};
  if (!is_accessible(record))
    return Obstacle{"generated code cannot reach it", "make it public, or move it out of the class or function", where};
  if (record.isInAnonymousNamespace())
    return Obstacle{"it is in an anonymous namespace", "give the namespace a name", where};
  if (has_object_argument(record))
    return Obstacle{"generated code cannot write its template argument, which is an object",
                    "use a number, an enumerator or a type as the argument", where};
  if (!record.hasDefinition())
    return Obstacle{"it is only declared here", "include the header that defines it", where, Refusal::incomplete};
  return std::nullopt;
}

std::optional<Obstacle> class_obstacle(Scope& scope, const clang::CXXRecordDecl& record) {
  const SourceRef where = scope.places.of(record.getLocation());
  if (record.isUnion())
    return Obstacle{"it is a union", "use " + variant_of(*record.getDefinition(), scope.context), where,
                    Refusal::union_type};
  if (is_interface(record))
    return Obstacle{"it is an interface: its objects stay where they are",
                    "pass what identifies the object, such as a name", where};
  if (record.isPolymorphic())
    return Obstacle{"it has virtual functions, so a value may really be of a derived class",
                    "use std::variant<" + alternatives_of(scope, record) + ">, of structs that hold the data", where,
                    Refusal::open_polymorphism};
  if (record.getNumVBases() > 0) return Obstacle{"it has a virtual base", "make the base an ordinary one", where};
  if (const clang::CXXRecordDecl* base = repeated_base(*record.getDefinition()))
    return Obstacle{"it has the base '" + qualified_name(*base) + "' more than once", "make one of them a member",
                    where};
  return std::nullopt;
}

std::optional<Obstacle> construction_obstacle(Scope& scope, const clang::CXXRecordDecl& definition) {
  const SourceRef where = scope.places.of(definition.getLocation());
  const clang::CXXDestructorDecl* destructor = definition.getDestructor();
  if (destructor && !is_public_and_there(*destructor))
    return Obstacle{"it has no public destructor", "give it one, so that received values can be removed", where,
                    Refusal::construction};
  if (const clang::FieldDecl* member = explicit_member(definition))
    return Obstacle{"its member '" + member->getNameAsString() + "' has an explicit default constructor",
                    "give the member an initialiser, so that '{}' makes the struct",
                    scope.places.of(member->getLocation()), Refusal::construction};
  if (definition.needsImplicitDefaultConstructor()) return std::nullopt;
  for (const clang::CXXConstructorDecl* each : definition.ctors()) {
    if (!each->isDefaultConstructor() || each->isDeleted()) continue;
    if (each->getAccess() == clang::AS_public) return std::nullopt;
    return Obstacle{"its default constructor is not public", "make it public: values are made first, and then filled",
                    scope.places.of(each->getLocation()), Refusal::construction};
  }
  return Obstacle{"it has no public default constructor", "give it one, so that it can be filled on arrival", where,
                  Refusal::construction};
}

std::optional<Obstacle> local_members_obstacle(Scope& scope, const clang::CXXRecordDecl& definition) {
  const SourceRef where = scope.places.of(definition.getLocation());
  const clang::CXXConstructorDecl* constructor =
      scope.sema.LookupDefaultConstructor(const_cast<clang::CXXRecordDecl*>(&definition));
  if (!constructor || constructor->isDeleted())
    return Obstacle{"its rpc::local members cannot be made without a value", "give them initialisers", where,
                    Refusal::construction};
  return std::nullopt;
}

std::optional<Obstacle> moving_obstacle(Scope& scope, const clang::CXXRecordDecl& definition) {
  if (!forbids_moving(definition, scope.sema)) return std::nullopt;
  return Obstacle{"it can be neither moved nor copied", "declare its move constructor and move assignment",
                  scope.places.of(definition.getLocation())};
}

std::optional<Obstacle> packing_obstacle(Scope& scope, const clang::CXXRecordDecl& definition) {
  const clang::ASTRecordLayout& layout = scope.context.getASTRecordLayout(&definition);
  for (const clang::FieldDecl* field : definition.fields()) {
    if (field->isBitField()) continue;
    const clang::CharUnits alignment = scope.context.getTypeAlignInChars(field->getType());
    const clang::CharUnits offset = scope.context.toCharUnitsFromBits(layout.getFieldOffset(field->getFieldIndex()));
    if (offset.isMultipleOf(alignment) && layout.getAlignment() >= alignment) continue;
    return Obstacle{"its member '" + field->getNameAsString() + "' is packed, so nothing can refer to it",
                    "do not pack the struct; one all of whose members are numbers may be packed",
                    scope.places.of(field->getLocation())};
  }
  return std::nullopt;
}

std::optional<Obstacle> member_obstacle(Scope& scope, const clang::FieldDecl& field) {
  const std::string name = "its member '" + field.getNameAsString() + "'";
  const clang::QualType type = field.getType();
  const SourceRef where = scope.places.of(field.getLocation());
  if (field.isAnonymousStructOrUnion() && type->isUnionType())
    return Obstacle{"it has an anonymous union in it",
                    "use " + variant_of(*type->getAsRecordDecl(), scope.context) + " instead of the union", where,
                    Refusal::union_type};
  if (type->isReferenceType())
    return Obstacle{name + " is a reference", "hold the value itself", where, Refusal::reference_member};
  if (scope.context.getBaseElementType(type).isConstQualified())
    return Obstacle{name + " is const, so it cannot be filled on arrival", "drop the const", where,
                    Refusal::const_member};
  return std::nullopt;
}

Obstacle hidden_obstacle(Scope& scope, const clang::CXXRecordDecl& definition, const std::string& what,
                         clang::SourceRange where) {
  if (copies_itself(definition))
    return {what + " is not public, and it is copied in its own way",
            "if its members are all there is to a value, add 'friend struct rpc::Access;'", scope.places.of(where),
            Refusal::custom_copy};
  return {what + " is not public",
          "add 'friend struct rpc::Access;' to the class",
          scope.places.of(where),
          Refusal::private_member,
          "let rpc::Access reach the members of '" + definition.getNameAsString() + "'",
          befriending_edits(scope, definition)};
}

std::string variant_of(const clang::RecordDecl& union_declaration, const clang::ASTContext& context) {
  std::string text = "std::variant<";
  for (const clang::FieldDecl* field : union_declaration.fields())
    text += (text.ends_with('<') ? "" : ", ") + spell(field->getType().getUnqualifiedType(), context);
  return text + ">";
}

}  // namespace farcall
