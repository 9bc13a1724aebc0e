// Vectors, arrays, optionals and pairs in the tagged encoding.
//
//   &Tagged<std::vector<home::Reading>>::type     // a repeated field
#pragma once

#include <rpc/tagged/codec.h>
#include <rpc/tagged/elements.h>
#include <rpc/wire/sequence_codec.h>

namespace rpc {

namespace tagged {

/// Bytes that travel as such and not as numbers.
template <class T>
inline constexpr bool is_byte =
    std::is_same_v<T, std::byte> || std::is_same_v<T, unsigned char> || std::is_same_v<T, char8_t>;

/// Values whose bytes in memory are those on the wire.
template <class T>
inline constexpr bool is_copied = std::is_floating_point_v<T>;

/// Any container of bytes.
template <class C>
struct BlobOf {
  using T = C::value_type;

  static constexpr bool in_a_row = requires(const C& bytes) { bytes.data(); };

  static Row view(const void* object) {
    if constexpr (in_a_row) {
      const C& bytes = *static_cast<const C*>(object);
      return {bytes.data(), bytes.size()};
    }
    return {};
  }
  static std::size_t size(const void* object) {
    const C& bytes = *static_cast<const C*>(object);
    std::size_t count = 0;
    for (auto each = bytes.begin(); each != bytes.end(); ++each) ++count;
    return count;
  }
  static void copy(const void* object, std::byte* to) {
    for (const T byte : *static_cast<const C*>(object)) *to++ = static_cast<std::byte>(byte);
  }
  static bool assign(void* object, const std::byte* bytes, std::size_t size) {
    C& made = *static_cast<C*>(object);
    if constexpr (requires { made.assign(bytes, bytes + size); }) {
      const T* const first = reinterpret_cast<const T*>(bytes);
      made.assign(first, first + size);
      return true;
    } else {
      if (size != made.size()) return false;
      std::memcpy(made.data(), bytes, size);
      return true;
    }
  }
  static constexpr Blob type{{Kind::blob}, in_a_row ? &view : nullptr, &size, &copy, &assign};
};

/// Replaces the elements by those at `bytes`, at whatever address that is.
template <class C>
void assign_copied(C& elements, const std::byte* bytes, std::size_t count) {
  wire::assign_block(elements, bytes, count);
}
void assign_copied(std::vector<float>& elements, const std::byte* bytes, std::size_t count);
void assign_copied(std::vector<double>& elements, const std::byte* bytes, std::size_t count);

/// A vector of anything but bool and bytes, or a string of wide characters.
template <class C>
struct ListOf {
  using T = C::value_type;

  static Row view(const void* object) {
    const C& elements = *static_cast<const C*>(object);
    return {elements.data(), elements.size()};
  }
  static bool assign(void* object, const std::byte* bytes, std::size_t count) {
    if constexpr (is_copied<T>) assign_copied(*static_cast<C*>(object), bytes, count);
    return true;
  }
  static constexpr List type{{Kind::list},
                             kind_of(element_type<T>()),
                             &element_type<T>(),
                             sizeof(T),
                             &view,
                             &wire::make_elements<C>,
                             is_copied<T> ? &assign : nullptr};
};

template <class T, std::size_t N>
struct ArrayOf {
  static Row view(const void* object) { return {object, N}; }
  static void* make(void* object, std::size_t count) { return count == N ? object : nullptr; }
  static constexpr List type{{Kind::list}, kind_of(element_type<T>()), &element_type<T>(), sizeof(T), &view, &make,
                             nullptr};
};

}  // namespace tagged

template <class T, class A>
struct Tagged<std::vector<T, A>>
    : std::conditional_t<tagged::is_byte<T>, tagged::BlobOf<std::vector<T, A>>, tagged::ListOf<std::vector<T, A>>> {};

template <>
struct Tagged<std::vector<std::uint8_t>> : tagged::Plain<tagged::Kind::bytes> {};

template <class A>
struct Tagged<std::vector<bool, A>> {
  static void visit(const void* object, tagged::Visitor& visitor) {
    for (const bool element : *static_cast<const std::vector<bool, A>*>(object)) visitor.visit(&element);
  }
  static void read(void* object, tagged::Elements& elements) {
    auto& flags = *static_cast<std::vector<bool, A>*>(object);
    flags.clear();
    for (bool flag = false; elements.next(&flag);) flags.push_back(flag);
  }
  static constexpr tagged::Nodes type{
      {tagged::Kind::nodes}, tagged::Kind::boolean, &Tagged<bool>::type, sizeof(bool), &visit, &read};
};

template <class T, std::size_t N>
struct Tagged<std::array<T, N>>
    : std::conditional_t<tagged::is_byte<T>, tagged::BlobOf<std::array<T, N>>, tagged::ArrayOf<T, N>> {};

template <class T>
struct Tagged<std::optional<T>> {
  static const void* get(const void* object) {
    const auto& optional = *static_cast<const std::optional<T>*>(object);
    return optional ? std::addressof(*optional) : nullptr;
  }
  static void* emplace(void* object) { return std::addressof(static_cast<std::optional<T>*>(object)->emplace()); }
  static void reset(void* object) { static_cast<std::optional<T>*>(object)->reset(); }
  static constexpr tagged::Nullable type{{tagged::Kind::nullable},
                                         tagged::kind_of(tagged::element_type<T>()),
                                         &tagged::element_type<T>(),
                                         &get,
                                         &emplace,
                                         &reset};
};

template <class First, class Second>
struct Tagged<std::pair<First, Second>> {
  using Pair = std::pair<First, Second>;
  static void pointers(const void* object, const void** pointers) {
    const Pair& pair = *static_cast<const Pair*>(object);
    pointers[0] = std::addressof(pair.first);
    pointers[1] = std::addressof(pair.second);
  }
  static constexpr tagged::Field fields[] = {{1, "first", 0, &Tagged<First>::type},
                                             {2, "second", 1, &Tagged<Second>::type}};
  static constexpr tagged::Values values{"pair", fields};
  static constexpr tagged::Tuple type{{tagged::Kind::tuple}, &values, &pointers};
};

}  // namespace rpc
