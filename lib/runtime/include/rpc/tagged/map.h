// Maps and sets in the tagged encoding: repeated entries of key and value, and repeated elements.
#pragma once

#include <rpc/tagged/elements.h>
#include <rpc/tagged/sequence.h>
#include <rpc/wire/map_codec.h>

namespace rpc {

namespace tagged {

/// What a map or set answers when something is put into it; one that has multi in its name takes everything.
template <class Inserted>
void check_new(const Elements& elements, const Inserted& inserted) {
  if constexpr (requires { inserted.second; }) {
    if (!inserted.second) elements.fail_duplicate();
  }
}

template <class C>
struct MapOf {
  using Key = C::key_type;
  using Value = C::mapped_type;

  static void visit(const void* object, Visitor& visitor) {
    for (const auto& [key, value] : *static_cast<const C*>(object)) {
      const void* entry[] = {std::addressof(key), std::addressof(value)};
      visitor.visit(entry);
    }
  }

  static void read(void* object, Elements& elements) {
    C& map = *static_cast<C*>(object);
    map.clear();
    for (;;) {
      Key key{};
      Value value{};
      void* entry[] = {std::addressof(key), std::addressof(value)};
      if (!elements.next(entry)) return;
      check_new(elements, map.emplace(std::move(key), std::move(value)));
    }
  }

  static constexpr Field fields[] = {{1, "key", 0, &element_type<Key>()}, {2, "value", 1, &element_type<Value>()}};
  static constexpr Values entry{"entry", fields};
  static constexpr Nodes type{{Kind::nodes}, Kind::record, &entry, sizeof(Key) + sizeof(Value), &visit, &read};
};

template <class C>
struct SetOf {
  using Key = C::key_type;

  static void visit(const void* object, Visitor& visitor) {
    for (const Key& key : *static_cast<const C*>(object)) visitor.visit(std::addressof(key));
  }

  static void read(void* object, Elements& elements) {
    C& set = *static_cast<C*>(object);
    set.clear();
    for (;;) {
      Key key{};
      if (!elements.next(std::addressof(key))) return;
      check_new(elements, set.insert(std::move(key)));
    }
  }

  static constexpr Nodes type{{Kind::nodes}, kind_of(element_type<Key>()), &element_type<Key>(), sizeof(Key), &visit,
                              &read};
};

}  // namespace tagged

template <class K, class V, class Less, class A>
struct Tagged<std::map<K, V, Less, A>> : tagged::MapOf<std::map<K, V, Less, A>> {};
template <class K, class V, class Hash, class Equal, class A>
struct Tagged<std::unordered_map<K, V, Hash, Equal, A>> : tagged::MapOf<std::unordered_map<K, V, Hash, Equal, A>> {};
template <class K, class V, class Less, class A>
struct Tagged<std::multimap<K, V, Less, A>> : tagged::MapOf<std::multimap<K, V, Less, A>> {};
template <class K, class V, class Hash, class Equal, class A>
struct Tagged<std::unordered_multimap<K, V, Hash, Equal, A>>
    : tagged::MapOf<std::unordered_multimap<K, V, Hash, Equal, A>> {};
template <class K, class Less, class A>
struct Tagged<std::set<K, Less, A>> : tagged::SetOf<std::set<K, Less, A>> {};
template <class K, class Hash, class Equal, class A>
struct Tagged<std::unordered_set<K, Hash, Equal, A>> : tagged::SetOf<std::unordered_set<K, Hash, Equal, A>> {};
template <class K, class Less, class A>
struct Tagged<std::multiset<K, Less, A>> : tagged::SetOf<std::multiset<K, Less, A>> {};
template <class K, class Hash, class Equal, class A>
struct Tagged<std::unordered_multiset<K, Hash, Equal, A>> : tagged::SetOf<std::unordered_multiset<K, Hash, Equal, A>> {
};

}  // namespace rpc
