// What the attributes of a contract mean, asked by check before and by plan after it is known to be sound:
// which methods are remote, in which mode, under which name, and which way a parameter travels.
//
//   if (is_remote(method) && mode_of(interface, method) == Mode::async) …
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/contract.h"

namespace farcall {

/// The first attribute of that kind, or nullptr.
const Attribute* find(const std::vector<Attribute>& attributes, AttributeKind kind);
inline bool has(const std::vector<Attribute>& attributes, AttributeKind kind) {
  return find(attributes, kind) != nullptr;
}

/// The string argument of the attribute of that kind, if both are there.
std::optional<std::string> string_argument(const std::vector<Attribute>& attributes, AttributeKind kind);

/// How a call behaves for its caller. `call` is the mode without an attribute.
enum class Mode : std::uint8_t { call, async, maybe, message };

/// "call", "async", "maybe" or "message", as generated code and contracts have it.
std::string_view name_of(Mode mode);

/// The mode of that name, if it is one.
std::optional<Mode> mode_called(std::string_view name);

/// As what follows "make 'history'" in a sentence: "an ordinary call", "async", "maybe", "a message".
std::string_view describe(Mode mode);

/// The attribute that gives a method this mode; `unknown` for a call.
AttributeKind attribute_of(Mode mode);
bool gives_mode(AttributeKind kind);

/// The method's own mode, else the one its class gives. A method with a handle is a call: that its caller need not wait
/// is the handle's doing.
Mode mode_of(const Interface& interface, const Method& method);

/// False for rpc::local methods and for assignment operators, which every class has.
bool is_remote(const Method& method);

/// rpc::name, or the C++ name.
std::string wire_name(const Method& method);
std::string wire_name(const Field& field);

/// rpc::name, the C++ name, or `argument2` for the second parameter; `index` counts from 0.
std::string wire_name(const Parameter& parameter, std::size_t index);

/// The string of rpc::interface or rpc::name, or the qualified C++ name ("home::Thermostat").
std::string wire_name(const Interface& interface);

/// rpc::timeout of the method, else of the class; `no_timeout` for "none"; nothing: the global default.
std::optional<std::chrono::nanoseconds> timeout_of(const Interface& interface, const Method& method);

/// The options of a message: rpc::priority, or 0, and rpc::time_to_live; nothing: for ever.
int priority_of(const Method& method);
std::optional<std::chrono::nanoseconds> time_to_live_of(const Method& method);

/// Whether the value goes from the caller to the server, and whether it comes back. A non-const T& does both.
struct Direction {
  bool in = true;
  bool out = false;
  bool operator==(const Direction&) const = default;
};
Direction direction_of(const Parameter& parameter);

/// Whether elements of the type lie in a message as they do in memory, and need no check, so that a span can view them.
/// The contract holds what the type names.
bool lies_as_in_memory(const Contract& contract, const Type& type);

/// The definition a RecordRef or EnumRef names. A contract holds each one it refers to; throws std::logic_error if not.
const Record& find_record(const Contract& contract, const std::string& name);
const Enum& find_enum(const Contract& contract, const std::string& name);

}  // namespace farcall
