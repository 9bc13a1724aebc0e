// Deques, lists and forward lists in the tagged encoding: repeated fields, as a vector is.
#pragma once

#include <rpc/tagged/elements.h>
#include <rpc/tagged/sequence.h>
#include <rpc/wire/list_codec.h>

namespace rpc {

namespace tagged {

template <class C>
struct NodesOf {
  using T = C::value_type;

  static void visit(const void* object, Visitor& visitor) {
    for (const T& element : *static_cast<const C*>(object)) visitor.visit(std::addressof(element));
  }

  static void read(void* object, Elements& elements) {
    C& list = *static_cast<C*>(object);
    list.clear();
    T element{};
    if constexpr (requires { list.push_back(std::move(element)); }) {
      for (; elements.next(std::addressof(element)); element = T{}) list.push_back(std::move(element));
    } else {
      auto last = list.before_begin();
      for (; elements.next(std::addressof(element)); element = T{}) last = list.insert_after(last, std::move(element));
    }
  }

  static constexpr Nodes type{{Kind::nodes}, kind_of(element_type<T>()), &element_type<T>(), sizeof(T), &visit, &read};
};

}  // namespace tagged

template <class T, class A>
struct Tagged<std::list<T, A>>
    : std::conditional_t<tagged::is_byte<T>, tagged::BlobOf<std::list<T, A>>, tagged::NodesOf<std::list<T, A>>> {};
template <class T, class A>
struct Tagged<std::deque<T, A>>
    : std::conditional_t<tagged::is_byte<T>, tagged::BlobOf<std::deque<T, A>>, tagged::NodesOf<std::deque<T, A>>> {};
template <class T, class A>
struct Tagged<std::forward_list<T, A>> : std::conditional_t<tagged::is_byte<T>, tagged::BlobOf<std::forward_list<T, A>>,
                                                            tagged::NodesOf<std::forward_list<T, A>>> {};

}  // namespace rpc
