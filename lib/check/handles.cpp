// Completion handles: parameters with rpc::async, through which the server answers.
#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Kind = AttributeKind;

void check_handle(const Method& method, const Parameter& handle, Findings& findings) {
  const Attribute& async = *find(handle.attributes, Kind::async);
  findings.add(Rule::async_parameter_unavailable, async.where, {});
  if (!handle.is_completion) {
    findings.add(Rule::async_param_type, handle.type_where, {handle.type.spelling, method.result.spelling});
  } else if (handle.passing == Passing::reference) {
    findings.add(Rule::async_param_dir, handle.type_where, {handle.name})
        .fix("take it by value", {{handle.type_where, handle.type.spelling}});
  }
}

/// What else would come back, and when.
void check_outputs(const Method& method, const Parameter& handle, Findings& findings) {
  if (!std::holds_alternative<Void>(method.result.form))
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

void check_handles_of(const Method& method, Findings& findings) {
  const Parameter* first = nullptr;
  for (const Parameter& parameter : method.parameters) {
    const Attribute* async = find(parameter.attributes, Kind::async);
    if (async == nullptr) continue;
    check_handle(method, parameter, findings);
    if (first == nullptr)
      first = &parameter;
    else
      findings.add(Rule::async_twice, async->where, {}).note("the first is here", first->where);
  }
  if (first == nullptr) return;
  if (const Attribute* mode = find(method.attributes, Kind::async))
    contradict_handle(Rule::async_twice, *mode, *find_handle(method), {}, findings);
  check_outputs(method, *first, findings);
}

}  // namespace

void check_handles(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces)
    for (const Method& method : interface.methods)
      if (is_remote(method)) check_handles_of(method, findings);
}

}  // namespace farcall
