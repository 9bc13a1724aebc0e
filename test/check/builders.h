// Contracts in one line, and what check says about them in one string. Places are labels instead of bytes:
//
//   EXPECT_EQ(judge(thermostat({method("ping", maybe).returns(int32())})), "maybe-result at result of ping");
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "check/check.h"
#include "model/attributes.h"

namespace farcall {

/// A place with a label for a file name. Later ones lie behind earlier ones.
inline SourceRef at(std::string label) {
  static std::uint32_t next = 0;
  next += 100;
  return {.file = std::move(label), .begin = next, .end = next + 50, .line = 1, .column = next};
}

inline Type int32() { return {Scalar::int32, "int"}; }
inline Type text() { return {Text{}, "std::string"}; }
inline Type nothing() { return {Void{}, "void"}; }
inline Type record(std::string name) { return {RecordRef{name}, name}; }
inline Type enumeration(std::string name) { return {EnumRef{name}, name}; }
inline Type list(Type element) {
  std::string spelling = "std::vector<" + element.spelling + ">";
  return {SequenceOf{SequenceKind::vector, Box(std::move(element))}, std::move(spelling)};
}
inline Type pointer() { return {Unsupported{"a pointer has no meaning elsewhere", "send the value"}, "int *"}; }

using Kind = AttributeKind;

inline Attribute attribute(Kind kind, std::vector<AttributeArgument> arguments = {}) {
  const std::string name = "rpc::" + std::string(attribute_spec(kind).name);
  return {.kind = kind,
          .spelling = name,
          .arguments = std::move(arguments),
          .where = at(name),
          .removal = at("removal of " + name),
          .name_where = at("name of " + name)};
}
inline AttributeArgument string(const std::string& value) { return {value, '"' + value + '"', at("argument")}; }
inline AttributeArgument integer(std::int64_t value) { return {value, std::to_string(value), at("argument")}; }
inline AttributeArgument expression(std::string spelling) {
  return {std::monostate{}, std::move(spelling), at("argument")};
}

inline Parameter parameter(std::string name, Type type, Passing passing = Passing::value,
                           std::vector<Attribute> attributes = {}) {
  return {.name = name,
          .type = std::move(type),
          .passing = passing,
          .attributes = std::move(attributes),
          .where = at(name),
          .type_where = at("type of " + name)};
}

struct MethodBuilder : Method {
  MethodBuilder returns(Type type) && {
    result_spelling = type.spelling;
    result = std::move(type);
    return std::move(*this);
  }
  MethodBuilder takes(Parameter parameter) && {
    parameters.push_back(std::move(parameter));
    return std::move(*this);
  }
  MethodBuilder changed(void (*change)(Method&)) && {
    change(*this);
    return std::move(*this);
  }
};

/// A pure virtual method that takes nothing and returns nothing.
inline MethodBuilder method(std::string name, std::vector<Attribute> attributes = {}) {
  MethodBuilder built;
  built.name = name;
  built.declared_in = "home::Thermostat";
  built.result = nothing();
  built.result_spelling = "void";
  built.attributes = std::move(attributes);
  built.virtuality = Virtual::pure;
  built.where = at(name);
  built.declaration = at("declaration of " + name);
  built.result_where = at("result of " + name);
  return built;
}

/// A sound abstract class, home::<name>.
inline Interface interface(std::string name, std::vector<MethodBuilder> methods) {
  Interface built{.name = name,
                  .qualified_name = "home::" + name,
                  .namespaces = {"home"},
                  .attributes = {attribute(Kind::interface)},
                  .methods = {methods.begin(), methods.end()},
                  .is_abstract = true,
                  .is_polymorphic = true};
  built.has_virtual_destructor = true;
  built.where = at(name);
  built.declaration = at("declaration of " + name);
  return built;
}

inline Contract thermostat(std::vector<MethodBuilder> methods) {
  return {.header = "thermostat.h", .interfaces = {interface("Thermostat", std::move(methods))}};
}

/// A contract with one method that takes `type` as its parameter `x`.
inline Contract taking(Type type) { return thermostat({method("put").takes(parameter("x", std::move(type)))}); }

inline Record structure(std::string name, std::vector<Field> fields) {
  return {.name = name, .fields = std::move(fields), .where = at(name)};
}
inline Field field(std::string name, Type type, std::vector<Attribute> attributes = {}) {
  return {name, std::move(type), std::move(attributes), at("field " + name)};
}

/// "maybe-result at result of ping", one finding a line; nothing for a sound contract.
/// Warnings are marked, since they leave a contract sound: "warning: noexcept-method at ping".
inline std::string judge(Contract contract) {
  const Verdict verdict = check(std::move(contract));
  std::string text;
  for (const Finding& finding : verdict.findings) {
    if (!text.empty()) text += '\n';
    text += finding.severity == Severity::warning ? "warning: " : "";
    text += finding.id + " at " + finding.where.file;
  }
  return text;
}

/// The first finding with this id; an empty one if there is none.
inline Finding finding_of(Contract contract, const std::string& id) {
  for (Finding& finding : check(std::move(contract)).findings)
    if (finding.id == id) return finding;
  return {};
}

/// Text and way out of that finding: "…; …".
inline std::string words(Contract contract, const std::string& id) {
  const Finding finding = finding_of(std::move(contract), id);
  return finding.notes.empty() ? "" : finding.text + "; " + finding.notes.front().text;
}

/// The fixes of that finding, one a line: "make the result void: [result of ping] = void". An insertion is marked `+=`.
inline std::string fixes(Contract contract, const std::string& id) {
  std::string text;
  for (const Fix& fix : finding_of(std::move(contract), id).fixes) {
    text += (text.empty() ? "" : "\n") + fix.title + ":";
    for (const Edit& edit : fix.edits)
      text += " [" + edit.where.file + (edit.where.begin == edit.where.end ? "] += " : "] = ") + edit.text;
  }
  return text;
}

}  // namespace farcall
