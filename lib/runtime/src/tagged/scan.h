// Finding fields in a message without reading their values.
//
//   const Tag tag = get_tag(in, at, end);
//   at = skip(in, tag.end, end, tag.value, field);
#pragma once

#include <rpc/tagged/type.h>

#include "tagged/fail.h"
#include "tagged/input.h"
#include "tagged/varint.h"

namespace rpc::tagged {

struct Tag {
  std::uint32_t value;
  const std::byte* end;
};

inline Tag get_tag(Input& in, const std::byte* at, const std::byte* end) {
  const Varint tag = get_varint(at, end);
  if (tag.end == nullptr || tag.value < 8 || tag.value > 0xffff'ffff) [[unlikely]]
    fail_tag(in.decoder(), at);
  return {static_cast<std::uint32_t>(tag.value), tag.end};
}

/// A value of Wire::length.
struct Span {
  const std::byte* begin;
  const std::byte* end;
  std::size_t size() const { return static_cast<std::size_t>(end - begin); }
};

inline Span get_span(Input& in, const std::byte* at, const std::byte* end, const Field* field) {
  const Varint size = get_varint(at, end);
  if (size.end == nullptr || size.value > static_cast<std::size_t>(end - size.end)) [[unlikely]]
    fail_bytes(in.decoder(), at, field);
  return {size.end, size.end + size.value};
}

inline const std::byte* get_fixed(Input& in, const std::byte* at, const std::byte* end, std::size_t size,
                                  const Field* field) {
  if (static_cast<std::size_t>(end - at) < size) [[unlikely]]
    fail_bytes(in.decoder(), at, field);
  return at + size;
}

/// The byte behind the value whose tag was read; `field` is null if it is not known.
const std::byte* skip(Input& in, const std::byte* at, const std::byte* end, std::uint32_t tag, const Field* field);

/// Whether it may be given with this tag too: a repeated number, packed or one by one.
bool accepts(const Field& field, std::uint32_t tag);

/// The fields of one number that follow each other.
struct Run {
  const std::byte* end;
  std::size_t count;  ///< elements
};

/// `at` is at the first tag, `element` the field for one element.
Run measure_run(Input& in, const Field& element, const std::byte* at, const std::byte* end);

/// How many numbers are packed in it.
std::size_t count_packed(Input& in, const Field& element, Span packed);

/// Puts the fields of a record one behind the other in a copy: those of one number together, messages merged to one.
Span in_order(Input& in, const Record& record, Span body);

/// Whether a message that comes again is added to what came before: as the whole record does, see in_order().
bool merges(const Field& field);

}  // namespace rpc::tagged
