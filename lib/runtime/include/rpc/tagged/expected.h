// expected in the tagged encoding: a variant of the value and the error.
#pragma once

#include <rpc/wire/expected_codec.h>

#ifdef __cpp_lib_expected

#include <rpc/tagged/variant.h>

namespace rpc {

template <class T, class E>
struct Tagged<std::expected<T, E>> {
  using Expected = std::expected<T, E>;
  using Value = Codec<Expected>::Value;

  static std::size_t index(const void* object) { return static_cast<const Expected*>(object)->has_value() ? 0 : 1; }
  static const void* value(const void* object) {
    const Expected& expected = *static_cast<const Expected*>(object);
    if (!expected) return std::addressof(expected.error());
    if constexpr (std::is_void_v<T>) {
      return object;
    } else {
      return std::addressof(*expected);
    }
  }
  static void* emplace(void* object, std::size_t index) {
    Expected& expected = *static_cast<Expected*>(object);
    if (index == 1) return std::addressof((expected = Expected(std::unexpect)).error());
    expected = Expected(std::in_place);
    if constexpr (std::is_void_v<T>) {
      return object;
    } else {
      return std::addressof(*expected);
    }
  }

  static constexpr tagged::Field alternatives[] = {{1, "value", 0, &tagged::element_type<Value>()},
                                                   {2, "error", 0, &tagged::element_type<E>()}};
  static constexpr tagged::Variant type{{tagged::Kind::variant}, alternatives, 2, &index, &value, &emplace};
};

}  // namespace rpc

#endif
