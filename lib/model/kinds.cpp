#include "model/kinds.h"

namespace farcall {

std::string_view name_of(Scalar scalar) {
  switch (scalar) {
    case Scalar::boolean: return "bool";
    case Scalar::byte: return "byte";
    case Scalar::int8: return "int8";
    case Scalar::int16: return "int16";
    case Scalar::int32: return "int32";
    case Scalar::int64: return "int64";
    case Scalar::uint8: return "uint8";
    case Scalar::uint16: return "uint16";
    case Scalar::uint32: return "uint32";
    case Scalar::uint64: return "uint64";
    case Scalar::char8: return "char8";
    case Scalar::char16: return "char16";
    case Scalar::char32: return "char32";
    case Scalar::float32: return "float32";
    case Scalar::float64: return "float64";
  }
  return {};
}

std::string_view name_of(SequenceKind kind) {
  switch (kind) {
    case SequenceKind::vector: return "vector";
    case SequenceKind::array: return "array";
    case SequenceKind::c_array: return "c_array";
    case SequenceKind::deque: return "deque";
    case SequenceKind::list: return "list";
    case SequenceKind::forward_list: return "forward_list";
    case SequenceKind::basic_string: return "basic_string";
    case SequenceKind::basic_string_view: return "basic_string_view";
    case SequenceKind::span: return "span";
    case SequenceKind::writable_span: return "writable_span";
    case SequenceKind::set: return "set";
    case SequenceKind::unordered_set: return "unordered_set";
    case SequenceKind::multiset: return "multiset";
    case SequenceKind::unordered_multiset: return "unordered_multiset";
  }
  return {};
}

std::string_view name_of(MapKind kind) {
  switch (kind) {
    case MapKind::map: return "map";
    case MapKind::unordered_map: return "unordered_map";
    case MapKind::multimap: return "multimap";
    case MapKind::unordered_multimap: return "unordered_multimap";
  }
  return {};
}

std::string_view name_of(OptionalKind kind) {
  switch (kind) {
    case OptionalKind::optional: return "optional";
    case OptionalKind::unique_ptr: return "unique_ptr";
  }
  return {};
}

std::string_view name_of(VariantKind kind) {
  switch (kind) {
    case VariantKind::variant: return "variant";
    case VariantKind::expected: return "expected";
  }
  return {};
}

std::string_view name_of(AdaptorKind kind) {
  switch (kind) {
    case AdaptorKind::stack: return "stack";
    case AdaptorKind::queue: return "queue";
    case AdaptorKind::priority_queue: return "priority_queue";
  }
  return {};
}

}  // namespace farcall
