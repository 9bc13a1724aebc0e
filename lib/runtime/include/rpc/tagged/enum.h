// Enums in the tagged encoding: checked against what Codec<E> declares.
//
//   template <>
//   struct rpc::Tagged<home::Kind> : rpc::tagged::EnumOf<home::Kind> {};
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/wire/enum_codec.h>

namespace rpc::tagged {

template <class E>
struct EnumOf {
  using Number = std::underlying_type_t<E>;

  using Values = Codec<E>::Values;

  static bool declares(std::int64_t value) {
    return static_cast<std::int64_t>(static_cast<Number>(value)) == value && Values::valid(static_cast<Number>(value));
  }

  static constexpr Enum make() {
    Enum made{{Kind::enumeration}, sizeof(E), std::is_signed_v<Number>, false, 0, -1, &declares, &typeid(E)};
    if constexpr (requires { Values::contiguous; }) {
      const auto first = static_cast<std::int64_t>(Values::first);
      const auto last = static_cast<std::int64_t>(Values::last);
      if (Values::contiguous && first <= last) {
        made.first = first;
        made.last = last;
        made.is_dense = true;
      }
    }
    return made;
  }

  static constexpr Enum type = make();
};

}  // namespace rpc::tagged
