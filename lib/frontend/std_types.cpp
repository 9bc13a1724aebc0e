// The standard types that travel.

#include <numeric>

#include "frontend/spelling.h"
#include "frontend/types.h"

namespace farcall {
namespace {

const clang::ClassTemplateSpecializationDecl* std_specialization(clang::QualType type) {
  const auto* declaration = llvm::dyn_cast_or_null<clang::ClassTemplateSpecializationDecl>(type->getAsCXXRecordDecl());
  return declaration && is_in_std(*declaration) ? declaration : nullptr;
}

bool is_std(clang::QualType type, llvm::StringRef name) {
  const auto* specialization = std_specialization(type);
  return specialization && specialization->getName() == name;
}

clang::QualType type_argument(const clang::ClassTemplateSpecializationDecl& specialization, unsigned index) {
  return specialization.getTemplateArgs()[index].getAsType();
}

/// std::ratio<N, D> in lowest terms.
std::pair<std::intmax_t, std::intmax_t> ratio_of(clang::QualType period) {
  const auto* ratio = std_specialization(period);
  const std::intmax_t num = ratio->getTemplateArgs()[0].getAsIntegral().getExtValue();
  const std::intmax_t den = ratio->getTemplateArgs()[1].getAsIntegral().getExtValue();
  const std::intmax_t divisor = std::gcd(num, den) * (den < 0 ? -1 : 1);
  return {num / divisor, den / divisor};
}

std::optional<DurationOf> duration_of(clang::QualType type, const clang::ASTContext& context) {
  const auto* duration = std_specialization(type);
  if (!duration || duration->getName() != "duration") return std::nullopt;
  const std::optional<Scalar> count = scalar_of(type_argument(*duration, 0), context);
  if (!count || !is_std(type_argument(*duration, 1), "ratio")) return std::nullopt;
  const auto [num, den] = ratio_of(type_argument(*duration, 1));
  return DurationOf{*count, num, den};
}

/// The first of the arguments from `first` on (allocator, order, hash…) that is not the library's default; or -1.
int first_custom_argument(const clang::ClassTemplateSpecializationDecl& specialization, unsigned first) {
  static constexpr llvm::StringRef defaults[] = {"allocator", "less",        "hash",
                                                 "equal_to",  "char_traits", "default_delete"};
  const clang::TemplateArgumentList& arguments = specialization.getTemplateArgs();
  for (unsigned index = first; index < arguments.size(); ++index) {
    if (arguments[index].getKind() != clang::TemplateArgument::Type) return static_cast<int>(index);
    const auto* part = std_specialization(arguments[index].getAsType());
    if (!part || !llvm::is_contained(defaults, part->getName())) return static_cast<int>(index);
    // less<void> and the like are another type than the default, which is made for the first argument.
    if (part->getName() != "allocator" &&
        part->getTemplateArgs()[0].getAsType().getCanonicalType() != arguments[0].getAsType().getCanonicalType())
      return static_cast<int>(index);
  }
  return -1;
}

/// An order, a hash or an equality of the user's own that both sides have alike: a class without members that is made
/// without arguments. A lambda is not one, since generated code could not name it.
bool is_stateless(clang::QualType type, const Scope& scope) {
  const clang::CXXRecordDecl* record = type->getAsCXXRecordDecl();
  if (!record || record->isLambda() || !is_accessible(type)) return false;
  if (!scope.sema.isCompleteType(record->getLocation(), type.getCanonicalType())) return false;
  record = record->getDefinition();
  return record->isEmpty() &&
         (record->needsImplicitDefaultConstructor() || llvm::any_of(record->ctors(), [](const auto* each) {
            return each->isDefaultConstructor() && !each->isDeleted() && each->getAccess() == clang::AS_public;
          }));
}

/// The same for a container.
int first_custom_part(const clang::ClassTemplateSpecializationDecl& specialization, unsigned first,
                      const Scope& scope) {
  int index = first_custom_argument(specialization, first);
  while (index >= 0 && is_stateless(type_argument(specialization, static_cast<unsigned>(index)), scope))
    index = first_custom_argument(specialization, static_cast<unsigned>(index) + 1);
  return index;
}

/// What a template says about itself in its later arguments: allocator, order, hash, equality, deleter.
Unsupported custom(clang::QualType argument, const clang::ASTContext& context) {
  return {"its '" + spell(argument, context) + "' is not the standard library's default for it", "leave it out"};
}

}  // namespace

clang::QualType written_argument(clang::QualType type, clang::QualType canonical, unsigned index) {
  const auto* written = type->getAs<clang::TemplateSpecializationType>();
  while (written && written->isTypeAlias())
    written = written->getAliasedType()->getAs<clang::TemplateSpecializationType>();
  if (!written || index >= written->template_arguments().size()) return canonical;
  const clang::TemplateArgument& argument = written->template_arguments()[index];
  if (argument.getKind() != clang::TemplateArgument::Type) return canonical;
  return argument.getAsType().getCanonicalType() == canonical.getCanonicalType() ? argument.getAsType() : canonical;
}

Box TypeReader::element(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization,
                        unsigned index) {
  return Box(read(written_argument(type, type_argument(specialization, index), index)));
}

/// Of a template whose only parameter is a pack.
std::vector<Box> TypeReader::elements(clang::QualType type,
                                      const clang::ClassTemplateSpecializationDecl& specialization) {
  std::vector<Box> made;
  for (const clang::TemplateArgument& argument : specialization.getTemplateArgs()[0].pack_elements())
    made.emplace_back(read(written_argument(type, argument.getAsType(), static_cast<unsigned>(made.size()))));
  return made;
}

TypeForm TypeReader::sequence_form(SequenceKind kind, clang::QualType type,
                                   const clang::ClassTemplateSpecializationDecl& specialization) {
  if (const int index = first_custom_part(specialization, 1, scope_); index >= 0)
    return custom(type_argument(specialization, static_cast<unsigned>(index)), scope_.context);
  return SequenceOf{kind, element(type, specialization, 0)};
}

TypeForm TypeReader::map_form(MapKind kind, clang::QualType type,
                              const clang::ClassTemplateSpecializationDecl& specialization) {
  if (const int index = first_custom_part(specialization, 2, scope_); index >= 0)
    return custom(type_argument(specialization, static_cast<unsigned>(index)), scope_.context);
  return MapOf{kind, element(type, specialization, 0), element(type, specialization, 1)};
}

TypeForm TypeReader::string_form(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization) {
  const clang::QualType character = type_argument(specialization, 0);
  const bool view = specialization.getName() == "basic_string_view";
  if (first_custom_argument(specialization, 1) >= 0) return unsupported_std(qualified_name(specialization));
  if (character.getCanonicalType() == scope_.context.CharTy) return Text{view};
  const std::optional<Scalar> scalar = scalar_of(character, scope_.context);
  if (scalar != Scalar::char8 && scalar != Scalar::char16 && scalar != Scalar::char32)
    return unsupported_std(qualified_name(specialization));
  return SequenceOf{view ? SequenceKind::basic_string_view : SequenceKind::basic_string,
                    element(type, specialization, 0)};
}

TypeForm TypeReader::span_form(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization) {
  const clang::QualType element = type_argument(specialization, 0);
  const llvm::APSInt extent = specialization.getTemplateArgs()[1].getAsIntegral();
  if (extent == 0) return Unsupported{"it has no elements, so there is nothing to send", "remove it"};
  return SequenceOf{element.isConstQualified() ? SequenceKind::span : SequenceKind::writable_span,
                    Box(read(without_const(written_argument(type, element, 0)))),
                    extent.isMaxValue() ? 0 : extent.getZExtValue()};
}

TypeForm TypeReader::complex_form(const clang::ClassTemplateSpecializationDecl& specialization) const {
  const std::optional<Scalar> part = scalar_of(type_argument(specialization, 0), scope_.context);
  if (part == Scalar::float32 || part == Scalar::float64) return ComplexOf{*part};
  return Unsupported{"its parts are neither float nor double", "use std::complex<double>"};
}

/// A priority queue may also have the opposite of its default order: what arrives is put in the receiver's order.
TypeForm TypeReader::adaptor_form(AdaptorKind kind, clang::QualType type,
                                  const clang::ClassTemplateSpecializationDecl& specialization) {
  if (const int index = first_custom_argument(specialization, 2);
      index >= 0 && !is_std(type_argument(specialization, static_cast<unsigned>(index)), "greater"))
    return custom(type_argument(specialization, static_cast<unsigned>(index)), scope_.context);
  return AdaptorOf{kind, element(type, specialization, 1)};
}

TypeForm TypeReader::expected_form(clang::QualType type, const clang::ClassTemplateSpecializationDecl& specialization) {
  Box value = type_argument(specialization, 0)->isVoidType() ? Box({Monostate{}, "std::monostate"})
                                                             : element(type, specialization, 0);
  return VariantOf{{std::move(value), element(type, specialization, 1)}, VariantKind::expected};
}

/// std::unique_ptr or std::shared_ptr.
TypeForm TypeReader::pointer_form(clang::QualType type, llvm::StringRef name,
                                  const clang::ClassTemplateSpecializationDecl& specialization) {
  const clang::QualType pointee = type_argument(specialization, 0);
  if (pointee->isVoidType())
    return Unsupported{"nothing says what it points to", "use std::vector<std::byte> for raw bytes"};
  if (pointee.isVolatileQualified()) return unsupported(pointee, scope_.context);
  if (pointee->isArrayType())
    return Unsupported{"nothing says how many elements it points to", "use std::vector, or std::array"};
  if (const int index = first_custom_argument(specialization, 1); index >= 0)
    return custom(type_argument(specialization, static_cast<unsigned>(index)), scope_.context);
  if (const auto* declaration = pointee->getAsCXXRecordDecl(); declaration && is_open_polymorphic(*declaration))
    return open_polymorphism(pointee, scope_.context);
  Box object(read(written_argument(type, pointee, 0).getUnqualifiedType()));
  if (name == "std::unique_ptr") return OptionalOf{std::move(object), OptionalKind::unique_ptr};
  return SharedOf{std::move(object)};
}

TypeForm TypeReader::time_point_form(const clang::ClassTemplateSpecializationDecl& specialization) const {
  const std::string clock = spell(type_argument(specialization, 0).getCanonicalType(), scope_.context);
  if (clock.ends_with("steady_clock"))
    return Unsupported{"std::chrono::steady_clock starts at another moment on each machine",
                       "use a time point of std::chrono::system_clock, or a duration"};
  std::optional<DurationOf> since_epoch = duration_of(type_argument(specialization, 1), scope_.context);
  if (!since_epoch) return Unsupported{"its ticks are not of a built-in type", "use a duration of an integer type"};
  return TimePointOf{clock, *since_epoch};
}

std::optional<TypeForm> TypeReader::container_form(clang::QualType type, llvm::StringRef name,
                                                   const clang::ClassTemplateSpecializationDecl& specialization) {
  struct Sequence {
    llvm::StringRef name;
    SequenceKind kind;
  };
  static constexpr Sequence sequences[] = {
      {"std::vector", SequenceKind::vector},     {"std::deque", SequenceKind::deque},
      {"std::list", SequenceKind::list},         {"std::forward_list", SequenceKind::forward_list},
      {"std::set", SequenceKind::set},           {"std::unordered_set", SequenceKind::unordered_set},
      {"std::multiset", SequenceKind::multiset}, {"std::unordered_multiset", SequenceKind::unordered_multiset},
  };
  struct Map {
    llvm::StringRef name;
    MapKind kind;
  };
  static constexpr Map maps[] = {
      {"std::map", MapKind::map},
      {"std::unordered_map", MapKind::unordered_map},
      {"std::multimap", MapKind::multimap},
      {"std::unordered_multimap", MapKind::unordered_multimap},
  };
  for (const Sequence& sequence : sequences)
    if (name == sequence.name) return sequence_form(sequence.kind, type, specialization);
  for (const Map& map : maps)
    if (name == map.name) return map_form(map.kind, type, specialization);
  return std::nullopt;
}

std::optional<TypeForm> TypeReader::other_template_form(clang::QualType type, llvm::StringRef name,
                                                        const clang::ClassTemplateSpecializationDecl& specialization) {
  if (name == "std::optional") return OptionalOf{element(type, specialization, 0)};
  if (name == "std::unique_ptr" || name == "std::shared_ptr") return pointer_form(type, name, specialization);
  if (name == "std::pair") return PairOf{element(type, specialization, 0), element(type, specialization, 1)};
  if (name == "std::tuple") return TupleOf{elements(type, specialization)};
  if (name == "std::variant") return VariantOf{elements(type, specialization)};
  if (name == "std::expected") return expected_form(type, specialization);
  if (name == "std::stack") return adaptor_form(AdaptorKind::stack, type, specialization);
  if (name == "std::queue") return adaptor_form(AdaptorKind::queue, type, specialization);
  if (name == "std::priority_queue") return adaptor_form(AdaptorKind::priority_queue, type, specialization);
  if (name == "std::bitset") return BitsetOf{specialization.getTemplateArgs()[0].getAsIntegral().getZExtValue()};
  return std::nullopt;
}

TypeForm TypeReader::std_form(clang::QualType type, const clang::CXXRecordDecl& declaration) {
  const std::string name = qualified_name(declaration);
  if (name == "std::monostate") return Monostate{};
  if (name == "std::filesystem::path") return Path{};
  if (name == "std::error_code") return ErrorCode{};
  const auto* specialization = llvm::dyn_cast<clang::ClassTemplateSpecializationDecl>(&declaration);
  if (!specialization) return unsupported_std(name);
  if (std::optional<TypeForm> container = container_form(type, name, *specialization)) return std::move(*container);
  if (std::optional<TypeForm> other = other_template_form(type, name, *specialization)) return std::move(*other);
  if (name == "std::basic_string" || name == "std::basic_string_view") return string_form(type, *specialization);
  if (name == "std::span") return span_form(type, *specialization);
  if (name == "std::complex") return complex_form(*specialization);
  if (name == "std::array")
    return SequenceOf{SequenceKind::array, element(type, *specialization, 0),
                      specialization->getTemplateArgs()[1].getAsIntegral().getZExtValue()};
  if (name == "std::chrono::time_point") return time_point_form(*specialization);
  if (name == "std::chrono::duration") {
    if (const std::optional<DurationOf> duration = duration_of(type, scope_.context)) return *duration;
    return Unsupported{"its ticks are not of a built-in type", "use a duration of an integer or floating type"};
  }
  return unsupported_std(name);
}

}  // namespace farcall
