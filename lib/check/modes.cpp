// Modes that contradict each other, or the method they stand on.
#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Kind = AttributeKind;

/// Reports two attributes at the later one, with a removal of either.
Draft contradict(Rule rule, const Attribute& one, const Attribute& other, std::initializer_list<std::string> arguments,
                 Findings& findings) {
  const bool in_order = one.where.begin <= other.where.begin;
  const Attribute& earlier = in_order ? one : other;
  const Attribute& later = in_order ? other : one;
  return findings.add(rule, later.where, arguments)
      .note("it contradicts this one", earlier.where)
      .remove(later)
      .remove(earlier);
}

/// What a mode without a reply says when the method has something to return all the same.
struct OnewayRules {
  Rule result;
  Rule out;
};

void check_result(const Method& method, const Attribute& mode, Rule rule, Findings& findings) {
  if (std::holds_alternative<Void>(method.result.form)) return;
  findings.add(rule, method.result_where, {method.result_spelling})
      .note("the mode is set here", mode.where)
      .fix("make the result void", {{method.result_where, "void"}})
      .replace(mode, "async");
}

void check_output(const Parameter& parameter, const Attribute& mode, Rule rule, Findings& findings) {
  if (!direction_of(parameter).out) return;
  Draft draft = findings.add(rule, parameter.where, {parameter.name}).note("the mode is set here", mode.where);
  if (const Attribute* out = find(parameter.attributes, Kind::out)) {
    draft.replace(*out, "in");
  } else {
    draft.fix("make it const", {{before(parameter.type_where), "const "}});
    draft.fix("mark it 'rpc::in'", {{before(parameter.where), "[[rpc::in]] "}});
  }
  draft.replace(mode, "async");
}

void check_oneway(const Method& method, Kind kind, OnewayRules rules, Findings& findings) {
  const Attribute* mode = find(method.attributes, kind);
  if (mode == nullptr) return;
  check_result(method, *mode, rules.result, findings);
  for (const Parameter& parameter : method.parameters) check_output(parameter, *mode, rules.out, findings);
  if (const Attribute* timeout = find(method.attributes, Kind::timeout))
    findings.add(Rule::timeout_unused, timeout->where, {method.name}).remove(*timeout);
}

void check_contradictions(const Method& method, Findings& findings) {
  const Attribute* maybe = find(method.attributes, Kind::maybe);
  const Attribute* message = find(method.attributes, Kind::message);
  const Attribute* async = find(method.attributes, Kind::async);
  const Attribute* idempotent = find(method.attributes, Kind::idempotent);
  if (maybe && message) contradict(Rule::maybe_message, *maybe, *message, {}, findings);
  if (maybe && async) contradict(Rule::maybe_async, *maybe, *async, {}, findings);
  if (message && async) contradict(Rule::message_extra, *message, *async, {"async"}, findings);
  if (message && idempotent) contradict(Rule::message_extra, *message, *idempotent, {"idempotent"}, findings);
}

bool has_outputs(const Method& method) {
  if (!std::holds_alternative<Void>(method.result.form)) return true;
  for (const Parameter& parameter : method.parameters)
    if (direction_of(parameter).out) return true;
  return false;
}

void check_message(const Method& method, Findings& findings) {
  if (const Attribute* message = find(method.attributes, Kind::message)) {
    Draft draft = findings.add(Rule::message_unavailable, message->where, {});
    const bool only_mode = !has(method.attributes, Kind::maybe) && !has(method.attributes, Kind::async);
    if (only_mode) draft.replace(*message, "async");
    if (only_mode && !has_outputs(method)) draft.replace(*message, "maybe");
    return;
  }
  for (const Kind option : {Kind::priority, Kind::time_to_live, Kind::express}) {
    if (const Attribute* attribute = find(method.attributes, option)) {
      const std::string name(attribute_spec(option).name);
      findings.add(Rule::option_without_message, attribute->where, {name, method.name}).remove(*attribute);
    }
  }
}

void check_local(const Method& method, const Attribute& local, Findings& findings) {
  for (const Attribute& attribute : method.attributes) {
    if (attribute.kind == Kind::local || !is_allowed(attribute, Place::on_method)) continue;
    const std::string name(attribute_spec(attribute.kind).name);
    contradict(Rule::local_extra, local, attribute, {name, method.name}, findings);
  }
}

void check_method(const Method& method, Findings& findings) {
  for (const Parameter& parameter : method.parameters)
    if (const Attribute* async = find(parameter.attributes, Kind::async))
      findings.add(Rule::async_parameter_unavailable, async->where, {});
  if (const Attribute* local = find(method.attributes, Kind::local)) return check_local(method, *local, findings);
  check_contradictions(method, findings);
  check_oneway(method, Kind::maybe, {Rule::maybe_result, Rule::maybe_out}, findings);
  check_oneway(method, Kind::message, {Rule::message_result, Rule::message_out}, findings);
  check_message(method, findings);
}

}  // namespace

void check_modes(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces) {
    for (const Kind kind : {Kind::uuid, Kind::async_uuid}) {
      if (const Attribute* attribute = find(interface.attributes, kind)) {
        const std::string name(attribute_spec(kind).name);
        findings.add(Rule::async_uuid_unavailable, attribute->where, {name}).remove(*attribute);
      }
    }
    for (const Method& method : interface.methods) check_method(method, findings);
  }
}

}  // namespace farcall
