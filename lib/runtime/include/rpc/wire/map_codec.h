// The codecs of maps and sets: a count, then the elements in the container's order. A key that comes twice is refused,
// but for those that have multi in their names.
//
//   std::multimap<std::string, Reading> readings;
//   at.write(readings);  // 02  04 "roof" …  04 "roof" …
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <rpc/wire/sequence_codec.h>

namespace rpc {

namespace wire {

/// `Map` is a std::map or a std::unordered_map; unless `unique`, one of those with multi in their names. In a
/// std::multimap what comes later goes behind the keys that equal it.
template <class Map, bool unique = true>
struct MapCodec {
  using Key = Map::key_type;
  using Value = Map::mapped_type;
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const Map& map) {
    Writer at(out, to);
    at.room(max_length_size);
    at.put_length(map.size());
    for (const auto& [key, value] : map) {
      at.write(key);
      at.write(value);
    }
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, Map& map) {
    Reader at(in, from);
    const std::size_t count = at.read_count(Codec<Key>::min_size + Codec<Value>::min_size);
    map.clear();
    for (std::size_t i = 0; i < count; ++i) {
      Key key{};
      at.read(key);
      typename Map::iterator element;
      if constexpr (unique) {
        element = map.try_emplace(map.end(), std::move(key));
        if (map.size() != i + 1) [[unlikely]]
          fail_duplicate(in, at.place());
      } else {
        element = map.emplace_hint(map.end(), std::piecewise_construct, std::forward_as_tuple(std::move(key)),
                                   std::tuple<>());
      }
      at.read(element->second);
    }
    return at.place();
  }
};

/// `Set` is a std::set or a std::unordered_set; unless `unique`, one of those with multi in their names.
template <class Set, bool unique = true>
struct SetCodec {
  using Key = Set::key_type;
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const Set& set) {
    Writer at(out, to);
    at.room(max_length_size);
    at.put_length(set.size());
    for (const Key& key : set) at.write(key);
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, Set& set) {
    Reader at(in, from);
    const std::size_t count = at.read_count(Codec<Key>::min_size);
    set.clear();
    for (std::size_t i = 0; i < count; ++i) {
      Key key{};
      at.read(key);
      set.emplace_hint(set.end(), std::move(key));
      if (unique && set.size() != i + 1) [[unlikely]]
        fail_duplicate(in, at.place());
    }
    return at.place();
  }
};

}  // namespace wire

template <class K, class V, class Less, class A>
struct Codec<std::map<K, V, Less, A>> : wire::MapCodec<std::map<K, V, Less, A>> {};

template <class K, class V, class Hash, class Equal, class A>
struct Codec<std::unordered_map<K, V, Hash, Equal, A>> : wire::MapCodec<std::unordered_map<K, V, Hash, Equal, A>> {};

template <class K, class Less, class A>
struct Codec<std::set<K, Less, A>> : wire::SetCodec<std::set<K, Less, A>> {};

template <class K, class Hash, class Equal, class A>
struct Codec<std::unordered_set<K, Hash, Equal, A>> : wire::SetCodec<std::unordered_set<K, Hash, Equal, A>> {};

template <class K, class V, class Less, class A>
struct Codec<std::multimap<K, V, Less, A>> : wire::MapCodec<std::multimap<K, V, Less, A>, false> {};

template <class K, class V, class Hash, class Equal, class A>
struct Codec<std::unordered_multimap<K, V, Hash, Equal, A>>
    : wire::MapCodec<std::unordered_multimap<K, V, Hash, Equal, A>, false> {};

template <class K, class Less, class A>
struct Codec<std::multiset<K, Less, A>> : wire::SetCodec<std::multiset<K, Less, A>, false> {};

template <class K, class Hash, class Equal, class A>
struct Codec<std::unordered_multiset<K, Hash, Equal, A>>
    : wire::SetCodec<std::unordered_multiset<K, Hash, Equal, A>, false> {};

}  // namespace rpc
