// Repeated fields: numbers are packed, everything else is a field for each element.
#include "tagged/write.h"

#include <rpc/tagged/elements.h>

#include "tagged/put.h"

namespace rpc::tagged {
namespace {

/// Packed elements that are varints of at most `most` bytes, each written by `put`.
template <class Put>
std::byte* write_packed(Encoder& out, std::byte* at, const Field& field, std::size_t count, std::size_t most, Put put) {
  unsigned width = varint_size(count);
  return write_framed(out, at, field, width, [&](std::byte* to) {
    to = out.room(to, count * most + max_varint);
    for (std::size_t i = 0; i < count; ++i) to = put(to, i);
    return to;
  });
}

std::byte* write_numbers(Encoder& out, std::byte* at, const Field& field, const List& type, Row elements) {
  if (type.element_kind == Kind::enumeration) {
    const Enum& element = static_cast<const Enum&>(*type.element);
    const auto* values = static_cast<const std::byte*>(elements.data);
    return write_packed(out, at, field, elements.count, max_varint, [&](std::byte* to, std::size_t i) {
      return put_varint(to, checked_enum(element, values + i * element.width));
    });
  }
  return with_number(type.element_kind, [&]<class T>(const T*) {
    if constexpr (std::is_floating_point_v<T>) {
      return write_bytes(out, at, field, {elements.data, elements.count * sizeof(T)});
    } else {
      const T* const numbers = static_cast<const T*>(elements.data);
      return write_packed(out, at, field, elements.count, (sizeof(T) * 8 + 6) / 7,
                          [&](std::byte* to, std::size_t i) { return put_number(to, numbers[i]); });
    }
  });
}

}  // namespace

std::byte* write_records(Encoder& out, std::byte* at, const Field& field, const List& type, const std::byte* value,
                         const std::byte* end, unsigned width) {
  const Record& record = static_cast<const Record&>(*type.element);
  for (; value != end; value += type.stride) {
    at = out.room(at, field_room);
    at = write_framed(out, at, field, width, [&](std::byte* to) { return write_fields(out, to, record, value); });
  }
  return at;
}

// The elements have the tag of the list, but for numbers, of which single ones would have another.
std::byte* write_elements(Encoder& out, std::byte* at, const Field& field, const List& type, Row elements) {
  if (is_scalar(type.element_kind)) return write_numbers(out, at, field, type, elements);
  const auto* value = static_cast<const std::byte*>(elements.data);
  if (type.element_kind == Kind::record) {
    return write_records(out, at, field, type, value, value + elements.count * type.stride, 1);
  }
  const Field element(field, type.element, type.element_kind);
  for (std::size_t i = 0; i < elements.count; ++i, value += type.stride) at = write_field(out, at, element, value);
  return at;
}

std::byte* write_nodes(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Nodes& type = static_cast<const Nodes&>(*field.type);
  const Field element(field, type.element, type.element_kind);
  Visitor visitor(out, at, field, element);
  type.visit(object, visitor);
  return visitor.finish();
}

// Packed elements are framed as write_framed() does it, but by three functions.
void Visitor::visit(const void* element) {
  if (!is_scalar(element_.kind)) {
    at_ = write_field(out_, at_, element_, element);
    return;
  }
  at_ = out_.room(at_, field_room);
  if (packed_ == 0) {
    at_ = put_head(at_, field_) + width_;
    packed_ = out_.mark(at_);
  }
  if (element_.kind == Kind::enumeration) {
    at_ = put_varint(at_, checked_enum(static_cast<const Enum&>(*element_.type), element));
  } else {
    at_ = with_number(element_.kind, [&]<class T>(const T*) { return put_number(at_, load<T>(element)); });
  }
}

std::byte* Visitor::finish() { return packed_ == 0 ? at_ : put_length(out_, at_, packed_, width_); }

}  // namespace rpc::tagged
