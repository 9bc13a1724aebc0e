// The codecs of sequences and of the small containers: vector, array, sets, optional, pair.
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

inline Writer write_count(Writer at, std::size_t count) {
  at.room(max_length_size);
  at.put_length(count);
  return at;
}

/// A count and that many Fixed elements.
inline Writer write_block(Writer at, const void* elements, std::size_t count, std::size_t element_size) {
  const std::size_t size = count * element_size;
  if (size >= large_block) return write_large_block(at, elements, count, size);
  at.room(max_length_size + size);
  at.put_length(count);
  at.put_bytes(elements, size);
  return at;
}

/// Replaces the elements by those at `bytes`, without writing zeros to them first. Blocks that lie where no T may be
/// read go through an aligned piece of the stack.
template <class T, class A>
void assign_block(std::vector<T, A>& value, const std::byte* bytes, std::size_t count) {
  if (alignof(T) == 1 || reinterpret_cast<std::uintptr_t>(bytes) % alignof(T) == 0) {
    const T* first = reinterpret_cast<const T*>(bytes);
    value.assign(first, first + count);
    return;
  }
  constexpr std::size_t step = sizeof(T) < 512 ? 1024 / sizeof(T) : 1;
  alignas(T) std::byte piece[step * sizeof(T)];
  const T* first = reinterpret_cast<const T*>(piece);
  value.clear();
  value.reserve(count);
  while (count != 0) {
    const std::size_t taken = count < step ? count : step;
    std::memcpy(piece, bytes, taken * sizeof(T));
    value.insert(value.end(), first, first + taken);
    bytes += taken * sizeof(T);
    count -= taken;
  }
}

}  // namespace wire

template <class T, class A>
struct Codec<std::vector<T, A>> {
  static constexpr std::size_t min_size = 1;

  static Writer encode(Writer at, const std::vector<T, A>& value) {
    if constexpr (Fixed<T>) {
      return wire::write_block(at, value.data(), value.size(), sizeof(T));
    } else {
      at = wire::write_count(at, value.size());
      for (const T& element : value) at.write(element);
      return at;
    }
  }

  static Reader decode(Reader at, std::vector<T, A>& value) {
    const std::size_t count = at.read_count(Codec<T>::min_size);
    if constexpr (Fixed<T>) {
      const std::size_t size = count * sizeof(T);
      if (size >= wire::large_block) at = wire::skip_alignment(at, size);
      wire::assign_block(value, at.at, count);
      at.at += size;
    } else {
      value.resize(count);
      for (T& element : value) at.read(element);
    }
    return at;
  }
};

/// One byte for each bool.
template <class A>
struct Codec<std::vector<bool, A>> {
  static constexpr std::size_t min_size = 1;

  static Writer encode(Writer at, const std::vector<bool, A>& value) {
    at.room(max_length_size + value.size());
    at.put_length(value.size());
    for (const bool element : value) *at.at++ = static_cast<std::byte>(element);
    return at;
  }

  static Reader decode(Reader at, std::vector<bool, A>& value) {
    value.resize(at.read_count(1));
    for (auto element : value) {
      bool flag = false;
      at.read(flag);
      element = flag;
    }
    return at;
  }
};

namespace wire {

/// An array whose elements are checked or of varying size; its length is part of the type. One without elements is a
/// zero byte, since everything in a container takes at least one.
template <class T, std::size_t N>
struct ArrayCodec {
  static constexpr std::size_t min_size = N == 0 ? 1 : N * Codec<T>::min_size;

  static Writer encode(Writer at, const std::array<T, N>& value) {
    if constexpr (N == 0) at.write(false);
    for (const T& element : value) at.write(element);
    return at;
  }

  static Reader decode(Reader at, std::array<T, N>& value) {
    if constexpr (N == 0) {
      at.need(1);
      ++at.at;
    }
    for (T& element : value) at.read(element);
    return at;
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

  static Writer encode(Writer at, const std::optional<T>& value) {
    at.write(value.has_value());
    if (value) at.write(*value);
    return at;
  }

  static Reader decode(Reader at, std::optional<T>& value) {
    bool present = false;
    at.read(present);
    at.read_if(present, value);
    return at;
  }
};

template <class First, class Second>
struct Codec<std::pair<First, Second>> {
  static constexpr std::size_t min_size = Codec<First>::min_size + Codec<Second>::min_size;

  static Writer encode(Writer at, const std::pair<First, Second>& value) {
    at.write(value.first);
    at.write(value.second);
    return at;
  }

  static Reader decode(Reader at, std::pair<First, Second>& value) {
    at.read(value.first);
    at.read(value.second);
    return at;
  }
};

}  // namespace rpc
