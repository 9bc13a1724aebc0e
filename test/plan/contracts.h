// Contracts built by hand, for tests of the steps behind the frontend.
//
//   Contract contract = thermostat();
//   contract.interfaces[0].methods.push_back(method("ping", type(Void{}, "void")));
//   Plan planned = planned_from(contract);
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "check/check.h"
#include "plan/plan.h"

namespace farcall::testing {

inline Type type(TypeForm form, std::string spelling) { return {std::move(form), std::move(spelling)}; }

inline Type of_void() { return type(Void{}, "void"); }
inline Type of_bool() { return type(Scalar::boolean, "bool"); }
inline Type of_int() { return type(Scalar::int32, "int"); }
inline Type of_double() { return type(Scalar::float64, "double"); }
inline Type of_text() { return type(Text{}, "std::string"); }
inline Type of_record(const std::string& name) { return type(RecordRef{name}, name); }
inline Type of_enum(const std::string& name) { return type(EnumRef{name}, name); }
inline Type of_vector(const Type& element) {
  return type(SequenceOf{SequenceKind::vector, Box(element)}, "std::vector<" + element.spelling + ">");
}
inline Type of_array(const Type& element, std::uint64_t extent) {
  return type(SequenceOf{SequenceKind::array, Box(element), extent},
              "std::array<" + element.spelling + ", " + std::to_string(extent) + ">");
}
inline Type of_optional(const Type& value) {
  return type(OptionalOf{Box(value)}, "std::optional<" + value.spelling + ">");
}
inline Type of_pair(const Type& first, const Type& second) {
  return type(PairOf{Box(first), Box(second)}, "std::pair<" + first.spelling + ", " + second.spelling + ">");
}
inline Type of_tuple(std::vector<Box> elements) { return type(TupleOf{std::move(elements)}, "std::tuple<…>"); }
inline Type of_variant(std::vector<Box> alternatives) {
  return type(VariantOf{std::move(alternatives)}, "std::variant<…>");
}
inline Type of_map(const Type& key, const Type& value) {
  return type(MapOf{MapKind::map, Box(key), Box(value)}, "std::map<" + key.spelling + ", " + value.spelling + ">");
}

/// A place of its own for everything built here, as check sorts and compares by place.
inline SourceRef somewhere() {
  static std::uint32_t next = 0;
  next += 10;
  return {.file = "thermostat.h", .begin = next, .end = next + 5, .line = next / 10, .column = 1};
}

inline Attribute attribute(AttributeKind kind, const std::string& spelling, const std::string& argument = "") {
  Attribute made{
      .kind = kind, .spelling = "rpc::" + spelling, .arguments = {}, .where = somewhere(), .removal = somewhere()};
  if (!argument.empty()) made.arguments.push_back({argument, '"' + argument + '"', somewhere()});
  return made;
}

inline Attribute async() { return attribute(AttributeKind::async, "async"); }
inline Attribute maybe() { return attribute(AttributeKind::maybe, "maybe"); }
inline Attribute named(const std::string& name) { return attribute(AttributeKind::name, "name", name); }

inline Parameter parameter(const std::string& name, const Type& type, Passing passing = Passing::value) {
  return {.name = name, .type = type, .passing = passing, .where = somewhere(), .type_where = somewhere()};
}

/// A reference with a direction: AttributeKind::in or AttributeKind::out.
inline Parameter directed(const std::string& name, const Type& type, AttributeKind direction) {
  Parameter made = parameter(name, type, Passing::reference);
  made.attributes.push_back(attribute(direction, direction == AttributeKind::in ? "in" : "out"));
  return made;
}

/// An rpc::Reply called `done`, behind `position` other parameters.
inline Handle handle(std::size_t position, Passing passing = Passing::value) {
  Handle made{.parameter = parameter("done", type(Unsupported{"it is a handle", ""}, "rpc::Reply<int>"), passing),
              .position = position};
  made.parameter.attributes.push_back(async());
  made.parameter.completion = Completion{.form = HandleForm::reply, .result = of_int()};
  return made;
}

inline Method method(const std::string& name, const Type& result, std::vector<Parameter> parameters = {},
                     std::vector<Attribute> attributes = {}) {
  return {.name = name,
          .declared_in = "home::Thermostat",
          .result = result,
          .result_spelling = result.spelling,
          .parameters = std::move(parameters),
          .attributes = std::move(attributes),
          .virtuality = Virtual::pure,
          .where = somewhere(),
          .declaration = somewhere(),
          .result_where = somewhere()};
}

inline Interface interface(const std::string& name, std::vector<std::string> namespaces, std::vector<Method> methods) {
  Interface made{.name = name, .namespaces = std::move(namespaces), .methods = std::move(methods)};
  for (const std::string& space : made.namespaces) made.qualified_name += space + "::";
  made.qualified_name += name;
  made.attributes = {attribute(AttributeKind::interface, "interface")};
  made.is_abstract = made.is_polymorphic = made.has_virtual_destructor = true;
  made.where = somewhere();
  made.declaration = somewhere();
  return made;
}

inline Field field(const std::string& name, const Type& type) {
  return {.name = name, .type = type, .where = somewhere()};
}

inline Record record(const std::string& name, std::vector<Field> fields) {
  return {.name = name, .fields = std::move(fields), .where = somewhere()};
}

inline Contract contract(std::vector<Interface> interfaces, std::vector<Record> records = {},
                         std::vector<Enum> enums = {}) {
  return {.header = "thermostat.h",
          .interfaces = std::move(interfaces),
          .records = std::move(records),
          .enums = std::move(enums)};
}

/// One interface home::Thermostat with these methods.
inline Contract with_methods(std::vector<Method> methods, std::vector<Record> records = {},
                             std::vector<Enum> enums = {}) {
  return contract({interface("Thermostat", {"home"}, std::move(methods))}, std::move(records), std::move(enums));
}

inline Record reading() { return record("home::Reading", {field("sensor", of_text()), field("celsius", of_double())}); }

/// The example of the documentation.
inline Contract thermostat() {
  Method heartbeat = method("heartbeat", of_void(), {parameter("node", of_text())}, {maybe()});
  return with_methods({method("target", of_double()),
                       method("history", of_vector(of_record("home::Reading")),
                              {parameter("sensor", of_text()), parameter("days", of_int())}, {async()}),
                       heartbeat},
                      {reading()});
}

inline Checked checked(const Contract& contract) {
  Verdict verdict = check(contract);
  if (!verdict.checked) throw std::logic_error("check refuses the test's contract: " + verdict.findings.front().text);
  return *verdict.checked;
}

inline Plan planned_from(const Contract& contract, const PlanOptions& options = {}) {
  return plan(checked(contract), options);
}

}  // namespace farcall::testing
