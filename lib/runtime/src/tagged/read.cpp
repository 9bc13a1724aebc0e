// Fields are expected in the order of their numbers, and found in any.
#include <rpc/tagged/codec.h>
#include <rpc/tagged/elements.h>
#include <rpc/tagged/shared.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/shared_codec.h>

#include <array>
#include <limits>

#include "tagged/coded.h"
#include "tagged/fail.h"
#include "tagged/input.h"
#include "tagged/numbers.h"
#include "tagged/scan.h"
#include "tagged/seen.h"
#include "tagged/varint.h"

namespace rpc::tagged {
namespace {

void read_fields(Input& in, const Record& record, void* object, Span body);

/// Reads the value of a field that is not repeated, behind its tag. Returns the byte behind it.
const std::byte* read_value(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end);
const std::byte* read_other(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end);

std::uint64_t get_number(Input& in, const Field& field, const std::byte*& at, const std::byte* end) {
  std::uint64_t bits = 0;
  const std::byte* const behind = get_varint(at, end, bits);
  if (behind == nullptr) [[unlikely]]
    fail_bytes(in.decoder(), at, &field);
  at = behind;
  return bits;
}

template <class T>
[[gnu::always_inline]] inline const std::byte* read_number(Input& in, const Field& field, void* value,
                                                           const std::byte* at, const std::byte* end) {
  T number{};
  if constexpr (std::is_floating_point_v<T>) {
    const std::byte* const behind = get_fixed(in, at, end, sizeof(T), &field);
    number = load<T>(at);
    at = behind;
  } else if constexpr (std::is_signed_v<T>) {
    const std::int64_t wide = unzigzag(get_number(in, field, at, end));
    number = static_cast<T>(wide);
    if (number != wide) [[unlikely]]
      fail_range(field, std::to_string(wide));
  } else {
    const std::uint64_t wide = get_number(in, field, at, end);
    if (wide > std::numeric_limits<T>::max()) [[unlikely]]
      fail_range(field, std::to_string(wide));
    number = static_cast<T>(wide);
  }
  std::memcpy(value, &number, sizeof number);
  return at;
}

const std::byte* read_enum(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end) {
  const Enum& type = static_cast<const Enum&>(*field.type);
  const auto number = static_cast<std::int64_t>(get_number(in, field, at, end));
  if (!type.has(number)) [[unlikely]]
    fail_enum_received(field, type, number);
  std::memcpy(value, &number, type.width);  // its low bytes come first
  return at;
}

void read_record(Input& in, const Record& record, void* object, Span body) {
  if (!record.on_cycle) return read_fields(in, record, object, body);
  const Reader nesting(in.decoder(), body.begin);
  nesting.nest();
  read_fields(in, record, object, body);
  nesting.unnest();
}

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

void read_shared(Input& in, const Field& field, void* object, Span body) {
  const Shared& type = static_cast<const Shared&>(*field.type);
  type.point(object, nullptr);
  if (body.size() == 0) return;
  const Tag tag = get_tag(in, body.begin, body.end);
  const Field value(1, "object", type.value, type.value_kind);
  const Field reference(2, "reference", nullptr, Kind::uint64);
  if (tag.value == value.tag) {
    const std::shared_ptr<void> made = type.make();
    const std::uint32_t outer = wire::begin_received(in.decoder());
    read_value(in, value, made.get(), tag.end, body.end);
    wire::end_received(in.decoder(), outer, made, *type.name);
    type.point(object, made);
  } else if (tag.value == reference.tag) {
    const std::byte* at = tag.end;
    const std::uint64_t number = get_number(in, reference, at, body.end);
    type.point(object, wire::received(in.decoder(), tag.end, number + 2, *type.name));
  } else {
    fail_form(in.decoder(), body.begin, value);
  }
}

void read_blob(Input& in, const Field& field, void* object, Span bytes) {
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
      static_cast<std::string*>(value)->assign(reinterpret_cast<const char*>(text.begin), text.size());
      return text.end;
    }
    default: return read_other(in, field, value, at, end);
  }
}

const std::byte* read_value(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end) {
  return read_inline(in, field, value, at, end);
}

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

/// Numbers of one packed field, all of them.
void read_packed(Input& in, const Field& element, std::size_t stride, void* data, Span packed) {
  auto* to = static_cast<std::byte*>(data);
  if (element.kind == Kind::enumeration) {
    for (const std::byte* at = packed.begin; at != packed.end; to += stride) {
      at = read_enum(in, element, to, at, packed.end);
    }
    return;
  }
  with_number(element.kind, [&]<class T>(const T*) {
    for (const std::byte* at = packed.begin; at != packed.end; to += sizeof(T)) {
      at = read_number<T>(in, element, to, at, packed.end);
    }
  });
}

/// Whether what begins at `at` is all of the field there is in a row, and packed.
bool is_packed_once(Input& in, const Field& field, Tag tag, Span packed, const std::byte* end) {
  if (tag.value != field.tag) return false;
  return packed.end == end || get_tag(in, packed.end, end).value >> 3 != field.number();
}

