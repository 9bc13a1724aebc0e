// The codec of std::unique_ptr. It may be null, and its bytes are those of a std::optional: whether there is a value,
// then the value. As a member of a record it has a bit of the record's flags instead of the byte.
//
//   at.write(std::make_unique<std::string>("roof"));  // 01  04 72 6f 6f 66
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include <rpc/wire/codec.h>

namespace rpc {

/// `T` may be const.
template <class T>
struct Codec<std::unique_ptr<T>> {
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::unique_ptr<T>& value) {
    Writer at(out, to);
    at.write(value != nullptr);
    if (value) at.write(*value);
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::unique_ptr<T>& value) {
    Reader at(in, from);
    bool present = false;
    at.read(present);
    at.read_if(present, value);
    return at.place();
  }

  /// The value alone. An object that the pointer has already is used again, unless it is const.
  static const std::byte* decode_value(Decoder& in, const std::byte* from, std::unique_ptr<T>& value) {
    using Object = std::remove_const_t<T>;
    if constexpr (std::is_const_v<T>) {
      auto object = std::make_unique<Object>();
      const std::byte* const end = Codec<Object>::decode(in, from, *object);
      value = std::move(object);
      return end;
    } else {
      if (!value) value = std::make_unique<T>();
      return Codec<T>::decode(in, from, *value);
    }
  }
};

}  // namespace rpc
