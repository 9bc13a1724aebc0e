// Fields are expected in the order of their numbers, and found in any.
#include "tagged/read.h"

#include <rpc/tagged/codec.h>
#include <rpc/tagged/elements.h>
#include <rpc/tagged/shared.h>
#include <rpc/wire/shared_codec.h>

#include <array>

#include "tagged/coded.h"
#include "tagged/seen.h"
#include "wire/copy.h"

namespace rpc::tagged {
namespace {

void read_fields(Input& in, const Record& record, void* object, Span body);
const std::byte* read_other(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end);

}  // namespace

void read_record(Input& in, const Record& record, void* object, Span body) {
  if (!record.on_cycle) return read_fields(in, record, object, body);
  const Reader nesting(in.decoder(), body.begin);
  nesting.nest();
  read_fields(in, record, object, body);
  nesting.unnest();
}

namespace {

void read_tuple(Input& in, const Tuple& type, void* object, Span body) {
  const void* few[8];
  std::vector<const void*> many;
  if (type.record->count > std::size(few)) many.resize(type.record->count);
  const void** pointers = many.empty() ? few : many.data();
  type.pointers(object, pointers);
  read_fields(in, *type.record, pointers, body);
}

/// The last one counts. One that this end does not know is an error: no other could stand for it.
void read_variant(Input& in, const Field& field, void* object, Span body) {
  const Variant& type = static_cast<const Variant&>(*field.type);
  if (body.size() == 0) fail_alternative(field, 0, type.count);
  for (const std::byte* at = body.begin; at != body.end;) {
    const Tag tag = get_tag(in, at, body.end);
    const std::size_t index = tag.value / 8 - 1;
    if (index >= type.count) fail_alternative(field, index + 1, type.count);
    const Field& alternative = type.alternatives[index];
    if (alternative.tag != tag.value) fail_form(in.decoder(), at, alternative);
    at = read_value(in, alternative, type.emplace(object, index), tag.end, body.end);
  }
}

/// An object comes with its number, since one before it may be in a field that this end does not know.
void read_shared(Input& in, const Field& field, void* object, Span body) {
  const Shared& type = static_cast<const Shared&>(*field.type);
  type.point(object, nullptr);
  const Field value(1, "object", type.value, type.value_kind);
  const Field reference(2, "reference", nullptr, Kind::uint64);
  const std::byte* first = nullptr;
  std::optional<std::uint64_t> number;
  for (const std::byte* at = body.begin; at != body.end;) {
    const Tag tag = get_tag(in, at, body.end);
    const bool is_known = tag.value == value.tag || tag.value == reference.tag;
    if (!is_known && tag.value / 8 <= 2) fail_form(in.decoder(), at, tag.value / 8 == 1 ? value : reference);
    at = skip(in, tag.end, body.end, tag.value, &field);
    if (tag.value == value.tag) first = tag.end;
    if (tag.value == reference.tag) number = get_varint(tag.end, at).value;
  }
  if (first != nullptr) {
    const std::shared_ptr<void> made = type.make();
    const std::uint32_t outer = wire::begin_received(in.decoder());
    read_value(in, value, made.get(), first, body.end);
    wire::end_received(in.decoder(), outer, made, *type.name, first, number);
    type.point(object, made);
  } else if (number) {
    type.point(object, wire::received(in.decoder(), body.begin, *number + 2, *type.name));
  }
}

void read_blob(Input& in, const Field& field, void* object, Span bytes) {
  if (field.kind == Kind::bytes) {
    const auto* const first = reinterpret_cast<const std::uint8_t*>(bytes.begin);
    return static_cast<std::vector<std::uint8_t>*>(object)->assign(first, first + bytes.size());
  }
  const Blob& type = static_cast<const Blob&>(*field.type);
  const std::byte* const from = type.is_view ? in.lasting(bytes.begin, bytes.size(), 1) : bytes.begin;
  if (!type.assign(object, from, bytes.size())) fail_extent(field, bytes.size());
}

/// What most fields are, in the loop over them.
[[gnu::always_inline]] inline const std::byte* read_inline(Input& in, const Field& field, void* value,
                                                           const std::byte* at, const std::byte* end) {
  switch (field.kind) {
    case Kind::boolean: return read_number<bool>(in, field, value, at, end);
    case Kind::int8: return read_number<std::int8_t>(in, field, value, at, end);
    case Kind::int16: return read_number<std::int16_t>(in, field, value, at, end);
    case Kind::int32: return read_number<std::int32_t>(in, field, value, at, end);
    case Kind::int64: return read_number<std::int64_t>(in, field, value, at, end);
    case Kind::uint8: return read_number<std::uint8_t>(in, field, value, at, end);
    case Kind::uint16: return read_number<std::uint16_t>(in, field, value, at, end);
    case Kind::uint32: return read_number<std::uint32_t>(in, field, value, at, end);
    case Kind::uint64: return read_number<std::uint64_t>(in, field, value, at, end);
    case Kind::float32: return read_number<float>(in, field, value, at, end);
    case Kind::float64: return read_number<double>(in, field, value, at, end);
    case Kind::enumeration: return read_enum(in, field, value, at, end);
    case Kind::text: {
      const Span text = get_span(in, at, end, &field);
      return wire::set_text(*static_cast<std::string*>(value), text.begin, text.size(), in.left(text.begin));
    }
    default: return read_other(in, field, value, at, end);
  }
}

}  // namespace

const std::byte* read_value(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end) {
  return read_inline(in, field, value, at, end);
}

namespace {

const std::byte* read_proxy(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end) {
  const Proxy& type = static_cast<const Proxy&>(*field.type);
  const Field value_field(field, type.value, type.value_kind);
  const auto read = [&](void* value) { at = read_value(in, value_field, value, at, end); };
  type.take(object, {[](void* context, void* value) { (*static_cast<decltype(read)*>(context))(value); },
                     const_cast<void*>(static_cast<const void*>(&read))});
  return at;
}

const std::byte* read_other(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end) {
  if (field.kind == Kind::proxy) return read_proxy(in, field, value, at, end);
  if (field.kind == Kind::nullable) {
    const Nullable& type = static_cast<const Nullable&>(*field.type);
    return read_value(in, Field(field, type.value, type.value_kind), type.emplace(value), at, end);
  }
  const Span span = get_span(in, at, end, &field);
  switch (field.kind) {
    case Kind::bytes:
    case Kind::blob: read_blob(in, field, value, span); break;
    case Kind::coded: read_coded(in, field, value, span); break;
    case Kind::record: read_record(in, static_cast<const Record&>(*field.type), value, span); break;
    case Kind::tuple: read_tuple(in, static_cast<const Tuple&>(*field.type), value, span); break;
    case Kind::base: {
      const Base& base = static_cast<const Base&>(*field.type);
      read_record(in, *base.record, const_cast<void*>(base.part(value)), span);
      break;
    }
    case Kind::variant: read_variant(in, field, value, span); break;
    case Kind::shared: read_shared(in, field, value, span); break;
    default: break;
  }
  return span.end;
}

/// The field with this tag, searched for from `next` on; null if there is none of its number.
const Field* find(Input& in, const Record& record, const Field* next, std::uint32_t tag, const std::byte* at) {
  const Field* const first = record.fields;
  const Field* const last = first + record.count;
  for (const Field* field = next; field != last; ++field) {
    if (field->tag == tag) return field;
  }
  for (const Field* field = first; field != last; ++field) {
    if (field->number() != tag >> 3) continue;
    if (field->tag != tag && !accepts(*field, tag)) fail_form(in.decoder(), at, *field);
    return field;
  }
  return nullptr;
}

void* address(const Record& record, void* object, const Field& field) {
  if (record.addressing == Addressing::offset) return static_cast<std::byte*>(object) + field.offset;
  return static_cast<void* const*>(object)[field.offset];
}

/// What travels only if there is something in it is empty otherwise, whatever the object has; of an array there is.
void clear(Input& in, const Field& field, void* value) {
  if (field.kind == Kind::nullable) return static_cast<const Nullable&>(*field.type).reset(value);
  if (field.kind == Kind::list) return void(static_cast<const List&>(*field.type).make(value, 0));
  if (field.kind != Kind::nodes) return;
  Elements none(in, field, nullptr, nullptr);
  static_cast<const Nodes&>(*field.type).read(value, none);
}

void finish_fields(Input& in, const Record& record, void* object, const Seen& seen) {
  for (std::uint32_t i = 0; i < record.count; ++i) {
    const Field& field = record.fields[i];
    if (seen.test(i)) continue;
    if (field.presence == Presence::required) fail_missing(record, field);
    clear(in, field, address(record, object, field));
  }
}

[[gnu::always_inline]] inline const std::byte* read_field(Input& in, const Field& field, void* value,
                                                          const std::byte* at, Tag tag, const std::byte* end) {
  if (field.kind == Kind::list) return read_list(in, field, value, at, end);
  if (field.kind == Kind::nodes) return read_nodes(in, field, value, at, end);
  return read_inline(in, field, value, tag.end, end);
}

/// Fields in any order, from `at` on; those before `next` need not come any more.
[[gnu::noinline]] void read_rest(Input& in, const Record& record, void* object, Span body, const std::byte* at,
                                 const Field* next) {
  Seen seen(record.count, static_cast<std::uint32_t>(next - record.fields));
  while (at != body.end) {
    const Tag tag = get_tag(in, at, body.end);
    const Field* const field = find(in, record, next, tag.value, at);
    if (field == nullptr) {
      at = skip(in, tag.end, body.end, tag.value, nullptr);
      continue;
    }
    next = field + 1;
    const bool again = seen.test_and_set(static_cast<std::size_t>(field - record.fields));
    if (again && (is_repeated(field->kind) || merges(*field))) {
      return read_fields(in, record, object, in_order(in, record, body));
    }
    at = read_field(in, *field, address(record, object, *field), at, tag, body.end);
  }
  if (!seen.all()) finish_fields(in, record, object, seen);
}

/// The usual case: each field once and in order, but for those that have no bytes if they are empty.
void read_fields(Input& in, const Record& record, void* object, Span body) {
  const std::byte* at = body.begin;
  const Field* field = record.fields;
  const Field* const last = field + record.count;
  for (; at != body.end && field != last; ++field) {
    const Tag tag = get_tag(in, at, body.end);
    void* const value = address(record, object, *field);
    if (tag.value == field->tag) [[likely]] {
      at = read_field(in, *field, value, at, tag, body.end);
    } else if (field->kind >= Kind::nullable && tag.value >> 3 > field->number()) {
      clear(in, *field, value);
    } else {
      break;
    }
  }
  if (at != body.end || field != last) read_rest(in, record, object, body, at, field);
}

Span whole(Decoder& in) {
  const std::byte* const begin = in.begin().place();
  return {begin, begin + in.size()};
}

}  // namespace

void read(Decoder& in, const Values& values, std::initializer_list<void*> pointers) {
  Input input(in);
  read_fields(input, values, const_cast<void**>(pointers.begin()), whole(in));
}

void read(Decoder& in, const Values& values, void* first, void* second, void* third, void* fourth) {
  read(in, values, {first, second, third, fourth});
}

void read_result(Decoder& in, const Type& type, void* result) {
  Input input(in);
  const Field field(1, "result", 0, &type);
  read_fields(input, Record("result", &field, 1, Addressing::offset, false), result, whole(in));
}

void read_record(Decoder& in, const Record& record, void* object) {
  Input input(in);
  read_record(input, record, object, whole(in));
}

}  // namespace rpc::tagged
