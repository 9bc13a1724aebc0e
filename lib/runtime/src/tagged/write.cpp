// One pass forwards: a message's length is put before it once it is known, and the message moved if that takes more
// bytes than were left for it.
//
// Each kind of field has a function that writes one and then jumps to that of the next field: there is no loop to
// return to and, for most kinds, nothing to save meanwhile. These functions are all there is in the usual case.
#include "tagged/write.h"

#include <rpc/tagged/codec.h>

#include <vector>

#include "tagged/put.h"

namespace rpc::tagged {

std::byte* write_record(Encoder& out, std::byte* at, const Field& field, const Record& record, const void* object) {
  unsigned width = 1;
  return write_framed(out, at, field, width, [&](std::byte* to) { return write_fields(out, to, record, object); });
}

namespace {

/// Texts and bytes of any size.
inline std::byte* write_blob(Encoder& out, std::byte* at, const Field& field, const void* object) {
  if (field.kind == Kind::text) {
    const auto& text = *static_cast<const std::string*>(object);
    return write_bytes(out, at, field, {text.data(), text.size()});
  }
  if (field.kind == Kind::bytes) {
    const auto& bytes = *static_cast<const std::vector<std::uint8_t>*>(object);
    return write_bytes(out, at, field, {bytes.data(), bytes.size()});
  }
  const Blob& type = static_cast<const Blob&>(*field.type);
  if (type.view != nullptr) return write_bytes(out, at, field, type.view(object));
  const std::size_t size = type.size(object);
  at = put_varint(put_head(out.room(at, field_room + size), field), size);
  type.copy(object, at);
  return at + size;
}

[[gnu::always_inline]] inline std::byte* write_first(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                                     const void* object) {
  const void* const value = static_cast<const std::byte*>(object) + field->offset;
  return (*field->write)(out, at, field, last, object, value);
}

/// Most fields have a number below 16, and so a tag of one byte.
template <bool one_byte>
struct Fields {
  [[gnu::always_inline]] static std::byte* next(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                                const void* object) {
    return ++field == last ? at : write_first(out, at, field, last, object);
  }

  /// The same if the one that was written asked for room itself.
  [[gnu::always_inline]] static std::byte* resume(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                                  const void* object) {
    return next(out, out.room(at, room_for(field, last)), field, last, object);
  }

  template <class T>
  static std::byte* floating(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                             const void* value) {
    at = put_number(put_head<one_byte>(at, *field), load<T>(value));
    return next(out, at, field, last, object);
  }

  template <class T>
  static std::byte* whole(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                          const void* value) {
    return varint(out, at, field, last, object, bits_of(load<T>(value)));
  }

  /// T is what the enum has in memory.
  template <class T>
  static std::byte* enumeration(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                                const void* value) {
    const Enum& type = static_cast<const Enum&>(*field->type);
    // NOLINTNEXTLINE(bugprone-signed-char-misuse): of an enum it is a number
    const auto number = static_cast<std::int64_t>(load<T>(value));
    if (number < type.first || number > type.last) return other(out, at, field, last, object, value);
    return varint(out, at, field, last, object, static_cast<std::uint64_t>(number));
  }

  [[gnu::always_inline]] static std::byte* varint(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                                  const void* object, std::uint64_t bits) {
    at = put_head<one_byte>(at, *field);
    if (bits >= 0x80) return long_varint(out, at, field, last, object, bits);
    *at = static_cast<std::byte>(bits);
    return next(out, at + 1, field, last, object);
  }

  [[gnu::noinline]] static std::byte* long_varint(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                                  const void* object, std::uint64_t bits) {
    return next(out, put_long_varint(at, bits), field, last, object);
  }

  /// T is a string or a vector of bytes.
  template <class T>
  static std::byte* bytes(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                          const void* value) {
    const T& bytes = *static_cast<const T*>(value);
    const std::size_t size = bytes.size();
    if (size > wire::short_text) return more_bytes<T>(out, at, field, last, object, value);
    at = put_head<one_byte>(at, *field);
    *at++ = static_cast<std::byte>(size);
    if constexpr (std::is_same_v<T, std::string>) {
      wire::copy_short(at, bytes);
    } else {
      wire::copy_short(at, reinterpret_cast<const char*>(bytes.data()), size);
    }
    return next(out, at + size, field, last, object);
  }

