// What the tagged encoding knows of a type: constant tables that a few functions of the runtime walk (read.cpp,
// write.cpp), so that generated code has nothing but tables. docs/protocol.md describes the encoding.
//
//   constexpr tagged::Field fields[] = {
//       {1, "sensor", offsetof(home::Reading, sensor), &Tagged<std::string>::type},
//       {2, "celsius", offsetof(home::Reading, celsius), &Tagged<double>::type},
//   };
//   constexpr tagged::Record reading("home::Reading", fields);
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <typeinfo>

namespace rpc {

class Encoder;
class Reader;
class Writer;

/// How values of T travel in the tagged encoding: a member `type` that is one of the structs below. The runtime
/// specialises it for the language's and the library's types, generated code for the user's structs and enums.
template <class T>
struct Tagged;

namespace tagged {

/// What lies in memory, and with it what travels.
enum class Kind : std::uint8_t {
  // Scalars, which are packed when they are repeated.
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  enumeration,  ///< Enum

  text,      ///< std::string
  bytes,     ///< std::vector<std::uint8_t>
  blob,      ///< Blob
  record,    ///< Record
  tuple,     ///< Tuple
  base,      ///< Base
  coded,     ///< Coded
  variant,   ///< Variant
  shared,    ///< Shared, in shared.h: <memory> would be dear here
  proxy,     ///< Proxy
  nullable,  ///< Nullable

  // Repeated fields.
  list,   ///< List
  nodes,  ///< Nodes
};

constexpr bool is_scalar(Kind kind) { return kind <= Kind::enumeration; }
constexpr bool is_repeated(Kind kind) { return kind >= Kind::list; }

/// The lowest three bits of a tag: how a value's end is found.
enum class Wire : std::uint8_t { varint = 0, fixed64 = 1, length = 2, fixed32 = 5 };

constexpr Wire wire_of(Kind kind) {
  if (kind == Kind::float32) return Wire::fixed32;
  if (kind == Kind::float64) return Wire::fixed64;
  return is_scalar(kind) ? Wire::varint : Wire::length;
}

struct Type {
  Kind kind;
};

/// An enum. It travels as its value, an int64.
struct Enum : Type {
  std::uint8_t width;  ///< bytes
  bool is_signed;
  bool is_dense;       ///< all values from `first` to `last` are declared
  std::int64_t first;  ///< above `last` unless it is dense
  std::int64_t last;
  bool (*declares)(std::int64_t value);  ///< whether the enum has this value
  const std::type_info* name;

  bool has(std::int64_t value) const { return is_dense ? first <= value && value <= last : declares(value); }
};

struct Row {
  const void* data;
  std::size_t count;
};

/// A sequence of bytes.
struct Blob : Type {
  Row (*view)(const void* object);  ///< null: they do not lie in a row, and are counted and copied
  std::size_t (*size)(const void* object);
  void (*copy)(const void* object, std::byte* to);
  bool (*assign)(void* object, const std::byte* bytes, std::size_t size);  ///< false: it must have another size
  bool is_view = false;  ///< the object only points to the bytes, which have to last
};

struct Field;

/// What is done with a proxy's value while it exists.
struct Use {
  void (*function)(void* context, void* value);
  void* context;

  void operator()(void* value) const { function(context, value); }
};

/// How the fields of a record are found from its address.
enum class Addressing : std::uint8_t {
  offset,   ///< so many bytes behind it
  pointer,  ///< it is an array of pointers to them, and the offset an index
};

/// A message: a struct, the arguments or the results of a method, a pair, an entry of a map…
struct Record : Type {
  const Field* fields;  ///< by number
  std::uint32_t count;
  const char* name;
  Addressing addressing;
  bool on_cycle;  ///< can contain values of its own type: nesting is counted
  bool is_plain;  ///< has from one to max_plain fields, and nesting is not counted: the usual case

  static constexpr std::uint32_t max_plain = 64;

  template <std::size_t N>
  constexpr Record(const char* name, const Field (&fields)[N], bool on_cycle = false)
      : Record(name, fields, N, Addressing::offset, on_cycle) {}

  /// One without fields.
  constexpr explicit Record(const char* name) : Record(name, nullptr, 0, Addressing::offset, false) {}

