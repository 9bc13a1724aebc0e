// Writing and reading in the tagged encoding, and the types that need no more than their kind.
//
//   if (out.tagged()) return tagged::write(out, history_arguments, &sensor, &days);
#pragma once

#include <rpc/duration.h>
#include <rpc/tagged/type.h>

#include <initializer_list>
#include <string>

namespace rpc {

class Encoder;
class Decoder;

namespace tagged {

/// Writes a whole body: the values of a method. Throws Error (marshalling, too_large).
void write(Encoder& out, const Values& values, std::initializer_list<const void*> pointers);

/// Reads a whole body into them. What it does not have stays as it is; what it has and this end does not know is
/// skipped. Throws Error (malformed).
void read(Decoder& in, const Values& values, std::initializer_list<void*> pointers);

/// The same for up to four values. A list in each function that has one would take the compiler a tenth of its time.
void write(Encoder& out, const Values& values, const void* first, const void* second = nullptr,
           const void* third = nullptr, const void* fourth = nullptr);
void read(Decoder& in, const Values& values, void* first, void* second = nullptr, void* third = nullptr,
          void* fourth = nullptr);

/// The same for a body that is one result.
void write_result(Encoder& out, const Type& type, const void* result);
void write_result(Encoder& out, const Record& record, const void* result);
void write_result(Encoder& out, const Values& values, const void* result) = delete;
void read_result(Decoder& in, const Type& type, void* result);

/// The same for a body that is the record itself.
void write_record(Encoder& out, const Record& record, const void* object);
void read_record(Decoder& in, const Record& record, void* object);

/// Whole numbers by their size and sign.
template <class T>
constexpr Kind whole_number() {
  constexpr Kind kinds[2][4] = {{Kind::uint8, Kind::uint16, Kind::uint32, Kind::uint64},
                                {Kind::int8, Kind::int16, Kind::int32, Kind::int64}};
  return kinds[std::is_signed_v<T>][sizeof(T) == 8 ? 3 : sizeof(T) / 2];
}

template <Kind kind>
struct Plain {
  static constexpr Type type{kind};
};

/// The part of a Derived that is a `Part`, perhaps a private one.
template <class Derived, class Part>
struct BaseOf {
  using Pointer = const Part*;
  static const void* part(const void* object) { return Pointer(static_cast<const Derived*>(object)); }
  static constexpr Base type{{Kind::base}, &Tagged<Part>::type, &part};
};

}  // namespace tagged

// clang-format off
template <> struct Tagged<bool> : tagged::Plain<tagged::Kind::boolean> {};
template <> struct Tagged<char> : tagged::Plain<tagged::Kind::int8> {};
template <> struct Tagged<signed char> : tagged::Plain<tagged::Kind::int8> {};
template <> struct Tagged<unsigned char> : tagged::Plain<tagged::Kind::uint8> {};
template <> struct Tagged<short> : tagged::Plain<tagged::Kind::int16> {};
template <> struct Tagged<unsigned short> : tagged::Plain<tagged::Kind::uint16> {};
template <> struct Tagged<int> : tagged::Plain<tagged::Kind::int32> {};
template <> struct Tagged<unsigned> : tagged::Plain<tagged::Kind::uint32> {};
template <> struct Tagged<long> : tagged::Plain<tagged::whole_number<long>()> {};
template <> struct Tagged<unsigned long> : tagged::Plain<tagged::whole_number<unsigned long>()> {};
template <> struct Tagged<long long> : tagged::Plain<tagged::Kind::int64> {};
template <> struct Tagged<unsigned long long> : tagged::Plain<tagged::Kind::uint64> {};
template <> struct Tagged<char8_t> : tagged::Plain<tagged::Kind::uint8> {};
template <> struct Tagged<char16_t> : tagged::Plain<tagged::Kind::uint16> {};
template <> struct Tagged<char32_t> : tagged::Plain<tagged::Kind::uint32> {};
template <> struct Tagged<wchar_t> : tagged::Plain<tagged::Kind::uint32> {};
template <> struct Tagged<std::byte> : tagged::Plain<tagged::Kind::uint8> {};
template <> struct Tagged<float> : tagged::Plain<tagged::Kind::float32> {};
template <> struct Tagged<double> : tagged::Plain<tagged::Kind::float64> {};
template <> struct Tagged<std::string> : tagged::Plain<tagged::Kind::text> {};
// clang-format on

/// Ticks.
template <class Rep, class Period>
struct Tagged<std::chrono::duration<Rep, Period>> : Tagged<Rep> {};

template <class Clock, class Duration>
struct Tagged<std::chrono::time_point<Clock, Duration>> : Tagged<Duration> {};

}  // namespace rpc
