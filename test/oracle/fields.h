// The fields of the structs of types.h in the order of their numbers, and the enumerators of its enums: what a test in
// plain C++ cannot find out by itself.
//
//   std::apply([](auto&... field) { … }, fields(numbers));
#pragma once

#include <tuple>
#include <type_traits>

#include "oracle/types.h"

namespace oracle {

inline auto fields(Numbers& v) {
  return std::tie(v.flag, v.letter, v.raw, v.i8, v.i16, v.i32, v.i64, v.u8, v.u16, v.u32, v.u64, v.c8, v.c16, v.c32,
                  v.f32, v.f64, v.kind, v.level, v.wide, v.huge, v.rights, v.small_complex, v.complex, v.time,
                  v.minutes, v.seconds, v.exact_seconds, v.at, v.bits, v.more_bits);
}
inline auto fields(Point& v) { return std::tie(v.x, v.y); }
inline auto fields(Texts& v) {
  return std::tie(v.text, v.path, v.u8, v.u16, v.u32, v.list, v.perhaps, v.bytes, v.scattered, v.address);
}
inline auto fields(Lists& v) {
  return std::tie(v.ints, v.bools, v.numbers, v.doubles, v.kinds, v.colour, v.grid, v.name, v.corners, v.sorted,
                  v.small, v.words, v.points, v.rows, v.gaps, v.times, v.wide_words, v.blobs, v.stack, v.queue);
}
inline auto fields(Sums& v) {
  return std::tie(v.number, v.flag, v.point, v.list, v.twice, v.pair, v.nothing, v.tuple, v.choice, v.choices, v.result,
                  v.done, v.error);
}
inline auto fields(Node& v) { return std::tie(v.name, v.next, v.children, v.number); }
inline auto fields(Shared& v) { return std::tie(v.first, v.second, v.all, v.list); }
inline auto fields(Hidden& v) { return v.fields(); }
template <class T>
auto fields(Page<T>& v) {
  return std::tie(v.items, v.next);
}
inline auto fields(Own& v) {
  return std::tie(static_cast<Point&>(v), v.hidden, v.points, v.names, v.bits, v.angle, v.turns, v.last);
}
inline auto fields(Maps& v) {
  return std::tie(v.by_name, v.by_number, v.by_flag, v.lists, v.gaps, v.many, v.many_unordered, v.by_kind, v.by_double,
                  v.by_pair, v.names, v.counts, v.urgent);
}

template <class T>
concept Struct = requires(T& value) { fields(value); };

template <class E>
constexpr auto all_values() {
  if constexpr (std::is_same_v<E, Kind>) return std::array{Kind::indoor, Kind::outdoor, Kind::cellar};
  if constexpr (std::is_same_v<E, Level>) return std::array{low, middle, high};
  if constexpr (std::is_same_v<E, Wide>) return std::array{Wide::far_below, Wide::nothing, Wide::far_above};
  if constexpr (std::is_same_v<E, Huge>) return std::array{Huge::one, Huge::most};
  if constexpr (std::is_same_v<E, Rights>)
    return std::array{Rights::none, Rights::read, Rights::write, Rights::read | Rights::write, Rights::all};
}

}  // namespace oracle
