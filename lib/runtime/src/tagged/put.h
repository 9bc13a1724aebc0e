// Pieces of a message in the tagged encoding: tags, numbers, bytes, and the lengths of what is written before they are
// known.
//
//   at = put_number(put_head(at, field), load<double>(value));
#pragma once

#include <rpc/tagged/type.h>
#include <rpc/wire/writer.h>

#include "tagged/numbers.h"
#include "tagged/varint.h"
#include "wire/copy.h"

namespace rpc::tagged {

/// Room for a tag with a number, with a length, or with a short text. So much for each field of a record is the
/// distance of their descriptions.
inline constexpr std::size_t field_room = sizeof(Field);
static_assert(field_room >= 5 + 8 + wire::short_text && field_room >= 8 + max_varint);

inline std::size_t room_for(const Field* first, const Field* last) {
  return static_cast<std::size_t>(last - first) * field_room;
}

/// The tag, put as eight bytes whatever it takes; or as two if it is known to take one. One alone would be joined with
/// what is put behind it, which takes longer than two stores.
template <bool one_byte = false>
[[gnu::always_inline]] inline std::byte* put_head(std::byte* at, const Field& field) {
  std::memcpy(at, reinterpret_cast<const std::byte*>(&field) + offsetof(Field, head), one_byte ? 2 : 8);
  return at + (one_byte ? 1 : field.head_size);
}

/// What travels for a whole number.
template <class T>
[[gnu::always_inline]] inline std::uint64_t bits_of(T value) {
  if constexpr (std::is_signed_v<T>) {
    return zigzag(value);
  } else {
    return value;
  }
}

/// Needs max_varint bytes of room.
template <class T>
[[gnu::always_inline]] inline std::byte* put_number(std::byte* at, T value) {
  if constexpr (std::is_floating_point_v<T>) {
    std::memcpy(at, &value, sizeof value);
    return at + sizeof value;
  } else {
    return put_varint(at, bits_of(value));
  }
}

[[gnu::always_inline]] inline std::uint64_t checked_enum(const Enum& type, const void* value) {
  const std::int64_t number = load_enum(type, value);
  if (!type.has(number)) [[unlikely]]
    wire::fail_enum_sent(*type.name, number);
  return static_cast<std::uint64_t>(number);
}

/// Bytes with their tag and their length; asks for room itself.
inline std::byte* write_bytes(Encoder& out, std::byte* at, const Field& field, Row bytes) {
  at = put_varint(put_head(out.room(at, field_room + bytes.count), field), bytes.count);
  if (bytes.count <= wire::short_copy) {
    wire::copy_up_to_32(at, bytes.data, bytes.count);
  } else {
    std::memcpy(at, bytes.data, bytes.count);
  }
  return at + bytes.count;
}

/// put_length() for lengths of more than one byte, or of one where more were left.
std::byte* put_long_length(Encoder& out, std::byte* at, Encoder::Mark start, unsigned& width);

/// Puts the length of what begins at `start` into the `width` bytes that were left before it, or as many as it takes,
/// and keeps in `width` how many that were: the next one will be alike.
[[gnu::always_inline]] inline std::byte* put_length(Encoder& out, std::byte* at, Encoder::Mark start, unsigned& width) {
  const std::size_t size = out.mark(at) - start;
  if (size >= 0x80 || width != 1) return put_long_length(out, at, start, width);
  *(at - size - 1) = static_cast<std::byte>(size);
  return at;
}

/// A tag, a length, and what `body` writes: a function from the place where it begins to the place behind it. Needs
/// field_room.
template <class Body>
[[gnu::always_inline]] inline std::byte* write_framed(Encoder& out, std::byte* at, const Field& field, unsigned& width,
                                                      Body body) {
  at = put_head(at, field) + width;
  const Encoder::Mark start = out.mark(at);
  return put_length(out, body(at), start, width);
}

}  // namespace rpc::tagged
