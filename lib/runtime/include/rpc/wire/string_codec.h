// The codecs of the strings of char8_t, char16_t, char32_t and wchar_t. They travel as the vectors of these do, so that
// they are not checked to be valid Unicode; std::string is in codec.h.
//
//   at.write(std::u16string(u"roof"));  // 04 72 00 6f 00 6f 00 66 00
#pragma once

#include <concepts>
#include <cstddef>
#include <string>

#include <rpc/wire/sequence_codec.h>

namespace rpc {

template <class C, class Traits, class A>
  requires(std::same_as<C, char8_t> || std::same_as<C, char16_t> || std::same_as<C, char32_t> ||
           std::same_as<C, wchar_t>)
struct Codec<std::basic_string<C, Traits, A>> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const std::basic_string<C, Traits, A>& value) {
    return wire::write_block(out, to, value.data(), value.size(), value.size() * sizeof(C));
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from,
                                                   std::basic_string<C, Traits, A>& value) {
    Reader at(in, from);
    const std::size_t count = at.read_count(sizeof(C));
    wire::assign_block(value, at.read_block(count * sizeof(C)), count);
    return at.place();
  }
};

}  // namespace rpc
