// The codecs of single values: numbers, bool, text, durations, and the bases of the codecs that are generated for
// flat structs and enums.
//
//   template <>
//   struct rpc::Codec<home::Position> : rpc::FlatCodec<home::Position, 16> {};
//   template <>
//   struct rpc::Codec<home::Kind> : rpc::EnumCodec<home::Kind, home::Kind::indoor, home::Kind::outdoor> {};
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

#include <rpc/duration.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

namespace rpc {

namespace wire {

const std::byte* read_text(Decoder& in, const std::byte* from, std::string& value);

}  // namespace wire

/// The base of codecs that copy a value's bytes.
template <class T>
struct FixedCodec {
  static constexpr bool fixed = true;
  static constexpr std::size_t min_size = sizeof(T);

  static std::byte* encode(Encoder& out, std::byte* to, const T& value) {
    Writer at(out, to);
    at.room(sizeof(T));
    at.put(value);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, T& value) {
    Reader at(in, from);
    at.need(sizeof(T));
    at.get(value);
    return at.place();
  }
};

/// The codec of a struct whose members fill its `Size` bytes without padding, bool or enum.
template <class T, std::size_t Size>
struct FlatCodec : FixedCodec<T> {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) == Size,
                "the struct was laid out differently when this code was generated: run farcall generate again");
};

/// The base of the codecs of structs without members: one zero byte, since everything in a container takes at least
/// one.
template <class T>
struct EmptyCodec {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const T&) {
    Writer at(out, to);
    at.room(1);
    at.put_byte(0);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, T&) {
    Reader at(in, from);
    at.need(1);
    at.get_byte();
    return at.place();
  }
};

// clang-format off
template <> struct Codec<char> : FixedCodec<char> {};
template <> struct Codec<signed char> : FixedCodec<signed char> {};
template <> struct Codec<unsigned char> : FixedCodec<unsigned char> {};
template <> struct Codec<short> : FixedCodec<short> {};
template <> struct Codec<unsigned short> : FixedCodec<unsigned short> {};
template <> struct Codec<int> : FixedCodec<int> {};
template <> struct Codec<unsigned> : FixedCodec<unsigned> {};
template <> struct Codec<long> : FixedCodec<long> {};
template <> struct Codec<unsigned long> : FixedCodec<unsigned long> {};
template <> struct Codec<long long> : FixedCodec<long long> {};
template <> struct Codec<unsigned long long> : FixedCodec<unsigned long long> {};
template <> struct Codec<char8_t> : FixedCodec<char8_t> {};
template <> struct Codec<char16_t> : FixedCodec<char16_t> {};
template <> struct Codec<char32_t> : FixedCodec<char32_t> {};
template <> struct Codec<wchar_t> : FixedCodec<wchar_t> { static_assert(sizeof(wchar_t) == sizeof(char32_t)); };
template <> struct Codec<float> : FixedCodec<float> {};
template <> struct Codec<double> : FixedCodec<double> {};
template <> struct Codec<std::byte> : FixedCodec<std::byte> {};
// clang-format on

/// Ticks; Rep is any of the numbers above.
template <class Rep, class Period>
struct Codec<std::chrono::duration<Rep, Period>> : FixedCodec<std::chrono::duration<Rep, Period>> {
  static_assert(Fixed<Rep> && sizeof(std::chrono::duration<Rep, Period>) == sizeof(Rep));
};

/// Ticks since the epoch of the clock.
template <class Clock, class Duration>
struct Codec<std::chrono::time_point<Clock, Duration>> : FixedCodec<std::chrono::time_point<Clock, Duration>> {
  static_assert(Fixed<Duration> && sizeof(std::chrono::time_point<Clock, Duration>) == sizeof(Duration));
};

template <>
struct Codec<bool> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, bool value) {
    Writer at(out, to);
    at.room(1);
    at.put_byte(value);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, bool& value) {
    Reader at(in, from);
    at.need(1);
    const unsigned byte = at.get_byte();
    if (byte > 1) [[unlikely]]
      wire::fail_bool(in, from, byte);
    value = byte != 0;
    return at.place();
  }
};

/// Any bytes: UTF-8 is not required.
template <>
struct Codec<std::string> {
  static constexpr std::size_t min_size = 1;

  static std::byte* encode(Encoder& out, std::byte* to, const std::string& value) {
    Writer at(out, to);
    at.room(bound(value));
    at.put(value);
    return at.place();
  }

  static const std::byte* decode(Decoder& in, const std::byte* from, std::string& value) {
    return wire::read_text(in, from, value);
  }
};

}  // namespace rpc
