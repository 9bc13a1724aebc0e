// Modes that contradict each other, or the method they stand on.
#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Kind = AttributeKind;

/// What a mode without a reply says when the method has something to return all the same.
struct OnewayRules {
  Rule result;
  Rule out;
};

void check_result(const Method& method, const Attribute& mode, Rule rule, Findings& findings) {
  if (std::holds_alternative<Void>(method.result.form) || method.handle) return;
  findings.add(rule, method.result_where, {method.result_spelling})
      .note("the mode is set here", mode.where)
      .fix("make the result void", {{method.result_where, "void"}})
      .replace(mode, "async");
}

void check_output(const Parameter& parameter, const Attribute& mode, Rule rule, Findings& findings) {
  if (!direction_of(parameter).out || has(parameter.attributes, Kind::async)) return;
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
  const Attribute* handle = find_handle(method);
  const Attribute* idempotent = find(method.attributes, Kind::idempotent);
  if (maybe && message) contradict(Rule::maybe_message, *maybe, *message, {}, findings);
  if (maybe && async) contradict(Rule::maybe_async, *maybe, *async, {}, findings);
  if (message && async) contradict(Rule::message_extra, *message, *async, {"async"}, findings);
  if (maybe && handle) contradict_handle(Rule::maybe_async, *maybe, *handle, {}, findings);
  if (message && handle) contradict_handle(Rule::message_extra, *message, *handle, {"async"}, findings);
  if (message && idempotent) contradict(Rule::message_extra, *message, *idempotent, {"idempotent"}, findings);
}

/// Options of the queue, which only messages go through.
void check_options(const Method& method, Findings& findings) {
  if (has(method.attributes, Kind::message)) return;
  for (const Kind option : {Kind::priority, Kind::time_to_live, Kind::express}) {
    if (const Attribute* attribute = find(method.attributes, option)) {
      const std::string name(attribute_spec(option).name);
      findings.add(Rule::option_without_message, attribute->where, {name, method.name}).remove(*attribute);
    }
  }
}

/// Whatever else is said of something local.
void check_local(const std::string& name, const std::vector<Attribute>& attributes, Place place, const Attribute& local,
                 Findings& findings) {
  for (const Attribute& attribute : attributes) {
    if (attribute.kind == Kind::local || !is_allowed(attribute, place)) continue;
    const std::string kind(attribute_spec(attribute.kind).name);
    contradict(Rule::local_extra, local, attribute, {kind, name}, findings);
  }
}

void check_local(const Method& method, const Attribute& local, Findings& findings) {
  check_local(method.name, method.attributes, Place::on_method, local, findings);
  for (const Parameter& parameter : method.parameters)
    check_local(method.name, parameter.attributes, Place::on_parameter, local, findings);
  if (method.handle)
    check_local(method.name, method.handle->parameter.attributes, Place::on_parameter, local, findings);
}

void check_method(const Method& method, Findings& findings) {
  if (const Attribute* local = find(method.attributes, Kind::local)) return check_local(method, *local, findings);
  check_contradictions(method, findings);
  check_oneway(method, Kind::maybe, {Rule::maybe_result, Rule::maybe_out}, findings);
  check_oneway(method, Kind::message, {Rule::message_result, Rule::message_out}, findings);
  check_options(method, findings);
}

/// Attributes of the class that none of its methods listens to.
void check_class(const Interface& interface, Findings& findings) {
  bool has_methods = false;
  bool async_counts = false;
  bool timeout_counts = false;
  for (const Method& method : interface.methods) {
    if (!is_remote(method)) continue;
    const Mode mode = mode_of(interface, method);
    has_methods = true;
    async_counts |= mode == Mode::async && !has(method.attributes, Kind::async);
    timeout_counts |= mode == Mode::call || mode == Mode::async;
  }
  if (!has_methods) return;
  if (const Attribute* async = find(interface.attributes, Kind::async); async && !async_counts)
    findings.add(Rule::async_unused, async->where, {interface.name}).remove(*async);
  if (const Attribute* timeout = find(interface.attributes, Kind::timeout); timeout && !timeout_counts)
    findings.add(Rule::timeout_unused, timeout->where, {interface.name}).remove(*timeout);
}

}  // namespace

void check_modes(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces) {
    for (const Method& method : interface.methods) check_method(method, findings);
    if (is_definite(interface)) check_class(interface, findings);
  }
  for (const Record& record : contract.records)
    for (const Field& field : record.local_fields)
      check_local(field.name, field.attributes, Place::on_field, *find(field.attributes, Kind::local), findings);
}

}  // namespace farcall
