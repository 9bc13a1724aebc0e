// The codecs of sequences and of the small containers: vector, array, optional, pair.
//
// Reading a container is never inlined: beside its loop a call costs nothing, and the records that have such members
// stay small, which is what the compiler's time goes by.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <rpc/wire/codec.h>

namespace rpc {

namespace wire {

/// Replaces the elements by those at `bytes`, without writing zeros to them first. Blocks that lie where no element may
/// be read go through an aligned piece of the stack. `Sequence` is a vector, a string or a deque.
template <class Sequence>
void assign_block(Sequence& value, const std::byte* bytes, std::size_t count) {
  using T = Sequence::value_type;
  if (alignof(T) == 1 || reinterpret_cast<std::uintptr_t>(bytes) % alignof(T) == 0) {
    const T* first = reinterpret_cast<const T*>(bytes);
    value.assign(first, first + count);
    return;
  }
  constexpr std::size_t step = sizeof(T) < 512 ? 1024 / sizeof(T) : 1;
  alignas(T) std::byte piece[step * sizeof(T)];
  const T* first = reinterpret_cast<const T*>(piece);
  value.clear();
  if constexpr (requires { value.reserve(count); }) value.reserve(count);
  while (count != 0) {
    const std::size_t taken = count < step ? count : step;
    std::memcpy(piece, bytes, taken * sizeof(T));
    value.insert(value.end(), first, first + taken);
    bytes += taken * sizeof(T);
    count -= taken;
  }
}

/// Replaces the elements of `object`, a `Sequence`, by so many new ones, and gives the first. Not resize(): its code
/// for moving elements to new memory is most of what a vector costs the compiler.
template <class Sequence>
[[gnu::noinline]] void* make_elements(void* object, std::size_t count) {
  Sequence& elements = *static_cast<Sequence*>(object);
  if constexpr (std::is_constructible_v<Sequence, std::size_t>) {
    elements = Sequence(count);
  } else {
    elements.assign(count, typename Sequence::value_type());
  }
  return elements.data();
}

}  // namespace wire

/// Loops over pointers: a vector's iterators are a fifth of what it costs the compiler.
template <class T, class A>
struct Codec<std::vector<T, A>> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const std::vector<T, A>& value) {
    Writer at(out, to);
    at.room(max_length_size);
    at.put_length(value.size());
    const T* element = value.data();
    for (std::size_t left = value.size(); left != 0; --left) at.write(*element++);
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::vector<T, A>& value) {
    Reader at(in, from);
    const std::size_t count = at.read_count(Codec<T>::min_size);
    if (value.size() != count) wire::make_elements<std::vector<T, A>>(&value, count);
    T* element = value.data();
    for (std::size_t left = count; left != 0; --left) at.read(*element++);
    return at.place();
  }
};

/// Elements that are copied as they are.
template <Fixed T, class A>
struct Codec<std::vector<T, A>> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const std::vector<T, A>& value) {
    return wire::write_block(out, to, value.data(), value.size(), value.size() * sizeof(T));
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::vector<T, A>& value) {
    Reader at(in, from);
    const std::size_t count = at.read_count(Codec<T>::min_size);
    wire::assign_block(value, at.read_block(count * sizeof(T)), count);
    return at.place();
  }
};

/// One byte for each bool.
template <class A>
struct Codec<std::vector<bool, A>> {
  static constexpr std::size_t min_size = 1;

  [[gnu::noinline]] static std::byte* encode(Encoder& out, std::byte* to, const std::vector<bool, A>& value) {
    Writer at(out, to);
    at.room(max_length_size + value.size());
    at.put_length(value.size());
    for (const bool element : value) at.put_byte(element);
    return at.place();
  }

  [[gnu::noinline]] static const std::byte* decode(Decoder& in, const std::byte* from, std::vector<bool, A>& value) {
    Reader at(in, from);
    value.resize(at.read_count(1));
    for (auto element : value) {
      bool flag = false;
      at.read(flag);
      element = flag;
    }
    return at.place();
  }
};

namespace wire {

/// An array whose elements are checked or of varying size; its length is part of the type. One without elements is a
/// zero byte, since everything in a container takes at least one.
template <class T, std::size_t N>
struct ArrayCodec {
  static constexpr std::size_t min_size = N == 0 ? 1 : N * Codec<T>::min_size;

  static std::byte* encode(Encoder& out, std::byte* to, const std::array<T, N>& value) {
    Writer at(out, to);
    if constexpr (N == 0) at.write(false);
    for (const T& element : value) at.write(element);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, std::array<T, N>& value) {
    Reader at(in, from);
    if constexpr (N == 0) {
      at.need(1);
      at.get_byte();
    }
    for (T& element : value) at.read(element);
    return at.place();
  }
};

}  // namespace wire

template <class T, std::size_t N>
struct Codec<std::array<T, N>> : wire::ArrayCodec<T, N> {};

template <class T, std::size_t N>
  requires(Fixed<T> && N != 0)
struct Codec<std::array<T, N>> : FixedCodec<std::array<T, N>> {};

/// A byte that says whether there is a value, then the value. As a member of a record it has a bit of the record's
/// flags instead of the byte.
template <class T>
struct Codec<std::optional<T>> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const std::optional<T>& value) {
    Writer at(out, to);
    at.write(value.has_value());
    if (value) at.write(*value);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, std::optional<T>& value) {
    Reader at(in, from);
    bool present = false;
    at.read(present);
    at.read_if(present, value);
    return at.place();
  }

  /// The value alone. One that the optional has already is used again.
  static const std::byte* decode_value(Decoder& in, const std::byte* from, std::optional<T>& value) {
    if (!value) value.emplace();
    return Codec<T>::decode(in, from, *value);
  }
};

template <class First, class Second>
struct Codec<std::pair<First, Second>> {
  static constexpr std::size_t min_size = Codec<First>::min_size + Codec<Second>::min_size;

  static std::byte* encode(Encoder& out, std::byte* to, const std::pair<First, Second>& value) {
    Writer at(out, to);
    at.write(value.first);
    at.write(value.second);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, std::pair<First, Second>& value) {
    Reader at(in, from);
    at.read(value.first);
    at.read(value.second);
    return at.place();
  }
};

}  // namespace rpc
