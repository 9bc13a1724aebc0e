// Structs and enums: what travels of them, and what stands in the way.

#include <numeric>

#include "frontend/attributes.h"
#include "frontend/spelling.h"
#include "frontend/types.h"
#include "model/meaning.h"

namespace farcall {
namespace {

struct Obstacle {
  std::string reason;
  std::string way_out;
  clang::SourceLocation where;
};

/// What rules the whole type out, before its members are looked at.
std::optional<Obstacle> obstacle_of(const clang::CXXRecordDecl& record) {
  const clang::SourceLocation where = record.getLocation();
  if (!record.getDeclName() && !record.getTypedefNameForAnonDecl())
    return Obstacle{record.isLambda() ? "it is a lambda" : "it has no name", "use a struct with a name", where};
  if (!is_accessible(record))
    return Obstacle{"generated code cannot reach it", "make it public, or move it out of the class or function", where};
  if (record.isInAnonymousNamespace())
    return Obstacle{"it is in an anonymous namespace", "give the namespace a name", where};
  if (!record.hasDefinition()) return Obstacle{"it is only declared here", "include the header that defines it", where};
  if (record.isUnion()) return Obstacle{"it is a union", "use a struct of std::optional members", where};
  if (has_attributes(record) || record.isAbstract())
    return Obstacle{"it is an interface: its objects stay where they are",
                    "pass what identifies the object, such as a name", where};
  if (record.isPolymorphic())
    return Obstacle{"it has virtual functions, so a value may really be of a derived class",
                    "pass a struct that holds its data", where};
  if (record.getNumVBases() > 0) return Obstacle{"it has a virtual base", "make the base an ordinary one", where};
  return std::nullopt;
}

/// Why values of the type cannot be made before they are filled; nothing if they can.
std::optional<Obstacle> construction_obstacle(const clang::CXXRecordDecl& record) {
  if (record.needsImplicitDefaultConstructor()) return std::nullopt;
  for (const clang::CXXConstructorDecl* each : record.ctors())
    if (each->isDefaultConstructor() && !each->isDeleted() && each->getAccess() == clang::AS_public)
      return std::nullopt;
  return Obstacle{"it has no public default constructor", "give it one, so that it can be filled on arrival",
                  record.getLocation()};
}

std::optional<Obstacle> obstacle_of(const clang::FieldDecl& field) {
  const std::string name = "its member '" + field.getNameAsString() + "'";
  const clang::QualType type = field.getType();
  const clang::SourceLocation where = field.getLocation();
  if (field.getAccess() != clang::AS_public)
    return Obstacle{name + " is not public", "make it public, or pass a struct that holds its data", where};
  if (field.isAnonymousStructOrUnion())
    return Obstacle{"it has an anonymous struct or union in it", "give the member a name", where};
  if (field.isBitField()) return Obstacle{name + " is a bit-field", "use a whole integer", where};
  if (type->isReferenceType()) return Obstacle{name + " is a reference", "hold the value itself", where};
  if (type.getCanonicalType().isConstQualified())
    return Obstacle{name + " is const, so it cannot be filled on arrival", "drop the const", where};
  return std::nullopt;
}

/// The bytes of a value, if they are in memory what they are on the wire: no padding and nothing to validate.
std::optional<std::uint64_t> flat_size(clang::QualType type, const clang::ASTContext& context);

std::optional<std::uint64_t> flat_size_of_members(const clang::CXXRecordDecl& record,
                                                  const clang::ASTContext& context) {
  std::uint64_t sum = 0;
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    const std::optional<std::uint64_t> size = flat_size(base.getType(), context);
    if (!size) return std::nullopt;
    sum += *size;
  }
  for (const clang::FieldDecl* field : record.fields()) {
    const std::optional<std::uint64_t> size =
        has_attributes(*field) || field->isBitField() ? std::nullopt : flat_size(field->getType(), context);
    if (!size) return std::nullopt;
    sum += *size;
  }
  return sum;
}

std::optional<std::uint64_t> flat_size(clang::QualType type, const clang::ASTContext& context) {
  if (const std::optional<Scalar> scalar = scalar_of(type.getCanonicalType(), context)) {
    if (*scalar == Scalar::boolean) return std::nullopt;
    return context.getTypeSizeInChars(type).getQuantity();
  }
  const auto* record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->isUnion() || record->isDependentType() ||
      !record->isTriviallyCopyable())
    return std::nullopt;
  if (is_in_std(*record) && record->getName() != "array" && record->getName() != "duration" &&
      record->getName() != "time_point")
    return std::nullopt;
  if (record->getName() == "array" && is_in_std(*record)) {
    const auto& arguments = llvm::cast<clang::ClassTemplateSpecializationDecl>(record)->getTemplateArgs();
    const std::optional<std::uint64_t> size = flat_size(arguments[0].getAsType(), context);
    const std::uint64_t count = arguments[1].getAsIntegral().getZExtValue();
    if (!size || count == 0) return std::nullopt;
    return *size * count;
  }
  const std::optional<std::uint64_t> sum = flat_size_of_members(*record->getDefinition(), context);
  const auto whole = static_cast<std::uint64_t>(context.getASTRecordLayout(record).getSize().getQuantity());
  return sum == whole ? sum : std::nullopt;
}

}  // namespace

