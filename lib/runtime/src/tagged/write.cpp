// One pass forwards: a message's length is put before it once it is known, and the message moved if the length takes
// more bytes than were left for it, as a length of the same field did before.
#include <rpc/tagged/codec.h>
#include <rpc/tagged/elements.h>
#include <rpc/tagged/shared.h>
#include <rpc/wire/part.h>
#include <rpc/wire/shared_codec.h>
#include <rpc/wire/writer.h>

#include <vector>

#include "tagged/numbers.h"
#include "tagged/varint.h"

namespace rpc::tagged {
namespace {

/// Bytes of the longest tag.
constexpr std::size_t max_tag = 5;

/// `width` is that of the length before, if there was one.
std::byte* write_field(Encoder& out, std::byte* at, const Field& field, const void* value, unsigned& width);
std::byte* write_other(Encoder& out, std::byte* at, const Field& field, const void* value, unsigned& width);

[[gnu::always_inline]] inline std::byte* room(Encoder& out, std::byte* at, std::size_t size) {
  Writer writer(out, at);
  writer.room(size);
  return writer.place();
}

/// Leaves `width` bytes for a length.
std::byte* begin_length(Encoder& out, std::byte* at, unsigned width) { return room(out, at, width) + width; }

/// Puts the length of what begins at `start` into the `width` bytes before it, or as many as it takes.
std::byte* end_length(Encoder& out, std::byte* at, std::size_t start, unsigned& width) {
  const std::size_t size = out.offset(at) - start;
  const unsigned needed = varint_size(size);
  if (needed != width) [[unlikely]] {
    at = room(out, at, max_varint);
    std::byte* const old = out.place(start);
    std::memmove(old - width + needed, old, size);
    at = at - width + needed;
  }
  put_varint(out.place(start - width), size);
  width = needed;
  return at;
}

template <class T>
std::byte* put_number(std::byte* at, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    std::memcpy(at, &value, sizeof value);
    return at + sizeof value;
  } else if constexpr (std::is_signed_v<T>) {
    return put_varint(at, zigzag(value));
  } else {
    return put_varint(at, value);
  }
}

/// A tag and a number. Needs max_tag + max_varint bytes.
template <class T>
[[gnu::always_inline]] inline std::byte* put_field(std::byte* at, const Field& field, const void* value) {
  return put_number(put_varint(at, field.tag), load<T>(value));
}

std::int64_t checked_enum(const Enum& type, const void* value) {
  const std::int64_t number = load_enum(type, value);
  if (!type.has(number)) [[unlikely]]
    wire::fail_enum_sent(*type.name, number);
  return number;
}

/// A tag and the bytes. Needs max_tag + max_varint + size bytes.
[[gnu::always_inline]] inline std::byte* put_bytes(std::byte* at, const Field& field, const void* bytes,
                                                   std::size_t size) {
  at = put_varint(put_varint(at, field.tag), size);
  if (size <= wire::short_text) {
    wire::copy_short(at, static_cast<const char*>(bytes), size);
  } else {
    std::memcpy(at, bytes, size);
  }
  return at + size;
}

/// What most fields are, in the loop over them.
[[gnu::always_inline]] inline std::byte* write_inline(Encoder& out, std::byte* at, const Field& field,
                                                      const void* value, unsigned& width) {
  if (field.kind > Kind::text) return write_other(out, at, field, value, width);
  at = room(out, at, max_tag + max_varint);
  switch (field.kind) {
    case Kind::boolean: return put_field<bool>(at, field, value);
    case Kind::int8: return put_field<std::int8_t>(at, field, value);
    case Kind::int16: return put_field<std::int16_t>(at, field, value);
    case Kind::int32: return put_field<std::int32_t>(at, field, value);
    case Kind::int64: return put_field<std::int64_t>(at, field, value);
    case Kind::uint8: return put_field<std::uint8_t>(at, field, value);
    case Kind::uint16: return put_field<std::uint16_t>(at, field, value);
    case Kind::uint32: return put_field<std::uint32_t>(at, field, value);
    case Kind::uint64: return put_field<std::uint64_t>(at, field, value);
    case Kind::float32: return put_field<float>(at, field, value);
    case Kind::float64: return put_field<double>(at, field, value);
    case Kind::enumeration: {
      const std::int64_t number = checked_enum(static_cast<const Enum&>(*field.type), value);
      return put_varint(put_varint(at, field.tag), static_cast<std::uint64_t>(number));
    }
    default: {
      const auto& text = *static_cast<const std::string*>(value);
      return put_bytes(room(out, at, max_tag + max_varint + text.size()), field, text.data(), text.size());
    }
  }
}

std::byte* write_blob(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Blob& type = static_cast<const Blob&>(*field.type);
  if (type.view != nullptr) {
    const Row bytes = type.view(object);
    return put_bytes(room(out, at, max_tag + max_varint + bytes.count), field, bytes.data, bytes.count);
  }
  const std::size_t size = type.size(object);
  at = room(out, at, max_tag + max_varint + size);
  at = put_varint(put_varint(at, field.tag), size);
  type.copy(object, at);
  return at + size;
}

std::byte* write_fields(Encoder& out, std::byte* at, const Record& record, const void* object) {
  const auto* bytes = static_cast<const std::byte*>(object);
  const auto* pointers = static_cast<const void* const*>(object);
  unsigned width = 1;
  if (record.on_cycle) Writer(out, at).nest();
  for (const Field* field = record.fields; field != record.fields + record.count; ++field) {
    const void* value = record.addressing == Addressing::offset ? bytes + field->offset : pointers[field->offset];
    at = write_inline(out, at, *field, value, width);
  }
  if (record.on_cycle) Writer(out, at).unnest();
  return at;
}

/// The record with its tag and its length.
std::byte* write_message(Encoder& out, std::byte* at, const Field& field, const Record& record, const void* object,
                         unsigned& width) {
  at = put_varint(room(out, at, max_tag), field.tag);
  at = begin_length(out, at, width);
  const std::size_t start = out.offset(at);
  at = write_fields(out, at, record, object);
  return end_length(out, at, start, width);
}

std::byte* write_tuple(Encoder& out, std::byte* at, const Field& field, const void* object, unsigned& width) {
  const Tuple& type = static_cast<const Tuple&>(*field.type);
  const void* few[8];
  std::vector<const void*> many;
  if (type.record->count > std::size(few)) many.resize(type.record->count);
  const void** pointers = many.empty() ? few : many.data();
  type.pointers(object, pointers);
  return write_message(out, at, field, *type.record, pointers, width);
}

std::byte* write_variant(Encoder& out, std::byte* at, const Field& field, const void* object, unsigned& width) {
  const Variant& type = static_cast<const Variant&>(*field.type);
  const std::size_t index = type.index(object);
  if (index >= type.count) wire::fail_valueless_sent();
  at = put_varint(room(out, at, max_tag), field.tag);
  at = begin_length(out, at, width);
  const std::size_t start = out.offset(at);
  unsigned inner = 1;
  at = write_field(out, at, type.alternatives[index], type.value(object), inner);
  return end_length(out, at, start, width);
}

std::byte* write_shared(Encoder& out, std::byte* at, const Field& field, const void* object, unsigned& width) {
  const Shared& type = static_cast<const Shared&>(*field.type);
  const std::shared_ptr<const void> pointer = type.get(object);
  at = begin_length(out, put_varint(room(out, at, max_tag), field.tag), width);
  const std::size_t start = out.offset(at);
  unsigned inner = 1;
  if (pointer != nullptr) {
    const wire::SentMark sent = wire::begin_sent(out, pointer, *type.name);
    if (sent.object != nullptr) {
      at = write_field(out, at, Field(1, "object", type.value, type.value_kind), pointer.get(), inner);
      wire::end_sent(out, *sent.object);
    } else {
      const std::uint64_t number = sent.mark - 2;
      at = write_field(out, at, Field(2, "reference", nullptr, Kind::uint64), &number, inner);
    }
  }
  return end_length(out, at, start, width);
}

std::byte* write_proxy(Encoder& out, std::byte* at, const Field& field, const void* object, unsigned& width) {
  const Proxy& type = static_cast<const Proxy&>(*field.type);
  const Field value_field(field, type.value, type.value_kind);
  const auto write = [&](void* value) { at = write_field(out, at, value_field, value, width); };
  type.give(object, {[](void* context, void* value) { (*static_cast<decltype(write)*>(context))(value); },
                     const_cast<void*>(static_cast<const void*>(&write))});
  return at;
}

std::byte* write_coded(Encoder& out, std::byte* at, const Field& field, const void* object, unsigned& width) {
  const Coded& type = static_cast<const Coded&>(*field.type);
  at = begin_length(out, put_varint(room(out, at, max_tag), field.tag), width);
  const std::size_t start = out.offset(at);
  const Field version(1, "version", nullptr, Kind::uint32);
  const Field value(2, field.name, nullptr, Kind::blob);
  at = put_field<std::uint32_t>(room(out, at, 2 * max_tag + max_varint), version, &type.version);
  unsigned inner = 1;
  at = begin_length(out, put_varint(at, value.tag), inner);
  const std::size_t bytes = out.offset(at);
  {
    const wire::OutPart part(out, at);
    Writer to(out, at);
    type.write(to, object);
    at = to.place();
  }
  return end_length(out, end_length(out, at, bytes, inner), start, width);
}

std::byte* write_nullable(Encoder& out, std::byte* at, const Field& field, const void* object, unsigned& width) {
  const Nullable& type = static_cast<const Nullable&>(*field.type);
  const void* value = type.get(object);
  if (value == nullptr) return at;
  return write_field(out, at, Field(field, type.value, type.value_kind), value, width);
}

/// Packed elements that are copied as they are.
template <class T>
std::byte* write_copied(Encoder& out, std::byte* at, const Field& field, const Row& elements) {
  const std::size_t size = elements.count * sizeof(T);
  at = room(out, at, max_tag + max_varint + size);
  at = put_varint(put_varint(at, field.tag), size);
  std::memcpy(at, elements.data, size);
  return at + size;
}

std::byte* put_packed_enum(std::byte* at, const Enum& type, const void* value) {
  return put_varint(at, static_cast<std::uint64_t>(checked_enum(type, value)));
}

/// Packed elements that are varints.
template <class T>
std::byte* write_varints(Encoder& out, std::byte* at, const Field& field, const Row& elements) {
  constexpr std::size_t most = (sizeof(T) * 8 + 6) / 7;
  const auto* numbers = static_cast<const T*>(elements.data);
  unsigned width = varint_size(elements.count);
  at = put_varint(room(out, at, max_tag), field.tag);
  at = begin_length(out, at, width);
  const std::size_t start = out.offset(at);
  at = room(out, at, elements.count * most);
  for (std::size_t i = 0; i < elements.count; ++i) at = put_number(at, numbers[i]);
  return end_length(out, at, start, width);
}

std::byte* write_enums(Encoder& out, std::byte* at, const Field& field, const Enum& type, const Row& elements) {
  const auto* bytes = static_cast<const std::byte*>(elements.data);
  unsigned width = varint_size(elements.count);
  at = put_varint(room(out, at, max_tag), field.tag);
  at = begin_length(out, at, width);
  const std::size_t start = out.offset(at);
  at = room(out, at, elements.count * max_varint);
  for (std::size_t i = 0; i < elements.count; ++i) at = put_packed_enum(at, type, bytes + i * type.width);
  return end_length(out, at, start, width);
}

std::byte* write_packed(Encoder& out, std::byte* at, const Field& field, const List& type, const Row& elements) {
  if (type.element_kind == Kind::enumeration) {
    return write_enums(out, at, field, static_cast<const Enum&>(*type.element), elements);
  }
  return with_number(type.element_kind, [&]<class T>(const T*) {
    if constexpr (std::is_floating_point_v<T>) return write_copied<T>(out, at, field, elements);
    if constexpr (!std::is_floating_point_v<T>) return write_varints<T>(out, at, field, elements);
  });
}

std::byte* write_list(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const List& type = static_cast<const List&>(*field.type);
  const Row elements = type.view(object);
  if (elements.count == 0) return at;
  if (is_scalar(type.element_kind)) return write_packed(out, at, field, type, elements);
  const Field element(field, type.element, type.element_kind);
  const auto* value = static_cast<const std::byte*>(elements.data);
  unsigned width = 1;
  if (type.element_kind == Kind::record) {
    const Record& record = static_cast<const Record&>(*type.element);
    for (std::size_t i = 0; i < elements.count; ++i, value += type.stride) {
      at = write_message(out, at, element, record, value, width);
    }
    return at;
  }
  for (std::size_t i = 0; i < elements.count; ++i, value += type.stride) {
    at = write_field(out, at, element, value, width);
  }
  return at;
}

std::byte* write_nodes(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Nodes& type = static_cast<const Nodes&>(*field.type);
  const Field element(field, type.element, type.element_kind);
  Visitor visitor(out, at, field, element);
  type.visit(object, visitor);
  return visitor.finish();
}

std::byte* write_field(Encoder& out, std::byte* at, const Field& field, const void* value, unsigned& width) {
  return write_inline(out, at, field, value, width);
}

std::byte* write_other(Encoder& out, std::byte* at, const Field& field, const void* value, unsigned& width) {
  switch (field.kind) {
    case Kind::blob: return write_blob(out, at, field, value);
    case Kind::record: return write_message(out, at, field, static_cast<const Record&>(*field.type), value, width);
    case Kind::tuple: return write_tuple(out, at, field, value, width);
    case Kind::base: {
      const Base& base = static_cast<const Base&>(*field.type);
      return write_message(out, at, field, *base.record, base.part(value), width);
    }
    case Kind::coded: return write_coded(out, at, field, value, width);
    case Kind::variant: return write_variant(out, at, field, value, width);
    case Kind::shared: return write_shared(out, at, field, value, width);
    case Kind::proxy: return write_proxy(out, at, field, value, width);
    case Kind::nullable: return write_nullable(out, at, field, value, width);
    case Kind::list: return write_list(out, at, field, value);
    case Kind::nodes: return write_nodes(out, at, field, value);
    default: return at;
  }
}

void write_body(Encoder& out, const Record& record, const void* object) {
  std::byte* const end = write_fields(out, out.begin().place(), record, object);
  out.commit(Writer(out, end));
}

}  // namespace

