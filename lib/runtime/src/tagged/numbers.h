// Scalars in memory, by their kind.
//
//   with_number(field.kind, [&]<class T>(const T*) { at = put_number(at, load<T>(value)); });
#pragma once

#include <rpc/tagged/type.h>

#include <cstring>
#include <utility>

namespace rpc::tagged {

template <class T>
T load(const void* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// Calls `use` with a null pointer to the type that a scalar of this kind has in memory; float32 and float64 have the
/// numbers of their width. Not for enums.
template <class Use>
decltype(auto) with_number(Kind kind, Use&& use) {
  switch (kind) {
    case Kind::boolean: return use(static_cast<const bool*>(nullptr));
    case Kind::int8: return use(static_cast<const std::int8_t*>(nullptr));
    case Kind::int16: return use(static_cast<const std::int16_t*>(nullptr));
    case Kind::int32: return use(static_cast<const std::int32_t*>(nullptr));
    case Kind::int64: return use(static_cast<const std::int64_t*>(nullptr));
    case Kind::uint8: return use(static_cast<const std::uint8_t*>(nullptr));
    case Kind::uint16: return use(static_cast<const std::uint16_t*>(nullptr));
    case Kind::uint32: return use(static_cast<const std::uint32_t*>(nullptr));
    case Kind::float32: return use(static_cast<const float*>(nullptr));
    case Kind::float64: return use(static_cast<const double*>(nullptr));
    default: return use(static_cast<const std::uint64_t*>(nullptr));
  }
}

/// An enum's value as it lies in memory.
[[gnu::always_inline]] inline std::int64_t load_enum(const Enum& type, const void* from) {
  if (type.width == 1) return type.is_signed ? load<std::int8_t>(from) : std::int64_t{load<std::uint8_t>(from)};
  if (type.width == 4) return type.is_signed ? load<std::int32_t>(from) : std::int64_t{load<std::uint32_t>(from)};
  if (type.width == 2) return type.is_signed ? load<std::int16_t>(from) : std::int64_t{load<std::uint16_t>(from)};
  return load<std::int64_t>(from);
}

inline void store_enum(const Enum& type, void* to, std::int64_t value) {
  switch (type.width) {
    case 1: std::memcpy(to, &value, 1); break;  // the low bytes come first
    case 2: std::memcpy(to, &value, 2); break;
    case 4: std::memcpy(to, &value, 4); break;
    default: std::memcpy(to, &value, 8); break;
  }
}

}  // namespace rpc::tagged
