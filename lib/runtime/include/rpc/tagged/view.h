// Views in the tagged encoding: as what they point to. Read, they point into the message where the elements lie there
// as they do in memory, and else to copies that live as long as the call.
//
//   &Tagged<std::span<const double>>::type
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/view_codec.h>

#include <new>

namespace rpc {

namespace tagged {

/// Written is a View; read is what a server holds, which has no fixed extent.
template <class View, class Held>
struct ViewOf {
  using T = Held::value_type;

  static bool fits(std::size_t count) {
    if constexpr (requires { View::extent; }) return View::extent == std::dynamic_extent || count == View::extent;
    return true;
  }
  static Row view(const void* object) {
    const View& elements = *static_cast<const View*>(object);
    return {elements.data(), elements.size()};
  }
  static bool assign(void* object, const std::byte* bytes, std::size_t count) {
    *static_cast<Held*>(object) = Held(reinterpret_cast<const T*>(bytes), count);
    return fits(count);
  }
  static void* make(void* object, std::size_t /*none*/) {
    *static_cast<Held*>(object) = Held();
    return nullptr;
  }
  static void* place(void* object, void* memory, std::size_t count) {
    if (!fits(count)) return nullptr;
    T* const elements = static_cast<T*>(memory);
    for (std::size_t i = 0; i < count; ++i) ::new (elements + i) T();
    *static_cast<Held*>(object) = Held(elements, count);
    return elements;
  }

  static constexpr auto type_of() {
    if constexpr (is_byte<T> || std::is_same_v<T, char>) {
      return Blob{{Kind::blob}, &view, nullptr, nullptr, &assign, true};
    } else {
      return List{{Kind::list},
                  kind_of(element_type<T>()),
                  &element_type<T>(),
                  sizeof(T),
                  &view,
                  &make,
                  is_copied<T> ? &assign : nullptr,
                  &place,
                  alignof(T)};
    }
  }
  static constexpr auto type = type_of();
};

}  // namespace tagged

template <class C, class Traits>
struct Tagged<std::basic_string_view<C, Traits>>
    : tagged::ViewOf<std::basic_string_view<C, Traits>, std::basic_string_view<C, Traits>> {};

template <class T, std::size_t N>
struct Tagged<std::span<const T, N>> : tagged::ViewOf<std::span<const T, N>, std::span<const T>> {};

}  // namespace rpc