void TypeReader::define(const clang::CXXRecordDecl& declaration, const std::string& name) {
  if (!met_.insert(declaration.getCanonicalDecl()).second) return;
  Record record{.name = name, .where = scope_.places.of(declaration.getLocation())};
  std::optional<Obstacle> obstacle = obstacle_of(declaration);
  if (!obstacle) obstacle = construction_obstacle(*declaration.getDefinition());
  if (obstacle) {
    record.obstacle = obstacle->reason;
    record.way_out = obstacle->way_out;
    record.obstacle_where = scope_.places.of(obstacle->where);
  } else {
    read_members(*declaration.getDefinition(), record);
  }
  records_.push_back(std::move(record));
}

void TypeReader::read_members(const clang::CXXRecordDecl& declaration, Record& record) {
  if (!read_bases(declaration, record)) return;
  for (const clang::FieldDecl* field : declaration.fields())
    if (!read_field(*field, record)) return;
  const clang::QualType type = scope_.context.getCanonicalTagType(&declaration);
  record.flat_size = flat_size(type, scope_.context);
}

bool TypeReader::read_bases(const clang::CXXRecordDecl& declaration, Record& record) {
  for (const clang::CXXBaseSpecifier& base : declaration.bases()) {
    const clang::CXXRecordDecl* base_class = base.getType()->getAsCXXRecordDecl();
    const std::string name = spell(base.getType().getCanonicalType(), scope_.context);
    if (!base_class || base.getAccessSpecifier() != clang::AS_public || is_in_std(*base_class)) {
      record.obstacle = base.getAccessSpecifier() != clang::AS_public ? "its base '" + name + "' is not public"
                                                                      : "it is derived from '" + name + "'";
      record.way_out = "make it a member";
      record.obstacle_where = scope_.places.of(base.getSourceRange());
      return false;
    }
    define(*base_class, name);
    record.bases.push_back({name});
  }
  return true;
}

bool TypeReader::read_field(const clang::FieldDecl& field, Record& record) {
  std::vector<Attribute> attributes = attributes_of(field, scope_.places);
  if (has(attributes, AttributeKind::local)) return true;
  if (const std::optional<Obstacle> obstacle = obstacle_of(field)) {
    record.obstacle = obstacle->reason;
    record.way_out = obstacle->way_out;
    record.obstacle_where = scope_.places.of(obstacle->where);
    record.bases.clear();
    record.fields.clear();
    return false;
  }
  record.fields.push_back({.name = field.getNameAsString(),
                           .type = read(field.getType()),
                           .attributes = std::move(attributes),
                           .where = scope_.places.of(field.getLocation())});
  return true;
}

void TypeReader::define(const clang::EnumDecl& declaration, const std::string& name) {
  if (!met_.insert(declaration.getCanonicalDecl()).second) return;
  Enum made{.name = name,
            .underlying = *scalar_of(declaration.getIntegerType().getCanonicalType(), scope_.context),
            .scoped = declaration.isScoped(),
            .is_flags = has_flags_operator(declaration),
            .where = scope_.places.of(declaration.getLocation())};
  for (const clang::EnumConstantDecl* each : declaration.enumerators())
    made.enumerators.push_back({each->getNameAsString(), each->getInitVal().extOrTrunc(64).getSExtValue()});
  enums_.push_back(std::move(made));
}

bool TypeReader::has_flags_operator(const clang::EnumDecl& declaration) const {
  const clang::DeclarationName name = scope_.context.DeclarationNames.getCXXOperatorName(clang::OO_Pipe);
  const clang::QualType type = scope_.context.getCanonicalTagType(&declaration);
  const clang::DeclContext* space = declaration.getDeclContext()->getEnclosingNamespaceContext();
  return llvm::any_of(space->lookup(name), [&](const clang::NamedDecl* each) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(each->getUnderlyingDecl());
    return function && function->getNumParams() == 2 && scope_.is_visible(*function) &&
           clang::ASTContext::hasSameUnqualifiedType(function->getParamDecl(0)->getType().getNonReferenceType(), type);
  });
}

}  // namespace farcall
