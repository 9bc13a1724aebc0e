// The codec of tuples: the elements in order, and nothing else, as in a pair.
//
//   at.write(std::tuple(std::string("roof"), true, 21.5F));  // 04 72 6f 6f 66  01  00 00 ac 41
#pragma once

#include <cstddef>
#include <tuple>
#include <utility>

#include <rpc/wire/codec.h>

namespace rpc {

template <class... Elements>
struct Codec<std::tuple<Elements...>> {
  static constexpr std::size_t min_size = (Codec<Elements>::min_size + ...);

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::tuple<Elements...>& value) {
    Writer at(out, to);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (at.write(std::get<I>(value)), ...);
    }(std::index_sequence_for<Elements...>());
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::tuple<Elements...>& value) {
    Reader at(in, from);
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (at.read(std::get<I>(value)), ...);
    }(std::index_sequence_for<Elements...>());
    return at.place();
  }
};

template <>
struct Codec<std::tuple<>> : EmptyCodec<std::tuple<>> {};

}  // namespace rpc
