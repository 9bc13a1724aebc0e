// The Plan: everything generated code needs, decided once. Names, numbers, directions, layouts, fingerprints, includes
// and paths are settled here, so that the emitters only spell.
//
//   Plan decided = plan(checked, {.out_dir = "gen"});
//   std::cout << print(decided);          // farcall generate --print=plan
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "check/check.h"
#include "model/frozen.h"
#include "model/meaning.h"
#include "plan/layout.h"

namespace farcall {

struct PlanOptions {
  std::string out_dir;        ///< where the files go; empty: beside the header
  std::string include;        ///< how they include the header; empty: its name beside it, else its path from `out_dir`
  std::string contract_path;  ///< of the frozen contract; empty: with the other files
  std::string import;         ///< of a module unit, which cannot be included: the lines that bring what it declares
};

struct ParameterPlan {
  std::string name;          ///< as declared; empty where the declaration has none
  std::string local;         ///< its name inside generated functions, where nothing else may be called so
  std::string type;          ///< without const and reference
  std::string held;          ///< what a server holds until it has all arguments: `type`, but for spans of fixed extent
  std::uint64_t extent = 0;  ///< of such a span
  Passing passing;
  Direction direction;
  bool cheap = false;            ///< copied as easily as moved
  std::string initialiser;       ///< of a server's variable: "", "{}" or " = 7", the default where that is known
  std::string default_argument;  ///< to be repeated; empty where that could mean something else
  bool operator==(const ParameterPlan&) const = default;
};

/// The parameter that a method's result comes back through, on both sides.
struct HandlePlan {
  std::string name;
  std::string local;
  std::string type;  ///< without const and reference
  Passing passing;
  HandleForm form;
  std::size_t position = 0;  ///< how many parameters stand before it
  bool operator==(const HandlePlan&) const = default;
};

/// A value that comes back: the result, called `result`, or an output, called as its parameter.
struct OutputPlan {
  std::string local;
  std::string type;
  bool cheap = false;
  bool operator==(const OutputPlan&) const = default;
};

/// One field of a message in the tagged encoding: a parameter, a result, a record's field or its base.
struct FieldPlan {
  std::uint32_t number;
  Item item;                     ///< for a base: `access` is the base's own name, "::home::Stamped"
  std::string type;              ///< as it is spelt where the table of the fields stands
  bool is_base = false;          ///< the field is the part of the object that is of the base's type
  std::string default_argument;  ///< of a parameter: its value when the sender does not know it; empty: like T{}
  bool required = false;         ///< a parameter that has to come: with a default that only the header can tell, or
                                 ///< a span of fixed extent, which is never without a value
  bool operator==(const FieldPlan&) const = default;
};

struct MethodPlan {
  std::string name;
  std::string id;  ///< what its helper functions are called after: `name`, or told apart for overloads
  std::string wire_name;
  std::uint16_t index;   ///< among the interface's remote methods
  std::uint32_t number;  ///< the stable one
  Mode mode;
  bool overrides = false;  ///< the client's member overrides one of the user's class
  bool is_const = false;
  bool is_noexcept = false;
  bool idempotent = false;
  std::int64_t timeout_ns = 0;  ///< 0: the default, -1: none
  int priority = 0;             ///< of a message, as these two
  bool express = false;
  std::int64_t time_to_live_ns = 0;  ///< 0: for ever
  std::string through;               ///< the base to call the server's member as, see Method; empty: none
  std::string declared_result;       ///< as declared, perhaps const: what an override repeats
  std::string result;                ///< the value's type, or "void"
  std::string async_name;            ///< empty unless `mode` is async or message
  std::string reply_type;            ///< what comes back as one value: "void", the result, or a tuple of all outputs
  std::vector<ParameterPlan> parameters;  ///< without the handle
  std::optional<HandlePlan> handle;
  std::vector<OutputPlan> outputs;  ///< the result first, unless it is void
  Layout arguments;
  Layout reply;
  std::vector<FieldPlan> argument_fields;  ///< the same two records, in the tagged encoding
  std::vector<FieldPlan> reply_fields;
  std::string declaration;       ///< as the user wrote it, on one line, without attributes
  std::vector<std::string> doc;  ///< lines of the user's comment
  bool operator==(const MethodPlan&) const = default;