  template <class T>
  [[gnu::noinline]] static std::byte* more_bytes(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                                 const void* object, const void* value) {
    const T& bytes = *static_cast<const T*>(value);
    const std::size_t size = bytes.size();
    if (size > wire::short_copy || !out.has_room(at, room_for(field, last) + wire::short_copy)) {
      return blob(out, at, field, last, object, value);
    }
    at = put_head<one_byte>(at, *field);
    *at++ = static_cast<std::byte>(size);
    std::memcpy(at, bytes.data(), 16);
    std::memcpy(at + size - 16, bytes.data() + size - 16, 16);
    return next(out, at + size, field, last, object);
  }

  [[gnu::noinline]] static std::byte* blob(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                           const void* object, const void* value) {
    return resume(out, write_blob(out, at, *field, value), field, last, object);
  }

  static std::byte* message(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                            const void* value) {
    const Record& record = static_cast<const Record&>(*field->type);
    return resume(out, write_record(out, at, *field, record, value), field, last, object);
  }

  static std::byte* list(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                         const void* value) {
    const List& type = static_cast<const List&>(*field->type);
    const Row elements = type.view(value);
    if (type.element_kind == Kind::record && static_cast<const Record&>(*type.element).is_plain) {
      at = records(out, at, *field, type, elements);
    } else if (elements.count != 0) {
      at = write_elements(out, at, *field, type, elements);
    }
    return resume(out, at, field, last, object);
  }

  /// Plain records, each with the tag and, as long as they are short, a length of one byte.
  [[gnu::always_inline]] static std::byte* records(Encoder& out, std::byte* at, const Field& field, const List& type,
                                                   Row elements) {
    const Record& record = static_cast<const Record&>(*type.element);
    const Field* const fields = record.fields;
    const Field* const last = fields + record.count;
    const std::size_t needed = (record.count + 1) * field_room;
    const std::size_t stride = type.stride;
    const auto* value = static_cast<const std::byte*>(elements.data);
    const auto* const end = value + elements.count * stride;
    for (; value != end; value += stride) {
      at = put_head<one_byte>(out.room(at, needed), field) + 1;
      const Encoder::Mark start = out.mark(at);
      at = write_first(out, at, fields, last, value);
      const std::size_t size = out.mark(at) - start;
      if (size >= 0x80) return long_records(out, at, field, type, value + stride, end, start);
      *(at - size - 1) = static_cast<std::byte>(size);
    }
    return at;
  }

  /// The rest of the records, when the one before `value`, which begins at `start`, has a longer length.
  [[gnu::noinline]] static std::byte* long_records(Encoder& out, std::byte* at, const Field& field, const List& type,
                                                   const std::byte* value, const std::byte* end, Encoder::Mark start) {
    unsigned width = 1;
    at = put_long_length(out, at, start, width);
    return write_records(out, at, field, type, value, end, width);
  }

  [[gnu::noinline]] static std::byte* other(Encoder& out, std::byte* at, const Field* field, const Field* last,
                                            const void* object, const void* value) {
    return resume(out, write_other(out, at, *field, value), field, last, object);
  }

  template <class T>
  static constexpr void set_enum(Write** all) {
    const Enum type{{Kind::enumeration}, sizeof(T), std::is_signed_v<T>};
    all[Writers::index(Kind::enumeration, &type)] = &enumeration<T>;
  }

