// Asynchronous twins in the style of COM: rpc::async_uuid, and the identities that belong to it.
#include <map>

#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

using Kind = AttributeKind;

void check_shape(const Interface& interface, const Attribute& twin, Findings& findings) {
  if (!interface.is_polymorphic) findings.add(Rule::auuid_not_interface, twin.where, {interface.name}).remove(twin);
  for (const std::string& base : interface.bases_without_twin)
    findings.add(Rule::auuid_base, twin.where, {base, interface.name}).remove(twin);
  if (has(interface.attributes, Kind::uuid)) return;
  const std::string uuid = suggest_uuid(interface.qualified_name);
  Draft draft = findings.add(Rule::auuid_no_uuid, twin.where, {interface.name, uuid});
  if (!twin.name_where.known()) return;
  const std::string scope = is_written_short(twin) ? "" : "rpc::";
  draft.fix("add 'rpc::uuid'", {{before(twin.where), scope + "uuid(\"" + uuid + "\"), "}});
}

void check_end(const Method& method, const Attribute& twin, Findings& findings) {
  for (const Kind kind : {Kind::maybe, Kind::message}) {
    const Attribute* mode = find(method.attributes, kind);
    if (mode == nullptr) continue;
    const std::string name(attribute_spec(kind).name);
    findings.add(Rule::auuid_maybe, mode->where, {method.name, name})
        .note("the twin is asked for here", twin.where)
        .remove(*mode)
        .replace(*mode, "async");
  }
  if (method.handle)
    findings.add(Rule::auuid_handle, method.handle->parameter.where, {method.name, method.handle->parameter.name})
        .note("the twin is asked for here", twin.where);
}

void check_methods(const Interface& interface, const Attribute& twin, Findings& findings) {
  for (const Method& method : interface.methods) {
    if (!method.unlike_base.empty())
      findings.add(Rule::auuid_override, method.where, {method.name, method.declared_in, method.unlike_base})
          .note("the twin is asked for here", twin.where);
    if (is_remote(method)) check_end(method, twin, findings);
  }
}

/// Who has a UUID, and where it says so.
struct Owner {
  std::string words;
  SourceRef where;
};

void check_identity(const Interface& interface, const Attribute& attribute, std::map<UuidBytes, Owner>& owners,
                    Findings& findings) {
  const auto text = attribute.arguments.size() == 1 ? std::get_if<std::string>(&attribute.arguments[0].value) : nullptr;
  const auto uuid = text ? parse_uuid(*text).value : std::nullopt;
  if (!uuid) return;
  const std::string words = (attribute.kind == Kind::uuid ? "'" : "the twin of '") + interface.name + "'";
  const auto [owner, is_new] = owners.emplace(*uuid, Owner{words, attribute.where});
  if (is_new) return;
  const SourceRef& where = attribute.arguments[0].where;
  const std::string other = suggest_uuid(words + *text);
  findings.add(Rule::duplicate_uuid, where, {*text, owner->second.words})
      .note("it is given here", owner->second.where)
      .fix("take another UUID", {{where, '"' + other + '"'}});
}

}  // namespace

void check_twins(const Contract& contract, Findings& findings) {
  std::map<UuidBytes, Owner> owners;
  for (const Interface& interface : contract.interfaces) {
    for (const Attribute& attribute : interface.attributes)
      if (attribute.kind == Kind::uuid || attribute.kind == Kind::async_uuid)
        check_identity(interface, attribute, owners, findings);
    for (const std::string& base : interface.bases_as_twins)
      findings.add(Rule::auuid_derive_async, interface.where, {base, interface.name});
    const Attribute* twin = find(interface.attributes, Kind::async_uuid);
    if (twin == nullptr || !is_definite(interface)) continue;
    check_shape(interface, *twin, findings);
    check_methods(interface, *twin, findings);
  }
}

}  // namespace farcall
