// Declarations that cannot be called from elsewhere: their kind, their result, the direction of their parameters.
#include <cctype>

#include "check/findings.h"
#include "model/meaning.h"
#include "model/names.h"

namespace farcall {
namespace {

void check_result(const Method& method, Findings& findings) {
  if (!method.returns_reference) return;
  findings.add(Rule::result_reference, method.result_where, {method.result_spelling, method.result.spelling})
      .fix("return '" + method.result.spelling + "'", {{method.result_where, method.result.spelling}});
}

std::string words_for(const Parameter& parameter) {
  std::string name = parameter.name.empty() ? "a parameter" : "'" + parameter.name + "'";
  switch (parameter.passing) {
    case Passing::value: return name + ", a value";
    case Passing::const_reference: return name + ", a const reference";
    case Passing::rvalue_reference: return name + ", an rvalue reference";
    case Passing::reference: break;
  }
  return name;
}

void check_direction(const Parameter& parameter, Findings& findings) {
  if (parameter.passing == Passing::reference) return;
  for (const AttributeKind kind : {AttributeKind::in, AttributeKind::out}) {
    const Attribute* attribute = find(parameter.attributes, kind);
    if (attribute == nullptr) continue;
    if (kind == AttributeKind::out && parameter.passing == Passing::const_reference) {
      findings.add(Rule::out_on_const, attribute->where, {parameter.type.spelling})
          .fix("take '" + parameter.type.spelling + "&'", {{parameter.type_where, parameter.type.spelling + "&"}})
          .remove(*attribute);
    } else {
      const std::string name(attribute_spec(kind).name);
      findings.add(Rule::direction_without_reference, attribute->where, {name, words_for(parameter)})
          .remove(*attribute);
    }
  }
}

bool is_operator(const std::string& name) {
  constexpr std::string_view keyword = "operator";
  if (!name.starts_with(keyword) || name.size() == keyword.size()) return false;
  const char next = name[keyword.size()];
  return next != '_' && std::isalnum(static_cast<unsigned char>(next)) == 0;
}

/// The kinds of member functions that nobody elsewhere could call.
void check_kind(const Method& method, Findings& findings) {
  const auto report = [&](Rule rule, std::initializer_list<std::string> arguments) {
    findings.add(rule, method.where, arguments).mark_local(method);
  };
  if (method.is_template) report(Rule::template_method, {method.name});
  if (method.is_variadic) report(Rule::variadic_method, {method.name});
  if (!method.ref_qualifier.empty()) report(Rule::ref_qualified_method, {method.name, method.ref_qualifier});
  if (is_operator(method.name)) report(Rule::operator_method, {method.name});
}

/// A client of a polymorphic interface derives from it, and overrides every remote method.
void check_overriding(const Interface& interface, const Method& method, Findings& findings) {
  if (!interface.is_polymorphic || method.is_template) return;
  if (method.is_final)
    findings.add(Rule::final_method, method.where, {method.name, client_name(interface)})
        .fix("drop 'final'", {{method.final_where, ""}})
        .mark_local(method);
  if (method.virtuality != Virtual::no) return;
  findings.add(Rule::not_virtual, method.where, {method.name, interface.name})
      .fix("make '" + method.name + "' virtual", {{before(method.result_where), "virtual "}})
      .mark_local(method);
}

void check_noexcept(const Interface& interface, const Method& method, Findings& findings) {
  const Mode mode = mode_of(interface, method);
  const bool can_fail = (mode == Mode::call || mode == Mode::async) && !method.handle;
  if (!method.is_noexcept || !can_fail) return;
  findings.add(Rule::noexcept_method, method.where, {method.name})
      .fix("drop 'noexcept'", {{method.noexcept_where, ""}});
}

void check_local(const Interface& interface, const Method& method, Findings& findings) {
  const Attribute* local = find(method.attributes, AttributeKind::local);
  if (local == nullptr || method.virtuality != Virtual::pure) return;
  findings.add(Rule::local_pure, method.where, {method.name, client_name(interface)}).remove(*local);
}

void check_method(const Interface& interface, const Method& method, Findings& findings) {
  for (const Parameter& parameter : method.parameters) check_direction(parameter, findings);
  if (method.handle) check_direction(method.handle->parameter, findings);
  if (!is_remote(method)) return check_local(interface, method, findings);
  check_result(method, findings);
  check_kind(method, findings);
  check_overriding(interface, method, findings);
  check_noexcept(interface, method, findings);
}

}  // namespace

void check_methods(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces) {
    if (!is_definite(interface)) continue;
    for (const Method& method : interface.methods) check_method(interface, method, findings);
  }
}

}  // namespace farcall
