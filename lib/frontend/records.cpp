// Structs and enums: what travels of them, and what stands in the way.

#include <algorithm>

#include "frontend/access.h"
#include "frontend/attributes.h"
#include "frontend/obstacles.h"
#include "frontend/platform_types.h"
#include "frontend/spelling.h"
#include "frontend/types.h"
#include "frontend/user_codec.h"
#include "frontend/value_traits.h"
#include "model/meaning.h"

namespace farcall {
namespace {

/// The bytes of a value, if they are in memory what they are on the wire: no padding and nothing to validate.
std::optional<std::uint64_t> flat_size(clang::QualType type, const clang::ASTContext& context);

std::optional<std::uint64_t> flat_size_of_members(const clang::CXXRecordDecl& record,
                                                  const clang::ASTContext& context) {
  std::uint64_t sum = 0;
  for (const clang::CXXBaseSpecifier& base : record.bases()) {
    if (base.getType()->getAsCXXRecordDecl()->isEmpty()) continue;
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
  if (const auto* array = context.getAsConstantArrayType(type)) {
    const std::optional<std::uint64_t> size = flat_size(array->getElementType(), context);
    if (!size || array->getZExtSize() == 0) return std::nullopt;
    return *size * array->getZExtSize();
  }
  const auto* record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition() || record->isUnion() || record->isDependentType() ||
      !is_copied_bytewise(*record->getDefinition()))
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

/// Reads the bases and members of one class.
class TypeReader::RecordReader {
 public:
  RecordReader(TypeReader& types, Scope& scope, const clang::CXXRecordDecl& definition, Record& record)
      : types_(types), scope_(scope), definition_(definition), record_(record) {}

  void read() {
    befriends_ = befriends_access(definition_);
    for (const clang::CXXBaseSpecifier& base : definition_.bases()) read(base);
    read_fields(definition_);
    if (!record_.obstacles.empty()) return;
    record_.flat_size = flat_size(canonical_type(definition_), scope_.context);
    if (record_.flat_size) return;
    if (std::optional<Obstacle> obstacle = packing_obstacle(scope_, definition_))
      record_.obstacles.push_back(std::move(*obstacle));
  }

 private:
  void read(const clang::CXXBaseSpecifier& base) {
    const clang::CXXRecordDecl* declaration = base.getType()->getAsCXXRecordDecl();
    const std::string name = spell(base.getType().getCanonicalType(), scope_.context);
    if (!declaration || is_in_std(*declaration) || find_user_codec(scope_, base.getType())) {
      record_.obstacles.push_back(
          {"it is derived from '" + name + "'", "make it a member", scope_.places.of(base.getSourceRange())});
      return;
    }
    reach("its base '" + name + "'", base.getAccessSpecifier(), base.getSourceRange());
    types_.define(*declaration, name);
    const Record* definition = types_.find(name);
    if (definition && definition->needs_access) record_.needs_access = true;
    record_.bases.push_back({name});
  }

  /// Those of an anonymous struct are the class's own.
  void read_fields(const clang::RecordDecl& definition) {
    for (const clang::FieldDecl* field : definition.fields()) {
      if (field->isUnnamedBitField()) continue;
      std::vector<Attribute> attributes = attributes_of(*field, scope_.places);
      if (has(attributes, AttributeKind::local)) {
        record_.local_fields.push_back({.name = field->getNameAsString(),
                                        .type = {Void{}, {}},
                                        .attributes = std::move(attributes),
                                        .where = scope_.places.of(field->getLocation())});
        continue;
      }
      if (std::optional<Obstacle> obstacle = member_obstacle(scope_, *field)) {
        record_.obstacles.push_back(std::move(*obstacle));
      } else if (field->isAnonymousStructOrUnion()) {
        reach("its anonymous struct", field->getAccess(), field->getLocation());
        read_fields(*field->getType()->getAsRecordDecl());
      } else {
        read(*field, std::move(attributes));
      }
    }
  }

  void read(const clang::FieldDecl& field, std::vector<Attribute> attributes) {
    scope_.name(field);
    reach("its member '" + field.getNameAsString() + "'", field.getAccess(), field.getLocation());
    record_.fields.push_back({.name = field.getNameAsString(),
                              .type = types_.read(field.getType()),
                              .attributes = std::move(attributes),
                              .where = scope_.places.of(field.getLocation()),
                              .bit_width = field.isBitField() ? bit_width(field) : 0,
                              .platform_types = platform_types(scope_, field.getTypeSourceInfo()->getTypeLoc())});
  }

  void reach(const std::string& what, clang::AccessSpecifier access, clang::SourceRange where) {
    if (access == clang::AS_public) return;
    record_.needs_access = true;
    if (!befriends_ && !is_hidden_) record_.obstacles.push_back(hidden_obstacle(scope_, definition_, what, where));
    is_hidden_ = true;
  }

  TypeReader& types_;
  Scope& scope_;
  const clang::CXXRecordDecl& definition_;
  Record& record_;
  bool befriends_ = false;
  bool is_hidden_ = false;  // reported once: one line shows all members
};

void TypeReader::define(const clang::CXXRecordDecl& declaration, const std::string& name) {
  if (!met_.insert(declaration.getCanonicalDecl()).second) return;
  scope_.name(declaration);
  Record record{.name = name, .where = scope_.places.of(declaration.getLocation())};
  std::optional<Obstacle> obstacle = naming_obstacle(scope_, declaration);
  if (!obstacle) obstacle = class_obstacle(scope_, declaration);
  if (obstacle) {
    record.obstacles.push_back(std::move(*obstacle));
  } else {
    const clang::CXXRecordDecl& definition = *declaration.getDefinition();
    obstacle = construction_obstacle(scope_, definition);
    if (obstacle) record.obstacles.push_back(std::move(*obstacle));
    obstacle.reset();
    RecordReader(*this, scope_, definition, record).read();
    if (record.obstacles.empty() && !record.local_fields.empty()) obstacle = local_members_obstacle(scope_, definition);
    if (record.obstacles.empty() && !obstacle) obstacle = moving_obstacle(scope_, definition);
    if (record.obstacles.empty() && obstacle) record.obstacles.push_back(std::move(*obstacle));
  }
  records_.push_back(std::move(record));
}

std::optional<TypeForm> TypeReader::user_form(clang::QualType type) {
  const clang::TagDecl* declaration = type->getAsTagDecl();
  const std::optional<UserCodec> codec = find_user_codec(scope_, type);
  if (!declaration || !codec) return std::nullopt;
  std::string name = spell(type.getCanonicalType(), scope_.context);
  if (met_.insert(declaration->getCanonicalDecl()).second) {
    Record record{.name = name, .codec = codec, .where = scope_.places.of(declaration->getLocation())};
    if (const auto* record_declaration = llvm::dyn_cast<clang::CXXRecordDecl>(declaration)) {
      std::optional<Obstacle> obstacle = naming_obstacle(scope_, *record_declaration);
      if (!obstacle) obstacle = construction_obstacle(scope_, *record_declaration->getDefinition());
      if (obstacle) record.obstacles.push_back(std::move(*obstacle));
    }
    records_.push_back(std::move(record));
  }
  return RecordRef{std::move(name)};
}

const Record* TypeReader::find(const std::string& name) const {
  const auto found = std::ranges::find(records_, name, &Record::name);
  return found == records_.end() ? nullptr : &*found;
}

void TypeReader::define(const clang::EnumDecl& declaration, const std::string& name) {
  if (!met_.insert(declaration.getCanonicalDecl()).second) return;
  scope_.name(declaration);
  Enum made{.name = name,
            .underlying = *scalar_of(declaration.getIntegerType().getCanonicalType(), scope_.context),
            .scoped = declaration.isScoped(),
            .is_flags = has_flags_operator(declaration),
            .where = scope_.places.of(declaration.getLocation())};
  for (const clang::EnumConstantDecl* each : declaration.enumerators()) {
    scope_.name(*each);
    made.enumerators.push_back({each->getNameAsString(), each->getInitVal().extOrTrunc(64).getSExtValue()});
  }
  enums_.push_back(std::move(made));
}

bool TypeReader::has_flags_operator(const clang::EnumDecl& declaration) const {
  const clang::DeclarationName name = scope_.context.DeclarationNames.getCXXOperatorName(clang::OO_Pipe);
  const clang::QualType type = canonical_type(declaration);
  const clang::DeclContext* space = declaration.getDeclContext()->getEnclosingNamespaceContext();
  return llvm::any_of(space->lookup(name), [&](const clang::NamedDecl* each) {
    const auto* function = llvm::dyn_cast<clang::FunctionDecl>(each->getUnderlyingDecl());
    return function && function->getNumParams() == 2 && scope_.is_visible(*function) &&
           function->getParamDecl(0)->getType().getNonReferenceType().getCanonicalType().getUnqualifiedType() == type;
  });
}

}  // namespace farcall