void* make_elements(Input& in, const Field& field, const List& type, void* object, std::size_t count) {
  in.spend(field, count, type.stride);
  void* const data =
      type.place == nullptr
          ? type.make(object, count)
          : type.place(object, wire::view_room(in.decoder(), count * type.stride, type.alignment), count);
  if (data == nullptr && count != 0) fail_extent(field, count);
  return data;
}

const std::byte* read_numbers(Input& in, const Field& field, const List& type, void* object, const std::byte* at,
                              const std::byte* end) {
  const Field element(field, type.element, type.element_kind);
  const Tag tag = get_tag(in, at, end);
  if (tag.value == field.tag) {
    const Span packed = get_span(in, tag.end, end, &field);
    if (is_packed_once(in, field, tag, packed, end)) {
      const std::size_t count = count_packed(in, element, packed);
      if (type.assign != nullptr) {
        const std::byte* const from =
            type.place == nullptr ? packed.begin : in.lasting(packed.begin, packed.size(), type.alignment);
        if (!type.assign(object, from, count)) fail_extent(field, count);
      } else {
        read_packed(in, element, type.stride, make_elements(in, field, type, object, count), packed);
      }
      return packed.end;
    }
  }
  const Run run = measure_run(in, element, at, end);
  auto* to = static_cast<std::byte*>(make_elements(in, field, type, object, run.count));
  Elements elements(in, element, at, run.end);
  for (std::size_t i = 0; i < run.count; ++i, to += type.stride) elements.next(to);
  return run.end;
}

const std::byte* read_list(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end) {
  const List& type = static_cast<const List&>(*field.type);
  if (is_scalar(type.element_kind)) return read_numbers(in, field, type, object, at, end);
  const Field element(field, type.element, type.element_kind);
  const Run run = measure_run(in, element, at, end);
  auto* to = static_cast<std::byte*>(make_elements(in, field, type, object, run.count));
  for (std::size_t i = 0; i < run.count; ++i, to += type.stride) {
    at = read_value(in, element, to, get_tag(in, at, run.end).end, run.end);
  }
  return run.end;
}

const std::byte* read_nodes(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end) {
  const Nodes& type = static_cast<const Nodes&>(*field.type);
  const Field element(field, type.element, type.element_kind);
  const Run run = measure_run(in, element, at, end);
  in.spend(field, run.count, type.size);
  Elements elements(in, element, at, run.end);
  type.read(object, elements);
  return run.end;
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

void read_fields(Input& in, const Record& record, void* object, Span body) {
  Seen seen(record.count);
  const Field* next = record.fields;
  const Field* const last = record.fields + record.count;
  for (const std::byte* at = body.begin; at != body.end;) {
    const Tag tag = get_tag(in, at, body.end);
    const Field* field = next;
    if (field == last || field->tag != tag.value) field = find(in, record, next, tag.value, at);
    if (field == nullptr) {
      at = skip(in, tag.end, body.end, tag.value, nullptr);
      continue;
    }
    next = field + 1;
    const bool again = seen.test_and_set(static_cast<std::size_t>(field - record.fields));
    if (again && (is_repeated(field->kind) || merges(*field))) {
      return read_fields(in, record, object, in_order(in, record, body));
    }
    void* const value = address(record, object, *field);
    switch (field->kind) {
      case Kind::list: at = read_list(in, *field, value, at, body.end); break;
      case Kind::nodes: at = read_nodes(in, *field, value, at, body.end); break;
      default: at = read_inline(in, *field, value, tag.end, body.end); break;
    }
  }
  if (!seen.all()) finish_fields(in, record, object, seen);
}

Span whole(Decoder& in) {
  const std::byte* const begin = in.begin().place();
  return {begin, begin + in.size()};
}

}  // namespace

bool Elements::next(void* element) {
  if (is_scalar(element_.kind)) return next_scalar(element);
  if (at_ == end_) return false;
  at_ = read_value(in_, element_, element, get_tag(in_, at_, end_).end, end_);
  return true;
}

void Elements::fail_duplicate() const { wire::fail_duplicate(in_.decoder(), at_); }

// Packed and single ones may alternate, and what is packed may be empty.
bool Elements::next_scalar(void* element) {
  while (packed_ == nullptr || at_ == packed_) {
    packed_ = nullptr;
    if (at_ == end_) return false;
    const Tag tag = get_tag(in_, at_, end_);
    if (tag.value == element_.tag) {
      at_ = read_value(in_, element_, element, tag.end, end_);
      return true;
    }
    const Span packed = get_span(in_, tag.end, end_, &element_);
    at_ = packed.begin;
    packed_ = packed.end;
  }
  at_ = read_value(in_, element_, element, at_, packed_);
  return true;
}

void read(Decoder& in, const Values& values, std::initializer_list<void*> pointers) {
  Input input(in);
  read_fields(input, values, const_cast<void**>(pointers.begin()), whole(in));
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
