// Strings of char8_t, char16_t and char32_t in the tagged encoding: bytes, and repeated numbers.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/string_codec.h>

namespace rpc {

template <class C, class Traits, class A>
  requires(!std::is_same_v<C, char>)
struct Tagged<std::basic_string<C, Traits, A>>
    : std::conditional_t<tagged::is_byte<C>, tagged::BlobOf<std::basic_string<C, Traits, A>>,
                         tagged::ListOf<std::basic_string<C, Traits, A>>> {};

}  // namespace rpc
