// Why a type cannot travel, and what to use instead.

#include <algorithm>
#include <array>

#include "frontend/attributes.h"
#include "frontend/spelling.h"
#include "frontend/types.h"

namespace farcall {
namespace {

Unsupported unsupported_function() {
  return {"a function stays in its process", "pass data that says what to do", Refusal::function};
}

Unsupported unsupported_array(const clang::ArrayType& array, const clang::ASTContext& context) {
  const std::string element = spell(array.getElementType().getUnqualifiedType(), context);
  const auto* fixed = llvm::dyn_cast<clang::ConstantArrayType>(&array);
  if (!fixed)
    return {"an array cannot be passed by value", "use std::vector<" + element + ">, or std::span to read only",
            Refusal::array_parameter};
  return {"an array cannot be passed by value",
          "use std::array<" + element + ", " + std::to_string(fixed->getZExtSize()) + ">", Refusal::array_parameter};
}

Unsupported unsupported_pointer(clang::QualType pointee, const clang::ASTContext& context) {
  if (pointee->isFunctionType()) return unsupported_function();
  if (pointee->isVoidType())
    return {"nothing says what it points to", "use std::vector<std::byte> for raw bytes", Refusal::void_pointer};
  if (pointee->isAnyCharacterType())
    return {"a pointer does not own its text", "use std::string", Refusal::raw_pointer};
  if (const auto* record = pointee->getAsCXXRecordDecl(); record && record->getName() == "_IO_FILE")
    return {"a stream stays where it is open", "pass the text as std::string, or the name of the file",
            Refusal::stream};
  if (const auto* declaration = pointee->getAsCXXRecordDecl(); declaration && is_open_polymorphic(*declaration))
    return open_polymorphism(pointee, context);
  const std::string name = spell(pointee.getUnqualifiedType(), context);
  return {"an address means nothing to another process",
          "use '" + name + "' by value, std::optional if it can be absent, or std::vector if there are several",
          Refusal::raw_pointer};
}

Unsupported unsupported_builtin(const clang::BuiltinType& type) {
  using clang::BuiltinType;
  switch (type.getKind()) {
    case BuiltinType::LongDouble:
      return {"its size and format differ between machines", "use double", Refusal::long_double};
    case BuiltinType::Float128:
    case BuiltinType::Ibm128: return {"its size and format differ between machines", "use double"};
    case BuiltinType::Half:
    case BuiltinType::Float16:
    case BuiltinType::BFloat16: return {"it is not a standard floating type", "use float"};
    case BuiltinType::Int128:
    case BuiltinType::UInt128: return {"it is not a standard integer", "use two std::uint64_t"};
    case BuiltinType::WChar_S:
    case BuiltinType::WChar_U:
      return {"its width differs between platforms", "use char32_t, or std::string with UTF-8"};
    case BuiltinType::NullPtr: return {"it has only one value", "leave it out"};
    default: return {"it is not a type of standard C++", "use a standard type"};
  }
}

struct StdRefusal {
  std::string_view name;
  std::string_view reason;
  std::string_view way_out;
};

constexpr std::string_view refers = "it refers to memory of its process";
constexpr std::string_view owns = "an address means nothing to another process";
constexpr std::string_view later = "Farcall does not carry it yet";
constexpr std::string_view by_value = "use the value itself, or std::optional if it can be absent";
constexpr std::string_view vector = "use std::vector";
constexpr std::string_view text = "use std::string with UTF-8";
constexpr std::string_view days = "use std::chrono::sys_days";

/// By name, without "std::"; sorted.
constexpr auto std_refusals = std::to_array<StdRefusal>({
    {"any", "its type is known only at run time", "use a std::variant"},
    {"auto_ptr", owns, by_value},
    {"basic_string", "its characters or its allocator are its platform's", text},
    {"basic_string_view", "its characters or their traits are its own", "use std::string_view with UTF-8"},
    {"chrono::day", later, days},
    {"chrono::hh_mm_ss", later, "use a duration"},
    {"chrono::month", later, days},
    {"chrono::month_day", later, days},
    {"chrono::weekday", later, days},
    {"chrono::year", later, days},
    {"chrono::year_month", later, days},
    {"chrono::year_month_day", later, days},
    {"chrono::zoned_time", later, "use std::chrono::sys_time and the name of the zone"},
    {"error_condition", "its category is an address", "use std::error_code"},
    {"initializer_list", refers, vector},
    {"reference_wrapper", refers, "use the value itself"},
    {"valarray", later, vector},
});
static_assert(std::ranges::is_sorted(std_refusals, {}, &StdRefusal::name));

}  // namespace

bool is_open_polymorphic(const clang::CXXRecordDecl& declaration) {
  return declaration.hasDefinition() && declaration.isPolymorphic() && !declaration.isEffectivelyFinal() &&
         !has_attributes(declaration);
}

Unsupported open_polymorphism(clang::QualType pointee, const clang::ASTContext& context) {
  const std::string name = spell(pointee.getUnqualifiedType(), context);
  return {"it may point to an object of any class derived from '" + name + "' (open polymorphism)",
          "use a std::variant of the classes there are", Refusal::open_polymorphism};
}

Unsupported unsupported(clang::QualType type, const clang::ASTContext& context) {
  const clang::QualType canonical = type.getCanonicalType();
  if (canonical->isDependentType()) return {"it depends on a template parameter", "use a plain type"};
  if (canonical->isUndeducedType()) return {"it is deduced", "write the type"};
  if (canonical.isVolatileQualified()) return {"it is volatile", "drop the volatile", Refusal::volatile_type};
  if (canonical->isReferenceType()) return {"a reference cannot be kept in a value", "use the value itself"};
  if (type->isArrayType() || type->getAs<clang::DecayedType>()) {
    const auto* array =
        context.getAsArrayType(type->isArrayType() ? type : type->castAs<clang::DecayedType>()->getOriginalType());
    return array ? unsupported_array(*array, context) : unsupported_function();
  }
  if (canonical.isConstQualified()) return {"it is const, so it cannot be filled on arrival", "drop the const"};
  if (canonical->isMemberPointerType())
    return {"it means nothing to another process", "pass data that says what to do", Refusal::function};
  if (canonical->isPointerType()) return unsupported_pointer(type->getPointeeType(), context);
  if (const auto* builtin = canonical->getAs<clang::BuiltinType>()) return unsupported_builtin(*builtin);
  if (canonical->isFunctionType()) return unsupported_function();
  return {"it is not a type of standard C++", "use a standard type"};
}

Unsupported unsupported_std(std::string_view name) {
  const std::string_view base = name.substr(std::min(name.size(), std::string_view("std::").size()));
  if (std::optional<Unsupported> known = process_bound(base)) return std::move(*known);
  const auto refusal = std::ranges::lower_bound(std_refusals, base, {}, &StdRefusal::name);
  if (refusal != std_refusals.end() && refusal->name == base)
    return {std::string(refusal->reason), std::string(refusal->way_out)};
  return {"Farcall does not know this type of the standard library", "put its data into a struct"};
}

}  // namespace farcall
