// Variants in the tagged encoding: a message that has one of the fields from 1.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/variant_codec.h>

#include <variant>

namespace rpc {

namespace tagged {

template <class V, class Indices, class... Alternatives>
struct VariantOf;

template <class V, std::size_t... I, class... Alternatives>
struct VariantOf<V, std::index_sequence<I...>, Alternatives...> {
  static std::size_t index(const void* object) { return static_cast<const V*>(object)->index(); }

  static const void* value(const void* object) {
    const V& variant = *static_cast<const V*>(object);
    const void* found = nullptr;
    ((variant.index() == I ? void(found = std::get_if<I>(&variant)) : void()), ...);
    return found;
  }

  static void* emplace(void* object, std::size_t index) {
    V& variant = *static_cast<V*>(object);
    void* made = nullptr;
    ((index == I ? void(made = std::addressof(variant.template emplace<I>())) : void()), ...);
    return made;
  }

  static constexpr Field alternatives[] = {{I + 1, "alternative", 0, &element_type<Alternatives>()}...};
  static constexpr Variant type{{Kind::variant}, alternatives, sizeof...(I), &index, &value, &emplace};
};

}  // namespace tagged

template <>
struct Tagged<std::monostate> {
  static constexpr tagged::Record type{"monostate"};
};

template <class... Alternatives>
struct Tagged<std::variant<Alternatives...>>
    : tagged::VariantOf<std::variant<Alternatives...>, std::index_sequence_for<Alternatives...>, Alternatives...> {};

}  // namespace rpc
