// Tuples in the tagged encoding: a message whose fields are numbered from 1.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/tuple_codec.h>

namespace rpc {

namespace tagged {

template <class Indices, class... Elements>
struct TupleOf;

template <std::size_t... I, class... Elements>
struct TupleOf<std::index_sequence<I...>, Elements...> {
  static void pointers(const void* object, const void** pointers) {
    const auto& tuple = *static_cast<const std::tuple<Elements...>*>(object);
    ((pointers[I] = std::addressof(std::get<I>(tuple))), ...);
  }
  static constexpr Field fields[] = {{I + 1, "element", I, &Tagged<Elements>::type}...};
  static constexpr Values values{"tuple", fields};
  static constexpr Tuple type{{Kind::tuple}, &values, &pointers};
};

}  // namespace tagged

template <class... Elements>
struct Tagged<std::tuple<Elements...>> : tagged::TupleOf<std::index_sequence_for<Elements...>, Elements...> {};

template <>
struct Tagged<std::tuple<>> {
  static constexpr tagged::Record type{"tuple"};
};

}  // namespace rpc
