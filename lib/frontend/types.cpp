#include "frontend/types.h"

#include <algorithm>

#include "frontend/spelling.h"

namespace farcall {
namespace {

Scalar integer(unsigned width, bool is_signed) {
  switch (width) {
    case 8: return is_signed ? Scalar::int8 : Scalar::uint8;
    case 16: return is_signed ? Scalar::int16 : Scalar::uint16;
    case 32: return is_signed ? Scalar::int32 : Scalar::uint32;
    default: return is_signed ? Scalar::int64 : Scalar::uint64;
  }
}

bool is_std_byte(const clang::EnumDecl& declaration) {
  return is_in_std(declaration) && declaration.getName() == "byte";
}

const clang::EnumDecl* enum_of(clang::QualType type) {
  return llvm::dyn_cast_or_null<clang::EnumDecl>(type->getAsTagDecl());
}

/// The library's own have it in their names, others declare what the library asks of iterators.
bool is_iterator(const clang::CXXRecordDecl& declaration) {
  if (is_in_std(declaration) || qualified_name(declaration).starts_with("__gnu_cxx::"))
    return declaration.getName().contains("iterator") || declaration.getName().contains("_wrap_iter");
  const clang::CXXRecordDecl* definition = declaration.getDefinition();
  return definition && !definition->lookup(&declaration.getASTContext().Idents.get("iterator_category")).empty();
}

}  // namespace

clang::QualType without_const(clang::QualType type) {
  return type.isConstQualified() && !type.isVolatileQualified() ? type.getUnqualifiedType() : type;
}

std::optional<Scalar> scalar_of(clang::QualType type, const clang::ASTContext& context) {
  if (const auto* enumeration = enum_of(type); enumeration && is_std_byte(*enumeration)) return Scalar::byte;
  const auto* builtin = type->getAs<clang::BuiltinType>();
  if (!builtin) return std::nullopt;
  using clang::BuiltinType;
  switch (builtin->getKind()) {
    case BuiltinType::Bool: return Scalar::boolean;
    case BuiltinType::Char8: return Scalar::char8;
    case BuiltinType::Char16: return Scalar::char16;
    case BuiltinType::Char32: return Scalar::char32;
    case BuiltinType::WChar_S:
    case BuiltinType::WChar_U:
      if (context.getTypeSize(type) != 32) return std::nullopt;
      return Scalar::char32;
    case BuiltinType::Float: return Scalar::float32;
    case BuiltinType::Double: return Scalar::float64;
    case BuiltinType::Char_S:
    case BuiltinType::SChar:
    case BuiltinType::Short:
    case BuiltinType::Int:
    case BuiltinType::Long:
    case BuiltinType::LongLong: return integer(static_cast<unsigned>(context.getTypeSize(type)), true);
    case BuiltinType::Char_U:
    case BuiltinType::UChar:
    case BuiltinType::UShort:
    case BuiltinType::UInt:
    case BuiltinType::ULong:
    case BuiltinType::ULongLong: return integer(static_cast<unsigned>(context.getTypeSize(type)), false);
    default: return std::nullopt;
  }
}

Type TypeReader::read(clang::QualType type) {
  if (names(type, is_deprecated)) scope_.names_deprecated = true;
  TypeForm form = form_of(type);
  std::string spelling = spell(type, scope_.context);
  return {std::move(form), std::move(spelling)};
}

TypeForm TypeReader::form_of(clang::QualType type) {
  const clang::QualType canonical = type.getCanonicalType();
  if (canonical->isVoidType()) return Void{};
  if (const auto* array = scope_.context.getAsConstantArrayType(type))
    return SequenceOf{SequenceKind::c_array, Box(read(array->getElementType())), array->getZExtSize()};
  if (canonical->isDependentType() || canonical.isVolatileQualified() || canonical.isConstQualified() ||
      canonical->isUndeducedType())
    return unsupported(type, scope_.context);
  if (const std::optional<Scalar> scalar = scalar_of(canonical, scope_.context)) return *scalar;
  if (const auto* enumeration = enum_of(canonical)) return enum_form(*enumeration);
  if (const auto* declaration = canonical->getAsCXXRecordDecl()) return class_form(type, *declaration);
  return unsupported(type, scope_.context);
}

TypeForm TypeReader::class_form(clang::QualType type, const clang::CXXRecordDecl& declaration) {
  if (is_iterator(declaration))
    return Unsupported{"it is an iterator", "pass the elements, or an index or a key", Refusal::iterator};
  if (is_in_std(declaration)) {
    TypeForm form = std_form(type, declaration);
    if (std::holds_alternative<Unsupported>(form))
      if (std::optional<TypeForm> user = user_form(type)) return std::move(*user);
    return form;
  }
  // A template specialisation that is only named so far is made complete now; one that cannot be stays incomplete.
  if (llvm::isa<clang::ClassTemplateSpecializationDecl>(declaration) && !declaration.hasDefinition())
    (void)scope_.sema.isCompleteType(declaration.getLocation(), type.getCanonicalType());
  if (std::optional<TypeForm> user = user_form(type)) return std::move(*user);
  const std::string name = spell(type.getCanonicalType(), scope_.context);
  define(declaration, name);
  return RecordRef{name};
}

TypeForm TypeReader::enum_form(const clang::EnumDecl& declaration) {
  const clang::EnumDecl* definition = declaration.getDefinition();
  if (!definition) return Unsupported{"its enumerators are not known here", "include the header that defines it"};
  if (!definition->getDeclName() && !definition->getTypedefNameForAnonDecl())
    return Unsupported{"the enum has no name", "give it a name"};
  if (definition->isInAnonymousNamespace())
    return Unsupported{"it is in an anonymous namespace", "give the namespace a name"};
  if (!is_accessible(*definition))
    return Unsupported{"generated code cannot reach it", "make it public, or move it out of the class or function"};
  const clang::QualType type = canonical_type(*definition);
  if (std::optional<TypeForm> user = user_form(type)) return std::move(*user);
  const std::string name = spell(type, scope_.context);
  define(*definition, name);
  return EnumRef{name};
}

std::vector<Enum> TypeReader::enums() const {
  std::vector<Enum> sorted = enums_;
  std::ranges::sort(sorted, {}, &Enum::name);
  return sorted;
}

}  // namespace farcall
