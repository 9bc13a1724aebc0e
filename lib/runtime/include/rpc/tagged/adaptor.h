// stack, queue and priority_queue in the tagged encoding: the elements of the container inside.
#pragma once

#include <rpc/tagged/sequence.h>
#include <rpc/wire/adaptor_codec.h>

namespace rpc {

namespace tagged {

template <class Adaptor>
struct AdaptorOf {
  using T = Adaptor::value_type;

  static const auto& elements_of(const void* object) {
    return wire::AdaptorAccess<Adaptor>::container(*static_cast<const Adaptor*>(object));
  }
  static void empty(Adaptor& adaptor) {
    while (!adaptor.empty()) adaptor.pop();
  }

  static void visit(const void* object, Visitor& visitor) {
    for (const T& element : elements_of(object)) visitor.visit(std::addressof(element));
  }
  static void read(void* object, Elements& elements) {
    Adaptor& adaptor = *static_cast<Adaptor*>(object);
    empty(adaptor);
    for (T element{}; elements.next(std::addressof(element)); element = T{}) adaptor.push(std::move(element));
  }

  static std::size_t size(const void* object) { return elements_of(object).size(); }
  static void copy(const void* object, std::byte* to) {
    for (const T byte : elements_of(object)) *to++ = static_cast<std::byte>(byte);
  }
  static bool assign(void* object, const std::byte* bytes, std::size_t size) {
    Adaptor& adaptor = *static_cast<Adaptor*>(object);
    empty(adaptor);
    for (std::size_t i = 0; i < size; ++i) adaptor.push(static_cast<T>(bytes[i]));
    return true;
  }

  static constexpr auto make() {
    if constexpr (is_byte<T>) {
      return Blob{{Kind::blob}, nullptr, &size, &copy, &assign};
    } else {
      return Nodes{{Kind::nodes}, kind_of(element_type<T>()), &element_type<T>(), sizeof(T), &visit, &read};
    }
  }
  static constexpr auto type = make();
};

}  // namespace tagged

template <class T, class C>
struct Tagged<std::stack<T, C>> : tagged::AdaptorOf<std::stack<T, C>> {};
template <class T, class C>
struct Tagged<std::queue<T, C>> : tagged::AdaptorOf<std::queue<T, C>> {};
template <class T, class C, class Less>
struct Tagged<std::priority_queue<T, C, Less>> : tagged::AdaptorOf<std::priority_queue<T, C, Less>> {};

}  // namespace rpc