  [[nodiscard]] bool replies_with_tuple() const { return reply_type != result; }
};

/// The two halves of a method: Begin_history and Finish_history.
struct HalvesPlan {
  std::string begin;
  std::string finish;
  bool inherited = false;  ///< the twin has them from its base
  bool operator==(const HalvesPlan&) const = default;
};

/// The asynchronous twin of an interface.
struct TwinPlan {
  std::string name;  ///< "AsyncThermostat"
  std::string uuid;  ///< in lower case
  std::string rooted_name;
  std::string client;       ///< the client's twin
  std::string marshalling;  ///< the struct of functions that serve calls through the twin
  std::string rooted_marshalling;
  std::vector<std::string> bases;   ///< "home::AsyncDevice", perhaps with "virtual " before it
  std::vector<HalvesPlan> methods;  ///< of InterfacePlan::methods, in their order
  bool operator==(const TwinPlan&) const = default;
};

struct InterfacePlan {
  std::string name;            ///< as named inside its namespace: "Thermostat", "Outer::Inner"
  std::string qualified_name;  ///< "home::Thermostat"
  std::string rooted_name;     ///< "::home::Thermostat", for the inside of namespace rpc
  std::string wire_name;
  std::vector<std::string> namespaces;  ///< as they are opened: {"home", "inline v1"}
  std::string client;
  std::string service;
  std::string mock;
  std::string rooted_service;  ///< these two for the inside of namespace rpc
  std::string rooted_marshalling;
  std::string standard;     ///< "std", or "::std" where another std would be found first
  std::string marshalling;  ///< the struct of helper functions
  std::string server;       ///< the struct in it that points to the object which serves
  bool client_derives = false;
  std::vector<std::string> inherited;  ///< names the client's members would hide in the class: local overloads
  std::vector<MethodPlan> methods;
  std::uint64_t fingerprint = 0;
  std::vector<std::string> doc;
  std::string uuid;  ///< in lower case; empty: none
  std::optional<TwinPlan> twin;
  bool operator==(const InterfacePlan&) const = default;
};

struct RecordPlan {
  std::string name;               ///< qualified: "home::Reading"
  std::string rooted_name;        ///< "::home::Reading", for the inside of namespace rpc
  Layout layout;                  ///< of `value`; empty for a flat record
  std::uint64_t flat_size = 0;    ///< not 0: its bytes in memory are its bytes on the wire
  std::vector<FieldPlan> fields;  ///< of `value`, bases first: in the tagged encoding, also of a flat record
  bool on_cycle = false;          ///< can contain values of its own type: nesting is counted
  bool needs_access = false;      ///< its codec has to be a member of rpc::Access, the friend of its class
  bool operator==(const RecordPlan&) const = default;
};

struct EnumPlan {
  std::string name;         ///< qualified: "home::Kind"
  std::string rooted_name;  ///< "::home::Kind", for the inside of namespace rpc
  bool is_flags = false;
  std::uint32_t bits = 0;                ///< in a record's bit section; 0: it travels in its underlying width
  std::vector<std::string> enumerators;  ///< "::home::Kind::indoor"; by value, the first of each value
  bool operator==(const EnumPlan&) const = default;
};

struct Plan {
  std::string header;                        ///< file name of the user's header
  std::string include;                       ///< how generated code includes it
  std::string import;                        ///< what stands in generated code instead, if it is a module unit
  std::string header_path;                   ///< "gen/thermostat.rpc.h"
  std::string source_path;                   ///< "gen/thermostat.rpc.cpp"
  std::string contract_path;                 ///< "gen/thermostat.rpc.json"
  std::string proto_path;                    ///< "gen/thermostat.proto"
  std::string mock_path;                     ///< "gen/thermostat.rpc.mock.h"
  std::vector<std::string> header_includes;  ///< standard headers, sorted
  std::vector<std::string> source_includes;
  std::vector<std::string> base_includes;     ///< of the header: what is generated for the bases of twins, sorted
  std::vector<std::string> runtime_includes;  ///< of the source: what its types need, since the codecs of maps are dear
  bool names_deprecated = false;              ///< generated code names something that compilers would warn of
  std::vector<EnumPlan> enums;
  std::vector<RecordPlan> records;
  std::vector<InterfacePlan> interfaces;
  Frozen frozen;  ///< what generated code relies on, in the next version of the header too
  bool operator==(const Plan&) const = default;
};

/// Decides. The same contract gives the same plan, whatever the machine. Numbers follow `previous`, the frozen contract
/// of an earlier version, if there is one.
Plan plan(const Checked& checked, const PlanOptions& options = {}, const Frozen* previous = nullptr);

/// Human-readable and complete, one fact a line. What --print=plan shows.
std::string print(const Plan& plan);

}  // namespace farcall
