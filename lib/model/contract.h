// The Contract: everything one annotated header says about its remote interfaces, without any Clang in it.
// The frontend makes it, check judges it, plan decides names and numbers from it.
//
//   Contract contract = frontend::extract(ast);
//   std::cout << print(contract);        // farcall generate --print=contract
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/source.h"
#include "model/type.h"

namespace farcall {

/// The attributes of namespace rpc; `attribute_table()` in model/attributes.h says where each may stand and what it
/// takes.
enum class AttributeKind : std::uint8_t {
  interface,
  async,
  async_uuid,
  uuid,
  maybe,
  message,
  priority,
  time_to_live,
  express,
  idempotent,
  timeout,
  name,
  out,
  in,
  local,
  unknown,  ///< `[[rpc::asinc]]`: not one of ours; `spelling` has it.
};

/// One argument of an attribute as far as it is of a kind attributes take.
struct AttributeArgument {
  std::variant<std::monostate, std::string, std::int64_t> value;  ///< monostate: some other expression
  std::string spelling;                                           ///< as written
  SourceRef where;
  bool operator==(const AttributeArgument&) const = default;
};

struct Attribute {
  AttributeKind kind;
  std::string spelling;  ///< as written: "rpc::async", or "async" without the scope
  std::vector<AttributeArgument> arguments;
  bool scoped = true;    ///< false for `[[async]]`: the `rpc::` is missing
  SourceRef where;       ///< name and arguments, without the brackets; the use of a macro that makes it
  SourceRef removal;     ///< what to delete to remove it: with its comma, or the whole `[[…]]`; not
                         ///< known() when a macro makes it along with something else
  SourceRef name_where;  ///< the name alone, without scope; not known() when it comes out of a macro
  bool operator==(const Attribute&) const = default;
};

/// A type with another width or meaning on other platforms, where it is written: `long`, `std::size_t`, `wchar_t`.
struct PlatformType {
  std::string spelling;   ///< "unsigned long"
  std::string fixed;      ///< what it travels as, and what to write instead: "std::uint64_t"
  SourceRef where;        ///< in the declaration, or in that of an alias it uses
  std::vector<Edit> fix;  ///< writes `fixed` there; empty where a macro wrote it
  bool operator==(const PlatformType&) const = default;
};

enum class HandleForm : std::uint8_t { reply, function };

/// What a parameter can call back with, of a type the runtime can make one of on the server's side.
struct Completion {
  HandleForm form = HandleForm::reply;  ///< rpc::Reply<T>, or a std::function<void(rpc::Result<T>)>
  Type result;                          ///< the T, without const and reference
  std::string result_spelling;          ///< the T as generated code writes it
  bool of_reference = false;            ///< T is a reference
  bool operator==(const Completion&) const = default;
};

enum class Passing : std::uint8_t { value, const_reference, reference, rvalue_reference };

struct Parameter {
  std::string name;  ///< empty when the declaration leaves it out
  Type type;         ///< without reference and const
  Passing passing = Passing::value;
  std::vector<Attribute> attributes;
  std::string default_argument;                   ///< as written; empty: none
  std::optional<Completion> completion = {};      ///< it is of a type the server can call back through
  SourceRef where;                                ///< the whole declaration of the parameter
  SourceRef type_where;                           ///< its type as written
  std::vector<PlatformType> platform_types = {};  ///< in its type
  bool operator==(const Parameter&) const = default;
};

/// The parameter with rpc::async that what a method gives comes back through.
struct Handle {
  Parameter parameter;         ///< with a completion
  std::size_t position = 0;    ///< how many of the method's other parameters stand before it
  bool beside_result = false;  ///< wrongly, the method returns something all the same
  bool operator==(const Handle&) const = default;
};

enum class Virtual : std::uint8_t { no, yes, pure };

struct Method {
  std::string name;
  std::string declared_in;   ///< qualified name of the class that declares it: a base, for inherited methods
  std::string through = {};  ///< the base to call it as a member of, where the class has another one of its name in the
                             ///< way; empty: none
  Type result;               ///< what comes back: what is declared, or what the handle carries
  std::string result_spelling;  ///< the declared result as generated code writes it, with reference and const
  bool returns_reference = false;
  std::vector<Parameter> parameters;  ///< without the handle, which does not travel
  std::optional<Handle> handle = {};
  std::vector<Attribute> attributes;
  Virtual virtuality = Virtual::no;
  bool is_const = false;
  bool is_noexcept = false;
  bool is_template = false;
  bool is_variadic = false;
  bool is_final = false;
  std::string unlike_base = {};  ///< what an override changes of that which twins are made of: "its name on the wire";
                                 ///< empty: nothing
  std::string ref_qualifier;     ///< "", "&" or "&&"
  std::string doc;               ///< the comment above it, without markers
  SourceRef where;               ///< the name
  SourceRef declaration;         ///< from the first specifier or attribute to before the semicolon
  SourceRef result_where;        ///< of the declared result
  SourceRef noexcept_where;      ///< to be deleted: with the blanks before it; not known() for one out of a macro
  SourceRef final_where;         ///< likewise
  std::vector<PlatformType> platform_types = {};  ///< in its result
  bool operator==(const Method&) const = default;
};

/// A base with an asynchronous twin, from which the twin of the class derives.
struct TwinBase {
  std::string twin;    ///< qualified: "home::AsyncDevice"
  std::string header;  ///< in which the base is declared, as the compiler names it; empty: in the contract's own
  bool is_virtual = false;
  bool operator==(const TwinBase&) const = default;
};

/// A class that some rpc:: attribute makes remote. Its methods are the public ones that are neither static, deleted,
/// constructors nor destructors; operators only where they are pure virtual, as a client would have to override them.
struct Interface {
  std::string name;            ///< unqualified: "Thermostat"
  std::string qualified_name;  ///< "home::Thermostat"
  std::vector<std::string>
      namespaces;  ///< outermost first, as they are opened: "home", "inline v1"; an anonymous one is ""
  std::vector<std::string> enclosing_classes;   ///< for a nested class, outermost first
  std::vector<std::string> bases;               ///< direct public bases, qualified
  std::vector<TwinBase> twin_bases;             ///< those of them with rpc::async_uuid
  std::vector<std::string> bases_without_twin;  ///< those of them with methods, but without rpc::async_uuid
  std::vector<std::string> bases_as_twins;      ///< those of them that are a generated twin, or derive from one
  std::vector<Attribute> attributes;
  std::vector<Method> methods;  ///< all public methods, a base's before its own, overridden ones once
  bool is_abstract = false;     ///< has pure virtual methods
  bool is_polymorphic = false;
  bool is_template = false;
  bool is_final = false;
  bool is_complete = true;
  bool is_accessible = true;            ///< false: private or protected nested, or local to a function
  bool has_default_constructor = true;  ///< one a derived class can call
  bool has_virtual_destructor = false;
  bool non_public_pure_methods = false;  ///< a client could not override them
  std::string doc;
  SourceRef where;        ///< the name
  SourceRef declaration;  ///< from `class` to the closing brace
  SourceRef final_where;  ///< to be deleted: with the blanks before it; not known() for one out of a macro
  SourceRef destructor;   ///< the declaration of the one the user wrote
  SourceRef public_part;  ///< where it begins: behind `public:`, or behind the brace of a struct
  SourceRef bases_end;  ///< the point behind its last base, or behind its name and `final` if it has none; not known()
                        ///< in a macro
  bool operator==(const Interface&) const = default;
};

struct Field {
  std::string name;
  Type type;
  std::vector<Attribute> attributes;
  SourceRef where;
  std::uint32_t bit_width = 0;  ///< of a bit-field; 0: it is none
  std::vector<PlatformType> platform_types = {};
  bool operator==(const Field&) const = default;
};

/// Why a struct or class cannot travel.
struct Obstacle {
  std::string reason;  ///< "its member 'x' is not public"
  std::string way_out;
  SourceRef where;
  Refusal refusal = Refusal::other;
  std::string fix_title = {};
  std::vector<Edit> fix = {};  ///< removes it; empty: no edit can
  bool operator==(const Obstacle&) const = default;
};

/// A specialisation of rpc::Codec that the user wrote.
struct UserCodec {
  std::uint32_t version = 0;  ///< its `version`, if it has one
  bool operator==(const UserCodec&) const = default;
};

/// A struct or class that travels by value. Bases come first, as the fields they bring.
struct Record {
  std::string name;                 ///< qualified
  std::vector<RecordRef> bases;     ///< direct, in order
  std::vector<Field> fields;        ///< its own, in declaration order, without rpc::local ones; those of anonymous
                                    ///< structs are its own, those with an obstacle are left out
  std::vector<Field> local_fields;  ///< the rpc::local ones; their types are not read
  std::vector<Obstacle> obstacles;  ///< all of them
  bool needs_access = false;        ///< some fields can only be reached by rpc::Access, its friend
  std::optional<UserCodec> codec;   ///< how it travels is the user's business: it has no bases and fields here
  /// sizeof, when the type is trivially copyable, has no padding, no bool, no enum and no rpc::local field,
  /// so that its bytes in memory are its bytes on the wire.
  std::optional<std::uint64_t> flat_size;
  SourceRef where;
  bool operator==(const Record&) const = default;
};

struct Enumerator {
  std::string name;
  std::int64_t value;  ///< an unsigned 64-bit value above the range is stored as its bit pattern
  bool operator==(const Enumerator&) const = default;
};

struct Enum {
  std::string name;  ///< qualified
  Scalar underlying;
  bool scoped = true;
  bool is_flags = false;  ///< has its own operator|: any combination of the declared bits is a value
  std::vector<Enumerator> enumerators;
  SourceRef where;
  bool operator==(const Enum&) const = default;
};

/// An attribute that stands where none may: on a free function, a variable, a private method, a constructor…
struct Stray {
  Attribute attribute;
  std::string on;  ///< with its article: "a constructor", "a free function"
  bool operator==(const Stray&) const = default;
};

/// A class that derives from an interface, or from what is generated for one, and lacks some of its methods.
struct Unfinished {
  Interface type;             ///< read as if it were an interface itself: it lacks the methods that are pure
  SourceRef public_end = {};  ///< what ends its last public part, a specifier or the brace; not known(): it has none
  std::vector<std::string> types_in_scope = {};  ///< as those of the contract, around this class
  bool operator==(const Unfinished&) const = default;
};

struct Contract {
  std::string header;                 ///< as the user named it
  std::vector<Interface> interfaces;  ///< in source order
  std::vector<Record> records;  ///< reachable from the interfaces; a record after those it contains, where possible
  std::vector<Enum> enums;      ///< reachable, sorted by name
  std::vector<Stray> strays;    ///< in source order, unknown attributes included
  std::vector<std::string> types_in_scope;  ///< qualified names of the types and namespaces in the interfaces'
                                            ///< namespaces and those around them: for clash checks and for names
                                            ///< that hide others; sorted, the interfaces too, system headers' not
  std::vector<Unfinished> unfinished;       ///< in source order; nothing is generated for them
  bool names_deprecated = false;            ///< something that generated code names is [[deprecated]]
  bool operator==(const Contract&) const = default;
};

/// Human-readable and complete: one fact a line, places left out. What --print=contract shows.
std::string print(const Contract& contract);

}  // namespace farcall
