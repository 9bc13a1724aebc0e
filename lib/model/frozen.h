// The frozen contract: what travels, and the stable numbers it travels under. `NAME.rpc.json` beside the header holds
// it from one version of the header to the next: a name keeps its number, and the number of a removed name stays taken.
//
//   FrozenRecord{.name = "home::Reading", .fields = {{"sensor", 1, …}, {"celsius", 3, …}}, .removed = {{"unit", 2}}}
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/meaning.h"

namespace farcall {

/// A name that is gone, and the number nothing else may get.
struct Tombstone {
  std::string name;
  std::uint32_t number = 0;
  bool operator==(const Tombstone&) const = default;
};

/// An attribute of the header and its argument, if it takes one.
struct FrozenAttribute {
  AttributeKind kind;
  std::variant<std::monostate, std::string, std::int64_t> argument;
  bool operator==(const FrozenAttribute&) const = default;
};

/// `name` is the stable name: rpc::name, else the C++ name, else `argument2` for the second parameter. Places are those
/// of the header, and not known() in a contract that was read from a file.
struct FrozenParameter {
  std::string name;
  std::uint32_t number = 0;  ///< in the request; in the reply it is one more, as 1 is the result's
  Type type;
  Passing passing = Passing::value;
  Direction direction;
  bool has_default = false;
  std::string default_argument;  ///< if it means the same everywhere: what a server takes when a caller knows no better
  std::vector<FrozenAttribute> attributes;
  SourceRef where;
  bool operator==(const FrozenParameter&) const = default;
};

/// A completion handle: how both sides declare it. It does not travel.
struct FrozenHandle {
  std::string name;
  std::string cpp_type;
  Passing passing = Passing::value;
  std::size_t position = 0;  ///< how many parameters stand before it
  bool operator==(const FrozenHandle&) const = default;
};

struct FrozenMethod {
  std::string name;
  std::uint32_t number = 0;
  std::string cpp_name;
  Mode mode = Mode::call;
  std::optional<std::chrono::nanoseconds> timeout;
  bool idempotent = false;
  Virtual virtuality = Virtual::no;
  bool is_const = false;
  bool is_noexcept = false;
  Type result;  ///< what comes back, through the handle if there is one
  std::optional<FrozenHandle> handle;
  std::vector<FrozenParameter> parameters;  ///< in the order of the declaration, without the handle
  std::vector<Tombstone> removed;
  std::vector<FrozenAttribute> attributes;
  std::string doc;
  SourceRef where;
  bool operator==(const FrozenMethod&) const = default;
};

struct FrozenInterface {
  std::string name;      ///< on the wire
  std::string cpp_name;  ///< qualified
  std::vector<std::string> bases;
  std::vector<FrozenMethod> methods;
  std::vector<Tombstone> removed;
  std::vector<FrozenAttribute> attributes;
  std::string doc;
  SourceRef where;
  bool operator==(const FrozenInterface&) const = default;
};

/// A field, or a base class, which travels like a field of its type.
struct FrozenField {
  std::string name;
  std::uint32_t number = 0;
  std::string cpp_name;
  Type type;
  std::uint32_t bit_width = 0;  ///< of a bit-field; 0: it is none
  std::vector<FrozenAttribute> attributes;
  SourceRef where;
  bool operator==(const FrozenField&) const = default;
};

struct FrozenRecord {
  std::string name;  ///< qualified
  std::vector<FrozenField> bases;
  std::vector<FrozenField> fields;
  std::vector<Tombstone> removed;
  std::optional<UserCodec> codec;  ///< it travels as bytes that the user's codec makes: no bases and fields
  SourceRef where;
  bool operator==(const FrozenRecord&) const = default;
};

/// Of the file; raised when an older tool could not read it any more.
inline constexpr int contract_format = 1;

struct Frozen {
  std::vector<FrozenInterface> interfaces;  ///< in the order of the header
  std::vector<FrozenRecord> records;        ///< sorted by name
  std::vector<Enum> enums;                  ///< sorted by name
  std::vector<std::string> accepted;        ///< the breaking changes that were accepted, oldest first
  bool operator==(const Frozen&) const = default;
};

/// The element called so, or nullptr.
template <class Named>
const Named* find_named(const std::vector<Named>& all, const std::string& name) {
  for (const Named& each : all) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

}  // namespace farcall