  static constexpr void set(Write** all) {
    const auto set = [&](Kind kind, Write* write) { all[Writers::index(kind, nullptr)] = write; };
    for (unsigned i = 0; i < Writers::count; ++i) all[i] = &other;
    set(Kind::boolean, &whole<bool>);
    set(Kind::int8, &whole<std::int8_t>);
    set(Kind::int16, &whole<std::int16_t>);
    set(Kind::int32, &whole<std::int32_t>);
    set(Kind::int64, &whole<std::int64_t>);
    set(Kind::uint8, &whole<std::uint8_t>);
    set(Kind::uint16, &whole<std::uint16_t>);
    set(Kind::uint32, &whole<std::uint32_t>);
    set(Kind::uint64, &whole<std::uint64_t>);
    set(Kind::float32, &floating<float>);
    set(Kind::float64, &floating<double>);
    set(Kind::text, &bytes<std::string>);
    set(Kind::bytes, &bytes<std::vector<std::uint8_t>>);
    set(Kind::blob, &blob);
    set(Kind::record, &message);
    set(Kind::list, &list);
    set_enum<std::int8_t>(all);
    set_enum<std::int16_t>(all);
    set_enum<std::int32_t>(all);
    set_enum<std::int64_t>(all);
    set_enum<std::uint8_t>(all);
    set_enum<std::uint16_t>(all);
    set_enum<std::uint32_t>(all);
    set_enum<std::uint64_t>(all);
  }
};

constexpr Writers make_writers() {
  Writers made{};
  Fields<true>::set(made.all);
  Fields<false>::set(made.all + Writers::count);
  return made;
}

/// Some fields at a time, so that not too much room is asked for.
[[gnu::noinline]] std::byte* write_many(Encoder& out, std::byte* at, const Record& record, const void* object) {
  const Field* const end = record.fields + record.count;
  for (const Field* field = record.fields; field != end;) {
    const Field* const last = end - field > Record::max_plain ? field + Record::max_plain : end;
    at = out.room(at, room_for(field, last));
    at = write_first(out, at, field, last, object);
    field = last;
  }
  return at;
}

[[gnu::noinline]] std::byte* write_pointers(Encoder& out, std::byte* at, const Record& record,
                                            const void* const* pointers) {
  for (const Field* field = record.fields; field != record.fields + record.count; ++field) {
    at = write_field(out, at, *field, pointers[field->offset]);
  }
  return at;
}

[[gnu::always_inline]] inline std::byte* write_whole(Encoder& out, std::byte* at, const Record& record,
                                                     const void* object) {
  if (record.addressing == Addressing::pointer) {
    return write_pointers(out, at, record, static_cast<const void* const*>(object));
  }
  if (record.is_plain) {
    const Field* const last = record.fields + record.count;
    return write_first(out, out.room(at, room_for(record.fields, last)), record.fields, last, object);
  }
  if (!record.on_cycle) return write_many(out, at, record, object);
  Writer nesting(out, at);
  nesting.nest();
  at = write_many(out, at, record, object);
  nesting.unnest();
  return at;
}

}  // namespace

constexpr Writers writers = make_writers();

std::byte* write_field(Encoder& out, std::byte* at, const Field& field, const void* value) {
  return (*field.write)(out, out.room(at, field_room), &field, &field + 1, nullptr, value);
}

std::byte* write_fields(Encoder& out, std::byte* at, const Record& record, const void* object) {
  return write_whole(out, at, record, object);
}

namespace {

void write_body(Encoder& out, const Record& record, const void* object) {
  out.commit({out, write_whole(out, out.begin().place(), record, object)});
}

}  // namespace

void write(Encoder& out, const Values& values, std::initializer_list<const void*> pointers) {
  write_body(out, values, pointers.begin());
}

void write(Encoder& out, const Values& values, const void* first, const void* second, const void* third,
           const void* fourth) {
  write(out, values, {first, second, third, fourth});
}

namespace {

/// A record's tag is known, and so is not made anew each time: bytes that were just stored one by one are slow to load
/// as eight.
constexpr Field record_result(1, "result", nullptr, Kind::record);

constexpr std::size_t result_start = record_result.head_size + 1;

[[gnu::noinline]] void write_other_result(Encoder& out, const Field& field, const void* result) {
  out.commit({out, write_field(out, out.begin().place(), field, result)});
}

[[gnu::noinline]] void write_other_record(Encoder& out, const Record& record, const void* result) {
  write_other_result(out, Field(record_result, &record, Kind::record), result);
}

[[gnu::noinline]] void commit_long_result(Encoder& out, std::byte* at) {
  unsigned width = 1;
  const Encoder::Mark start = out.mark(at - out.written(at) + result_start);
  out.commit({out, put_long_length(out, at, start, width)});
}

}  // namespace

void write_result(Encoder& out, const Type& type, const void* result) {
  write_other_result(out, Field(1, "result", 0, &type), result);
}

// The usual case is a plain record in memory that is large enough: after its fields only `out` is needed.
void write_result(Encoder& out, const Record& record, const void* result) {
  if (!record.is_plain) return write_other_record(out, record, result);
  std::byte* const begin = out.begin().place();
  const Field* const first = record.fields;
  const Field* const last = first + record.count;
  if (!out.has_room(begin, room_for(first, last) + field_room)) return write_other_record(out, record, result);
  std::byte* at = write_first(out, put_head<true>(begin, record_result) + 1, first, last, result);
  const std::size_t size = out.written(at) - result_start;
  if (size >= 0x80) return commit_long_result(out, at);
  out.commit({out, at});
  *(at - size - 1) = static_cast<std::byte>(size);
}

void write_record(Encoder& out, const Record& record, const void* object) { write_body(out, record, object); }

}  // namespace rpc::tagged
