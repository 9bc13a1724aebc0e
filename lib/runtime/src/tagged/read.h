// Reading values in the tagged encoding, for read.cpp and read_list.cpp.
//
//   at = read_value(in, field, &value, tag.end, end);
#pragma once

#include <rpc/tagged/type.h>
#include <rpc/wire/reader.h>

#include <limits>

#include "tagged/fail.h"
#include "tagged/input.h"
#include "tagged/numbers.h"
#include "tagged/scan.h"
#include "tagged/varint.h"

namespace rpc::tagged {

void read_record(Input& in, const Record& record, void* object, Span body);

/// Reads the value of a field that is not repeated, behind its tag. Returns the byte behind it.
const std::byte* read_value(Input& in, const Field& field, void* value, const std::byte* at, const std::byte* end);

/// Read all elements of a field that follow each other, from the first tag on.
const std::byte* read_list(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end);
const std::byte* read_nodes(Input& in, const Field& field, void* object, const std::byte* at, const std::byte* end);

[[gnu::always_inline]] inline std::uint64_t get_number(Input& in, const Field& field, const std::byte*& at,
                                                       const std::byte* end) {
  const Varint number = get_varint(at, end);
  if (number.end == nullptr) [[unlikely]]
    fail_bytes(in.decoder(), at, &field);
  at = number.end;
  return number.value;
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

inline const std::byte* read_enum(Input& in, const Field& field, void* value, const std::byte* at,
                                  const std::byte* end) {
  const Enum& type = static_cast<const Enum&>(*field.type);
  const auto number = static_cast<std::int64_t>(get_number(in, field, at, end));
  if (!type.has(number)) [[unlikely]]
    fail_enum_received(field, type, number);
  store_enum(type, value, number);
  return at;
}

}  // namespace rpc::tagged