void Visitor::visit(const void* element) {
  if (!is_scalar(element_.kind)) {
    at_ = write_field(out_, at_, element_, element, width_);
    return;
  }
  if (packed_ == 0) {
    at_ = begin_length(out_, put_varint(room(out_, at_, max_tag), field_.tag), width_);
    packed_ = out_.offset(at_);
  }
  at_ = room(out_, at_, max_varint);
  if (element_.kind == Kind::enumeration) {
    at_ = put_packed_enum(at_, static_cast<const Enum&>(*element_.type), element);
  } else {
    at_ = with_number(element_.kind, [&]<class T>(const T*) { return put_number(at_, load<T>(element)); });
  }
}

std::byte* Visitor::finish() { return packed_ == 0 ? at_ : end_length(out_, at_, packed_, width_); }

void write(Encoder& out, const Values& values, std::initializer_list<const void*> pointers) {
  write_body(out, values, pointers.begin());
}

void write_result(Encoder& out, const Type& type, const void* result) {
  const Field field(1, "result", 0, &type);
  unsigned width = 1;
  std::byte* const end = write_field(out, out.begin().place(), field, result, width);
  out.commit(Writer(out, end));
}

void write_record(Encoder& out, const Record& record, const void* object) { write_body(out, record, object); }

}  // namespace rpc::tagged
