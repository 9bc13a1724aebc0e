// The codecs of views: std::string_view, the views of other strings, and std::span of const elements. They are written
// as what they point to; read, they point into the message, which has to stay as long as they do. Only requests do, so
// only parameters can be views.
//
//   at.write(std::string_view("roof"));           // 04 72 6f 6f 66, like the std::string
//   at.write(std::span<const double>(samples));   // like the std::vector<double>
#pragma once

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

#include <rpc/wire/codec.h>

namespace rpc {

template <>
struct Codec<std::string_view> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, std::string_view value) {
    Writer at(out, to);
    at.room(bound(value));
    at.put(value);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, std::string_view& value) {
    Reader at(in, from);
    const std::size_t size = at.read_count(1);
    value = {reinterpret_cast<const char*>(at.get_bytes(size)), size};
    return at.place();
  }
};

namespace wire {

/// `View` is contiguous, and made of the address and the number of its elements.
template <class View>
struct ViewCodec {
  using T = View::value_type;
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, View value) {
    return write_block(out, to, value.data(), value.size(), value.size() * sizeof(T));
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, View& value) {
    Reader at(in, from);
    const std::size_t count = at.read_count(sizeof(T));
    const std::byte* block = at.read_block(count * sizeof(T));
    value = count != 0 ? View(view<T>(in, block, count), count) : View();
    return at.place();
  }
};

}  // namespace wire

template <class C>
  requires(std::same_as<C, char8_t> || std::same_as<C, char16_t> || std::same_as<C, char32_t> ||
           std::same_as<C, wchar_t>)
struct Codec<std::basic_string_view<C>> : wire::ViewCodec<std::basic_string_view<C>> {};

template <Fixed T>
struct Codec<std::span<const T>> : wire::ViewCodec<std::span<const T>> {};

}  // namespace rpc
