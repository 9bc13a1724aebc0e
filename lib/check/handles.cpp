// Completion handles: parameters with rpc::async, through which the server answers.
#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Kind = AttributeKind;

/// Whether the server's method can take what it is given.
bool can_be_kept(const Parameter& handle) {
  if (handle.passing == Passing::reference) return false;
  return handle.passing != Passing::const_reference || handle.completion->form == HandleForm::function;
}

void check_handle(const Handle& handle, Findings& findings) {
  const Parameter& parameter = handle.parameter;
  if (!can_be_kept(parameter))
    findings.add(Rule::async_param_dir, parameter.type_where, {parameter.name})
        .fix("take it by value", {{parameter.type_where, parameter.type.spelling}});
  if (parameter.completion->of_reference) {
    const std::string& value = parameter.completion->result.spelling;
    findings.add(Rule::result_reference, parameter.type_where, {value + "&", value});
  }
}

/// What else would come back, and when.
void check_outputs(const Method& method, Findings& findings) {
  const Parameter& handle = method.handle->parameter;
  if (method.handle->beside_result)
    findings.add(Rule::async_param_result, method.result_where, {method.result_spelling, handle.name})
        .note("the handle is here", handle.where)
        .fix("make the result void", {{method.result_where, "void"}});
  for (const Parameter& parameter : method.parameters) {
    if (has(parameter.attributes, Kind::async) || !direction_of(parameter).out) continue;
    Draft draft = findings.add(Rule::async_dangling_out, parameter.where, {parameter.name});
    draft.note("the handle is here", handle.where);
    if (const Attribute* out = find(parameter.attributes, Kind::out))
      draft.replace(*out, "in");
    else
      draft.fix("mark it 'rpc::in'", {{before(parameter.where), "[[rpc::in]] "}});
  }
}

/// Parameters that say they are handles and are not: of another type, or the second one.
void check_other_handles(const Method& method, Findings& findings) {
  const Parameter* first = method.handle ? &method.handle->parameter : nullptr;
  for (const Parameter& parameter : method.parameters) {
    const Attribute* async = find(parameter.attributes, Kind::async);
    if (async == nullptr) continue;
    if (!parameter.completion)
      findings.add(Rule::async_param_type, parameter.type_where, {parameter.type.spelling, method.result.spelling});
    if (first != nullptr) findings.add(Rule::async_twice, async->where, {}).note("the first is here", first->where);
    if (first == nullptr) first = &parameter;
  }
}

void check_handles_of(const Method& method, Findings& findings) {
  check_other_handles(method, findings);
  const Attribute* handle = find_handle(method);
  if (const Attribute* mode = find(method.attributes, Kind::async); mode != nullptr && handle != nullptr)
    contradict_handle(Rule::async_twice, *mode, *handle, {}, findings);
  if (!method.handle) return;
  check_handle(*method.handle, findings);
  check_outputs(method, findings);
}

}  // namespace

void check_handles(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces)
    for (const Method& method : interface.methods)
      if (is_remote(method)) check_handles_of(method, findings);
}

}  // namespace farcall
