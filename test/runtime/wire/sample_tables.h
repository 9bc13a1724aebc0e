// What is generated for the types of sample_types.h in the tagged encoding, written by hand; and values to messages and
// back, each a body with the one field 1.
#pragma once

#include <rpc/tagged.h>

#include "runtime/wire/bytes.h"
#include "runtime/wire/sample_codecs.h"

template <>
struct rpc::Tagged<home::Kind> : rpc::tagged::EnumOf<home::Kind> {};
template <>
struct rpc::Tagged<home::Days> : rpc::tagged::EnumOf<home::Days> {};
template <>
struct rpc::Tagged<home::Vendor> : rpc::tagged::EnumOf<home::Vendor> {};

template <>
struct rpc::Tagged<home::Position> {
  static const tagged::Field fields[];
  static const tagged::Record type;
};
template <>
struct rpc::Tagged<home::Sensor> {
  static const tagged::Field fields[];
  static const tagged::Record type;
};
template <>
struct rpc::Tagged<home::Reading> {
  static const tagged::Field fields[];
  static const tagged::Record type;
};
template <>
struct rpc::Tagged<home::Room> {
  static const tagged::Field fields[];
  static const tagged::Record type;
};
template <>
struct rpc::Tagged<home::Term> {
  static const tagged::Field fields[];
  static const tagged::Record type;
};
template <>
struct rpc::Tagged<home::Empty> {
  static const tagged::Record type;
};

inline constexpr rpc::tagged::Field rpc::Tagged<home::Position>::fields[] = {
    {1, "latitude", offsetof(home::Position, latitude), &Tagged<double>::type},
    {2, "longitude", offsetof(home::Position, longitude), &Tagged<double>::type},
};
inline constexpr rpc::tagged::Record rpc::Tagged<home::Position>::type("home::Position", fields);

inline constexpr rpc::tagged::Field rpc::Tagged<home::Sensor>::fields[] = {
    {1, "name", offsetof(home::Sensor, name), &Tagged<std::string>::type},
    {2, "place", offsetof(home::Sensor, place), &Tagged<home::Position>::type},
    {3, "vendor", offsetof(home::Sensor, vendor), &Tagged<home::Vendor>::type},
};
inline constexpr rpc::tagged::Record rpc::Tagged<home::Sensor>::type("home::Sensor", fields);

inline constexpr rpc::tagged::Field rpc::Tagged<home::Reading>::fields[] = {
    {1, "active", offsetof(home::Reading, active), &Tagged<bool>::type},
    {2, "limit", offsetof(home::Reading, limit), &Tagged<std::optional<int>>::type},
    {3, "kind", offsetof(home::Reading, kind), &Tagged<home::Kind>::type},
    {4, "celsius", offsetof(home::Reading, celsius), &Tagged<double>::type},
    {5, "taken", offsetof(home::Reading, taken), &Tagged<std::chrono::system_clock::time_point>::type},
    {6, "note", offsetof(home::Reading, note), &Tagged<std::string>::type},
    {7, "neighbours", offsetof(home::Reading, neighbours), &Tagged<std::vector<home::Sensor>>::type},
    {20, "sensor", offsetof(home::Reading, sensor), &Tagged<home::Sensor>::type},
};
inline constexpr rpc::tagged::Record rpc::Tagged<home::Reading>::type("home::Reading", fields);

inline constexpr rpc::tagged::Field rpc::Tagged<home::Room>::fields[] = {
    {1, "name", offsetof(home::Room, name), &Tagged<std::string>::type},
    {2, "heated", offsetof(home::Room, heated), &Tagged<home::Days>::type},
    {3, "rooms", offsetof(home::Room, rooms), &Tagged<std::vector<home::Room>>::type},
};
inline constexpr rpc::tagged::Record rpc::Tagged<home::Room>::type("home::Room", fields, true);

inline constexpr rpc::tagged::Field rpc::Tagged<home::Term>::fields[] = {
    {1, "value", offsetof(home::Term, value), &Tagged<decltype(home::Term::value)>::type},
};
inline constexpr rpc::tagged::Record rpc::Tagged<home::Term>::type("home::Term", fields, true);

inline constexpr rpc::tagged::Record rpc::Tagged<home::Empty>::type("home::Empty");

namespace test {

template <class T>
std::vector<std::byte> tagged(const T& value) {
  rpc::Buffer buffer;
  rpc::Encoder out(buffer, limits(), rpc::Encoding::tagged);
  rpc::tagged::write_result(out, rpc::Tagged<T>::type, &value);
  std::vector<std::byte> bytes(buffer.data(), buffer.data() + buffer.size());
  bytes.shrink_to_fit();
  return bytes;
}

template <class T>
std::string tagged_hex(const T& value) {
  const std::vector<std::byte> bytes = tagged(value);
  return hex(bytes.data(), bytes.size());
}

template <class T>
void read_tagged(const std::vector<std::byte>& bytes, T& value) {
  rpc::Decoder in(bytes.data(), bytes.size(), limits(), nullptr, rpc::Encoding::tagged);
  rpc::tagged::read_result(in, rpc::Tagged<T>::type, &value);
}

template <class T>
T from_tagged(const std::vector<std::byte>& bytes) {
  T value{};
  read_tagged(bytes, value);
  return value;
}

template <class T>
T from_tagged(std::string_view text) {
  return from_tagged<T>(from_hex(text));
}

/// The text of the error that reading gives, empty if there is none.
template <class T>
std::string tagged_complaint(const std::vector<std::byte>& bytes) {
  try {
    from_tagged<T>(bytes);
  } catch (const rpc::Error& error) {
    return error.code() == rpc::Code::malformed ? error.what() : std::string("not malformed: ") + error.what();
  }
  return {};
}

template <class T>
std::string tagged_complaint(std::string_view text) {
  return tagged_complaint<T>(from_hex(text));
}

}  // namespace test
