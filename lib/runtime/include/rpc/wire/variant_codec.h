// The codec of variants: the index of the alternative, in the form of a length, then its value.
//
//   at.write(std::variant<int, std::string>("roof"));  // 01  04 72 6f 6f 66
#pragma once

#include <cstddef>
#include <initializer_list>
#include <utility>
#include <variant>

#include <rpc/wire/codec.h>

namespace rpc {

template <>
struct Codec<std::monostate> : EmptyCodec<std::monostate> {};

namespace wire {

constexpr std::size_t least(std::initializer_list<std::size_t> sizes) {
  std::size_t least = *sizes.begin();
  for (const std::size_t size : sizes) least = size < least ? size : least;
  return least;
}

/// Alternatives are found by a table, since there may be more of them than an expression may have operands. Nothing
/// here needs them or their codecs to be complete before the functions are called: a record may be one of the
/// alternatives it has itself.
template <class Variant, class Indices, class... Alternatives>
struct VariantCodec;

template <class Variant, std::size_t... I, class... Alternatives>
struct VariantCodec<Variant, std::index_sequence<I...>, Alternatives...> {
  static constexpr std::size_t min_size = 1 + least({Codec<Alternatives>::min_size...});

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const Variant& value) {
    using Encode = std::byte*(Encoder&, std::byte*, const Variant&);
    static constexpr Encode* encoders[] = {&encode_alternative<I, Alternatives>...};
    if (value.valueless_by_exception()) [[unlikely]]
      fail_valueless_sent();
    Writer at(out, to);
    at.room(max_length_size);
    at.put_length(value.index());
    return encoders[value.index()](out, at.place(), value);
  }

  /// An alternative that the variant has already is used again.
  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, Variant& value) {
    using Decode = const std::byte*(Decoder&, const std::byte*, Variant&);
    static constexpr Decode* decoders[] = {&decode_alternative<I, Alternatives>...};
    const Length index = read_index(in, from, sizeof...(Alternatives));
    return decoders[index.value](in, index.end, value);
  }

 private:
  template <std::size_t Index, class T>
  static std::byte* encode_alternative(Encoder& out, std::byte* to, const Variant& value) {
    return Codec<T>::encode(out, to, *std::get_if<Index>(&value));
  }

  template <std::size_t Index, class T>
  static const std::byte* decode_alternative(Decoder& in, const std::byte* from, Variant& value) {
    if (value.index() != Index) value.template emplace<Index>();
    return Codec<T>::decode(in, from, *std::get_if<Index>(&value));
  }
};

}  // namespace wire

template <class... Alternatives>
struct Codec<std::variant<Alternatives...>>
    : wire::VariantCodec<std::variant<Alternatives...>, std::index_sequence_for<Alternatives...>, Alternatives...> {};

}  // namespace rpc
