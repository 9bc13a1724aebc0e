// Values for bit-fields: what arrives has the width of the field's type, and must fit into fewer bits.
//
//   value.port = rpc::fit<12>(at.take<decltype(value.port)>());
#pragma once

#include <cstdint>
#include <type_traits>

#include <rpc/wire/fail.h>

namespace rpc {

/// The value itself. Throws Error (malformed) when it needs more than `Width` bits, with the sign of a signed one.
template <unsigned Width, class T>
T fit(T value) {
  static_assert(Width != 0);
  if constexpr (std::is_enum_v<T>) {
    fit<Width>(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (Width < sizeof(T) * 8) {
    const T rest = static_cast<T>(value >> (std::is_signed_v<T> ? Width - 1 : Width));
    if (rest != 0 && !(std::is_signed_v<T> && rest == static_cast<T>(-1))) [[unlikely]]
      wire::fail_bit_field(static_cast<std::int64_t>(value), Width);
  }
  return value;
}

}  // namespace rpc
