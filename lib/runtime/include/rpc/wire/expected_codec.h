// The codec of std::expected, where the standard library has it. Its bytes are those of a std::variant of the value and
// the error: 0 and the value, or 1 and the error. Without a value (`void`) there is one zero byte in its place.
//
//   at.write(std::expected<std::string, int>("roof"));  // 00  04 72 6f 6f 66
#pragma once

#include <version>

#ifdef __cpp_lib_expected

#include <cstddef>
#include <expected>
#include <type_traits>
#include <variant>

#include <rpc/wire/codec.h>
#include <rpc/wire/variant_codec.h>

namespace rpc {

template <class T, class E>
struct Codec<std::expected<T, E>> {
  using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;
  static constexpr std::size_t min_size = 1 + wire::least({Codec<Value>::min_size, Codec<E>::min_size});

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::expected<T, E>& value) {
    Writer at(out, to);
    at.room(1);
    at.put_byte(value.has_value() ? 0 : 1);
    if (!value) {
      at.write(value.error());
    } else if constexpr (std::is_void_v<T>) {
      at.write(Value());
    } else {
      at.write(*value);
    }
    return at.place();
  }

  /// A value or an error that is there already is used again.
  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::expected<T, E>& value) {
    const wire::Length index = wire::read_index(in, from, 2);
    Reader at(in, index.end);
    if (index.value == 1) {
      if (value) value = std::expected<T, E>(std::unexpect);
      at.read(value.error());
      return at.place();
    }
    if (!value) value = std::expected<T, E>(std::in_place);
    if constexpr (std::is_void_v<T>) {
      Value nothing;
      at.read(nothing);
    } else {
      at.read(*value);
    }
    return at.place();
  }
};

}  // namespace rpc

#endif
