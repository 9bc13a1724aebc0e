// The kinds of fields that are written by asking the value for its parts.
#include <rpc/tagged/codec.h>
#include <rpc/tagged/shared.h>
#include <rpc/wire/part.h>
#include <rpc/wire/shared_codec.h>

#include <iterator>
#include <vector>

#include "tagged/put.h"
#include "tagged/write.h"

namespace rpc::tagged {
namespace {

std::byte* write_tuple(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Tuple& type = static_cast<const Tuple&>(*field.type);
  const void* few[8];
  std::vector<const void*> many;
  if (type.record->count > std::size(few)) many.resize(type.record->count);
  const void** pointers = many.empty() ? few : many.data();
  type.pointers(object, pointers);
  return write_record(out, at, field, *type.record, pointers);
}

std::byte* write_variant(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Variant& type = static_cast<const Variant&>(*field.type);
  const std::size_t index = type.index(object);
  if (index >= type.count) wire::fail_valueless_sent();
  unsigned width = 1;
  return write_framed(out, at, field, width, [&](std::byte* to) {
    return write_field(out, to, type.alternatives[index], type.value(object));
  });
}

/// The object, or the number it has already.
std::byte* write_object(Encoder& out, std::byte* at, const Shared& type, const std::shared_ptr<const void>& pointer) {
  const wire::SentMark sent = wire::begin_sent(out, pointer, *type.name);
  std::uint64_t number = sent.mark - 2;
  if (sent.object != nullptr) {
    at = write_field(out, at, Field(1, "object", type.value, type.value_kind), pointer.get());
    number = wire::end_sent(out, *sent.object);
  }
  return write_field(out, at, Field(2, "reference", nullptr, Kind::uint64), &number);
}

std::byte* write_shared(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Shared& type = static_cast<const Shared&>(*field.type);
  const std::shared_ptr<const void> pointer = type.get(object);
  unsigned width = 1;
  return write_framed(out, at, field, width,
                      [&](std::byte* to) { return pointer != nullptr ? write_object(out, to, type, pointer) : to; });
}

std::byte* write_proxy(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Proxy& type = static_cast<const Proxy&>(*field.type);
  const Field value_field(field, type.value, type.value_kind);
  const auto write = [&](void* value) { at = write_field(out, at, value_field, value); };
  type.give(object, {[](void* context, void* value) { (*static_cast<decltype(write)*>(context))(value); },
                     const_cast<void*>(static_cast<const void*>(&write))});
  return at;
}

/// What a user's codec writes, in the encoder's memory.
std::byte* write_part(Encoder& out, std::byte* at, const Coded& type, const void* object) {
  Writer to(out, at);
  {
    const wire::OutPart part(out, at);
    type.write(to, object);
  }
  return to.place();
}

std::byte* write_coded(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Coded& type = static_cast<const Coded&>(*field.type);
  const std::uint64_t objects = wire::sent_count(out);
  unsigned width = 1;
  return write_framed(out, at, field, width, [&](std::byte* to) {
    to = write_field(out, to, Field(1, "version", nullptr, Kind::uint32), &type.version);
    unsigned inner = 1;
    to = write_framed(out, out.room(to, field_room), Field(2, field.name, nullptr, Kind::blob), inner,
                      [&](std::byte* part) { return write_part(out, part, type, object); });
    return objects == 0 ? to : write_field(out, to, Field(3, "objects", nullptr, Kind::uint64), &objects);
  });
}

std::byte* write_nullable(Encoder& out, std::byte* at, const Field& field, const void* object) {
  const Nullable& type = static_cast<const Nullable&>(*field.type);
  const void* value = type.get(object);
  return value != nullptr ? write_field(out, at, Field(field, type.value, type.value_kind), value) : at;
}

}  // namespace

std::byte* write_other(Encoder& out, std::byte* at, const Field& field, const void* value) {
  switch (field.kind) {
    case Kind::enumeration: {
      const std::uint64_t number = checked_enum(static_cast<const Enum&>(*field.type), value);
      return put_varint(put_head(at, field), number);
    }
    case Kind::tuple: return write_tuple(out, at, field, value);
    case Kind::base: {
      const Base& base = static_cast<const Base&>(*field.type);
      return write_record(out, at, field, *base.record, base.part(value));
    }
    case Kind::coded: return write_coded(out, at, field, value);
    case Kind::variant: return write_variant(out, at, field, value);
    case Kind::shared: return write_shared(out, at, field, value);
    case Kind::proxy: return write_proxy(out, at, field, value);
    case Kind::nullable: return write_nullable(out, at, field, value);
    case Kind::nodes: return write_nodes(out, at, field, value);
    default: return at;
  }
}

}  // namespace rpc::tagged
