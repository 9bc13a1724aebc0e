// The types an interface can carry, as a closed sum. What Farcall cannot carry is a value too
// (Unsupported, with the reason and a way out), so no later step has to guess or to fail.
//
//   Type type{.form = SequenceOf{SequenceKind::vector, box(Type{Scalar::int32, "int"})},
//             .spelling = "std::vector<int>"};
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace farcall {

struct Type;

/// A Type inside a Type: a deep-copied, deep-compared value on the heap.
class Box {
 public:
  explicit Box(Type type);
  Box(const Box& other);
  Box(Box&& other) noexcept;
  Box& operator=(Box other) noexcept;
  ~Box();

  const Type& operator*() const { return *type_; }
  const Type* operator->() const { return type_.get(); }
  bool operator==(const Box& other) const;

 private:
  std::unique_ptr<Type> type_;
};

enum class Scalar : std::uint8_t {
  boolean,
  byte,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  char8,
  char16,
  char32,
  float32,
  float64,
};

/// An enum, by its qualified name; Contract::enums holds the definition.
struct EnumRef {
  std::string name;
  bool operator==(const EnumRef&) const = default;
};

/// A struct or class, by its qualified name; Contract::records holds the definition.
struct RecordRef {
  std::string name;
  bool operator==(const RecordRef&) const = default;
};

/// std::string, or with `view` std::string_view. Views of it and of sequences travel as what they point to.
struct Text {
  bool view = false;
  bool operator==(const Text&) const = default;
};

enum class SequenceKind : std::uint8_t {
  vector,
  array,
  c_array,
  deque,
  list,
  forward_list,
  basic_string,       ///< of other characters than char
  basic_string_view,  ///< the same
  span,               ///< of const elements
  writable_span,      ///< of elements that can be written to, which cannot travel
  set,
  unordered_set,
  multiset,
  unordered_multiset,
};

/// Whether it has as many elements as its type says.
constexpr bool is_array(SequenceKind kind) { return kind == SequenceKind::array || kind == SequenceKind::c_array; }

/// A container of one element type. `extent` is the N of std::array<T, N>, T[N] and std::span<const T, N>, and 0
/// elsewhere.
/// The element of a span is without its const.
struct SequenceOf {
  SequenceKind kind;
  Box element;
  std::uint64_t extent = 0;
  bool operator==(const SequenceOf&) const = default;
};

enum class MapKind : std::uint8_t { map, unordered_map, multimap, unordered_multimap };

struct MapOf {
  MapKind kind;
  Box key;
  Box value;
  bool operator==(const MapOf&) const = default;
};

enum class OptionalKind : std::uint8_t { optional, unique_ptr };

/// A value or none: std::optional<T>, or std::unique_ptr<T>, which may make a type contain itself.
struct OptionalOf {
  Box value;
  OptionalKind kind = OptionalKind::optional;
  bool operator==(const OptionalOf&) const = default;
};

/// std::shared_ptr<T>: an object or none. Pointers to one object arrive as pointers to one object.
struct SharedOf {
  Box object;
  bool operator==(const SharedOf&) const = default;
};

enum class AdaptorKind : std::uint8_t { stack, queue, priority_queue };

/// A container with the interface of another one.
struct AdaptorOf {
  AdaptorKind kind;
  Box container;
  bool operator==(const AdaptorOf&) const = default;
};

/// std::bitset of so many bits.
struct BitsetOf {
  std::uint64_t size;
  bool operator==(const BitsetOf&) const = default;
};

/// std::filesystem::path.
struct Path {
  bool operator==(const Path&) const = default;
};

/// std::error_code.
struct ErrorCode {
  bool operator==(const ErrorCode&) const = default;
};

struct PairOf {
  Box first;
  Box second;
  bool operator==(const PairOf&) const = default;
};

struct TupleOf {
  std::vector<Box> elements;
  bool operator==(const TupleOf&) const = default;
};

enum class VariantKind : std::uint8_t { variant, expected };

/// One of several values. std::expected<T, E> is one of T and E, or of Monostate and E when T is void.
struct VariantOf {
  std::vector<Box> alternatives;
  VariantKind kind = VariantKind::variant;
  bool operator==(const VariantOf&) const = default;
};

struct Monostate {
  bool operator==(const Monostate&) const = default;
};

/// std::complex of a floating type.
struct ComplexOf {
  Scalar part;
  bool operator==(const ComplexOf&) const = default;
};

/// std::chrono::duration: `count` ticks of num/den seconds. The tick type is `count`.
struct DurationOf {
  Scalar count;
  std::intmax_t num;
  std::intmax_t den;
  bool operator==(const DurationOf&) const = default;
};

/// std::chrono::time_point of a named clock ("std::chrono::system_clock"), as a duration since its epoch.
struct TimePointOf {
  std::string clock;
  DurationOf since_epoch;
  bool operator==(const TimePointOf&) const = default;
};

/// `void`; only ever the result of a method.
struct Void {
  bool operator==(const Void&) const = default;
};

/// What keeps a type from travelling, as far as there is a rule for it alone.
enum class Refusal : std::uint8_t {
  other,
  raw_pointer,
  void_pointer,
  function,
  iterator,
  stream,
  process_resource,  ///< mutex, thread, handle: what a process has, and cannot give away
  open_polymorphism,
  volatile_type,
  incomplete,
  union_type,
  long_double,
  array_parameter,
  reference_member,
  const_member,
  private_member,
  custom_copy,
  construction,
};

/// A type that cannot travel. `reason` completes "'spelling' cannot travel: …"; `way_out` is an imperative sentence
/// without its full stop ("use std::int64_t instead").
struct Unsupported {
  std::string reason;
  std::string way_out;
  Refusal refusal = Refusal::other;
  bool operator==(const Unsupported&) const = default;
};

using TypeForm = std::variant<Void, Scalar, EnumRef, RecordRef, Text, SequenceOf, MapOf, OptionalOf, SharedOf,
                              AdaptorOf, BitsetOf, PairOf, TupleOf, VariantOf, Monostate, ComplexOf, DurationOf,
                              TimePointOf, Path, ErrorCode, Unsupported>;

/// `spelling` is how generated code writes the type: fully qualified, aliases kept where they are accessible.
struct Type {
  TypeForm form;
  std::string spelling;
  bool operator==(const Type&) const = default;
};

/// Whether a value of the type only points to what it stands for.
bool is_view(const Type& type);

/// The types that one is built from, in order: the element, key and value, the alternatives.
std::vector<const Type*> parts_of(const Type& type);

/// Lambdas as one visitor: std::visit(overloaded{[](const Text&) {…}, …}, type.form).
template <class... F>
struct overloaded : F... {
  using F::operator()...;
};
template <class... F>
overloaded(F...) -> overloaded<F...>;

/// A canonical description that ignores aliases and spelling: "list<record home::Reading>". Equal descriptions mean
/// equal bytes on the wire, given equal records and enums.
std::string describe(const Type& type);

}  // namespace farcall