  constexpr Record(const char* name, const Field* fields, std::uint32_t count, Addressing addressing, bool on_cycle)
      : Type{Kind::record},
        fields(fields),
        count(count),
        name(name),
        addressing(addressing),
        on_cycle(on_cycle),
        is_plain(!on_cycle && 0 < count && count <= max_plain) {}
};

/// Values a method has in variables: the fields' offsets count them.
struct Values : Record {
  template <std::size_t N>
  constexpr Values(const char* name, const Field (&fields)[N]) : Record(name, fields, N, Addressing::pointer, false) {}
};

/// A record whose fields are found one by one.
struct Tuple : Type {
  const Record* record;  ///< of pointers
  void (*pointers)(const void* object, const void** pointers);
};

/// The part of an object that is of a base's type.
struct Base : Type {
  const Record* record;
  const void* (*part)(const void* object);
};

/// A type whose user wrote its codec: the codec's version as field 1, the bytes that it writes as field 2.
struct Coded : Type {
  std::uint32_t version;
  const std::type_info* name;
  void (*write)(Writer& to, const void* object);
  void (*read)(Reader& from, void* object);
};

struct Variant : Type {
  const Field* alternatives;  ///< from 1
  std::uint32_t count;
  std::size_t (*index)(const void* object);  ///< not below `count` for one that is valueless by exception
  const void* (*value)(const void* object);
  void* (*emplace)(void* object, std::size_t index);
};

/// A type that travels as a value of another one, which is made for that.
struct Proxy : Type {
  Kind value_kind;
  const Type* value;
  void (*give)(const void* object, Use use);  ///< the value to write
  void (*take)(void* object, Use use);        ///< has the value read, and makes the object of it
};

/// Something that may be there or not.
struct Nullable : Type {
  Kind value_kind;
  const Type* value;
  const void* (*get)(const void* object);  ///< null if there is none
  void* (*emplace)(void* object);          ///< a new one
  void (*reset)(void* object);
};

/// Elements that lie in a row.
struct List : Type {
  Kind element_kind;
  const Type* element;
  std::size_t stride;
  Row (*view)(const void* object);
  void* (*make)(void* object, std::size_t count);  ///< that many, new; null: it must have another number
  bool (*assign)(void* object, const std::byte* bytes,
                 std::size_t count);  ///< null unless bytes are copied as they are
  /// Of a view, which only points to its elements: makes them in memory that lasts, instead of make(). Null for others.
  void* (*place)(void* object, void* memory, std::size_t count) = nullptr;
  std::size_t alignment = 0;  ///< of that memory
};

class Visitor;
class Elements;

/// Elements that are visited one by one. In a map each is an array of two pointers.
struct Nodes : Type {
  Kind element_kind;
  const Type* element;
  std::size_t size;  ///< of an element, about
  void (*visit)(const void* object, Visitor& visitor);
  void (*read)(void* object, Elements& elements);  ///< replaces what the object has
};

// The kind of a type without looking into it: records are declared before they are defined.
constexpr Kind kind_of(const Type& type) { return type.kind; }
constexpr Kind kind_of(const Record&) { return Kind::record; }

constexpr Wire wire_of(const Type& type) {
  return wire_of(type.kind == Kind::nullable ? static_cast<const Nullable&>(type).value_kind : type.kind);
}
constexpr Wire wire_of(const Record&) { return Wire::length; }
constexpr Wire wire_of(const Proxy& type) { return wire_of(type.value_kind); }
constexpr Wire wire_of(const Nullable& type) { return wire_of(type.value_kind); }

/// Every field is written, but for lists and optionals without a value. What a sender does not know keeps its value,
/// unless nobody can tell what that is.
enum class Presence : std::uint8_t { optional, required };

/// Writes the value of `field` and the fields behind it up to `last`, which are found from the object; there is room
/// for them.
using Write = std::byte*(Encoder& out, std::byte* at, const Field* field, const Field* last, const void* object,
                         const void* value);

/// The runtime's functions that do it: one for each kind, and behind those one for enums of each width, without and
/// with a sign; all twice, for tags of one byte and for longer ones.
struct Writers {
  static constexpr unsigned count = static_cast<unsigned>(Kind::nodes) + 1 + 8;

  Write* all[2 * count];

  static constexpr unsigned index(Kind kind, const Type* type) {
    if (kind != Kind::enumeration) return static_cast<unsigned>(kind);
    const Enum& number = static_cast<const Enum&>(*type);
    return static_cast<unsigned>(Kind::nodes) + 1 + (number.width == 8 ? 3 : number.width / 2) * 2 + number.is_signed;
  }
};

extern const Writers writers;

struct Field {
  const Type* type;
  const char* name;
  Write* const* write;
  alignas(8) std::uint8_t head[5] = {};  ///< the bytes of the tag
  std::uint8_t head_size = 0;
  Kind kind : 7;
  Presence presence : 1;
  std::uint32_t tag;
  std::uint32_t offset;  ///< from the record's address; for Addressing::pointer the index of the pointer

  template <class T>
  constexpr Field(std::uint32_t number, const char* name, std::size_t offset, const T* type,
                  Presence presence = Presence::optional)
      : Field(name, type, kind_of(*type), number << 3 | static_cast<std::uint32_t>(wire_of(*type)), offset, presence) {}

  /// One of a number and a type that are known only now.
  constexpr Field(std::uint32_t number, const char* name, const Type* type, Kind kind)
      : Field(name, type, kind, number << 3 | static_cast<std::uint32_t>(wire_of(kind)), 0, Presence::optional) {}

  /// The same field for one element or the value that it has.
  constexpr Field(const Field& whole, const Type* type, Kind kind) : Field(whole.number(), whole.name, type, kind) {}

  constexpr std::uint32_t number() const { return tag >> 3; }

 private:
  constexpr Field(const char* name, const Type* type, Kind kind, std::uint32_t tag, std::size_t offset,
                  Presence presence)
      : type(type),
        name(name),
        write(&writers.all[Writers::index(kind, type) + (tag < 0x80 ? 0 : Writers::count)]),
        kind(kind),
        presence(presence),
        tag(tag),
        offset(static_cast<std::uint32_t>(offset)) {
    for (std::uint32_t rest = tag;; rest >>= 7) {
      head[head_size++] = static_cast<std::uint8_t>(rest < 0x80 ? rest : rest | 0x80);
      if (rest < 0x80) return;
    }
  }
};

/// A message of one field, for what cannot be repeated or absent by itself: a list of lists, an optional of optionals.
template <class T>
struct Wrapped {
  static constexpr Field fields[] = {{1, "value", 0, &Tagged<T>::type}};
  static constexpr Record type{"list", fields};
};

/// How values of T travel as elements, as keys and values of maps, as values of optionals and as alternatives.
template <class T>
constexpr const auto& element_type() {
  using Known = std::remove_cv_t<decltype(Tagged<T>::type)>;
  if constexpr (std::is_same_v<Known, List> || std::is_same_v<Known, Nodes> || std::is_same_v<Known, Nullable>) {
    return Wrapped<T>::type;
  } else {
    return Tagged<T>::type;
  }
}

}  // namespace tagged
}  // namespace rpc
