// Classes that cannot be remote, and names that two things would share.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>

#include "check/findings.h"
#include "model/meaning.h"
#include "model/names.h"

namespace farcall {
namespace {

/// Whether generated code can name the class at all.
void check_reach(const Interface& interface, Findings& findings) {
  const std::initializer_list<std::string> name = {interface.name};
  if (interface.is_template) findings.add(Rule::interface_template, interface.where, name);
  if (!interface.is_complete) findings.add(Rule::interface_incomplete, interface.where, name);
  if (!interface.is_accessible) findings.add(Rule::interface_inaccessible, interface.where, name);
  if (std::ranges::find(interface.namespaces, "") != interface.namespaces.end())
    findings.add(Rule::interface_anonymous, interface.where, name);
}

void report_destructor(const Interface& interface, const std::string& client, Findings& findings) {
  Draft draft =
      findings.add(Rule::no_virtual_destructor, interface.where, {interface.qualified_name, interface.name, client});
  if (interface.destructor.known()) {
    draft.fix("make it virtual", {{before(interface.destructor), "virtual "}});
    return;
  }
  // As far in as its methods are.
  const std::uint32_t column = interface.methods.empty() ? 1 : interface.methods.front().declaration.column;
  const std::string indent(std::max<std::uint32_t>(column, 1) - 1, ' ');
  draft.fix("add a virtual destructor",
            {{interface.public_part, "\n" + indent + "virtual ~" + interface.name + "() = default;"}});
}

/// Whether a client can derive from the class.
void check_deriving(const Interface& interface, Findings& findings) {
  if (!interface.is_polymorphic) return;
  const std::string client = client_name(interface);
  const SourceRef& where = interface.where;
  if (interface.is_final)
    findings.add(Rule::interface_final, where, {interface.name, client})
        .fix("drop 'final'", {{interface.final_where, ""}});
  if (!interface.has_default_constructor) findings.add(Rule::no_default_constructor, where, {interface.name, client});
  if (interface.non_public_pure_methods) findings.add(Rule::hidden_pure_method, where, {interface.name, client});
  if (!interface.has_virtual_destructor) report_destructor(interface, client, findings);
}

void check_methods_exist(const Interface& interface, Findings& findings) {
  if (std::ranges::none_of(interface.methods, is_remote))
    findings.add(Rule::interface_empty, interface.where, {interface.name});
}

/// "add" and (int, std::string) make "add_int_string".
std::string name_from_types(const Method& method) {
  std::string name = method.name;
  for (const Parameter& parameter : method.parameters) {
    std::string spelling = parameter.type.spelling.substr(0, parameter.type.spelling.find('<'));
    if (const std::size_t scope = spelling.rfind("::"); scope != std::string::npos) spelling.erase(0, scope + 2);
    name += '_';
    for (const char c : spelling) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name;
}

/// A wire name that nothing in `taken` has yet; it has it afterwards.
std::string suggest_name(const Method& method, std::set<std::string>& taken) {
  const std::string base = name_from_types(method);
  std::string name = base;
  for (int number = 2; !taken.insert(name).second; ++number) name = base + "_" + std::to_string(number);
  return name;
}

void report_same_name(const Method& method, const Method& first, std::set<std::string>& taken, Findings& findings) {
  const std::string name = wire_name(method);
  if (const Attribute* attribute = find(method.attributes, AttributeKind::name);
      attribute || method.name != first.name) {
    const SourceRef& where = attribute ? attribute->where : method.where;
    findings.add(Rule::duplicate_wire_name, where, {name, "method '" + first.name + "'"})
        .note("'" + first.name + "' is here", first.where);
    return;
  }
  const std::string suggestion = suggest_name(method, taken);
  findings.add(Rule::overload_without_name, method.where, {method.name, name, suggestion})
      .note("the other is here", first.where)
      .fix("name it '" + suggestion + "' on the wire",
           {{before(method.declaration), "[[rpc::name(\"" + suggestion + "\")]] "}});
}

void check_method_names(const Interface& interface, Findings& findings) {
  std::map<std::string, const Method*> firsts;
  std::set<std::string> taken;
  for (const Method& method : interface.methods)
    if (is_remote(method)) taken.insert(wire_name(method));
  for (const Method& method : interface.methods) {
    if (!is_remote(method)) continue;
    const auto [entry, is_new] = firsts.emplace(wire_name(method), &method);
    if (!is_new) report_same_name(method, *entry->second, taken, findings);
  }
}

/// Methods that have the name of a member the client gets anyway.
void check_members(const Interface& interface, Findings& findings) {
  std::set<std::string> generated(client_members.begin(), client_members.end());
  generated.insert({client_name(interface), service_name(interface)});
  if (has(interface.attributes, AttributeKind::async_uuid)) generated.emplace(twin_member);
  for (const Method& method : interface.methods) {
    const Mode mode = mode_of(interface, method);
    if (is_remote(method) && (mode == Mode::async || mode == Mode::message)) generated.insert(async_name(method));
  }
  for (const Method& method : interface.methods) {
    if (is_remote(method) && generated.contains(method.name))
      findings.add(Rule::name_clash, method.where, {method.name, interface.name});
  }
}

/// Classes of the user, or of another interface, where the client and the service are to be.
void check_classes(const Contract& contract, Findings& findings) {
  std::set<std::string> taken(contract.types_in_scope.begin(), contract.types_in_scope.end());
  for (const Interface& interface : contract.interfaces) taken.insert(interface.qualified_name);
  for (const Interface& interface : contract.interfaces) {
    std::vector<std::string> names = {client_name(interface), service_name(interface), marshalling_name(interface)};
    if (has(interface.attributes, AttributeKind::async_uuid))
      names.insert(names.end(), {twin_name(interface), twin_client_name(interface), twin_marshalling_name(interface)});
    for (const std::string& name : names) {
      const std::string qualified = qualify(interface, name);
      if (!taken.insert(qualified).second) findings.add(Rule::name_clash, interface.where, {qualified, interface.name});
    }
  }
}

void check_interface_names(const Contract& contract, Findings& findings) {
  std::map<std::string, const Interface*> firsts;
  for (const Interface& interface : contract.interfaces) {
    const auto [entry, is_new] = firsts.emplace(wire_name(interface), &interface);
    if (is_new) continue;
    const Interface& first = *entry->second;
    findings.add(Rule::duplicate_wire_name, interface.where, {wire_name(interface), "class '" + first.name + "'"})
        .note("'" + first.name + "' is here", first.where);
  }
}

/// The parts of a method or a record, each of which has a wire name of its own there.
class PartNames {
 public:
  explicit PartNames(Findings& findings) : findings_(findings) {}

  void add(const std::string& wire_name, const std::string& what, const std::string& name, const SourceRef& where) {
    const auto [entry, is_new] = firsts_.emplace(wire_name, Part{what, name, where});
    if (is_new) return;
    const Part& first = entry->second;
    findings_.add(Rule::duplicate_wire_name, where, {wire_name, first.what + " '" + first.name + "'"})
        .note("'" + first.name + "' is here", first.where);
  }

 private:
  struct Part {
    std::string what;
    std::string name;
    SourceRef where;
  };

  Findings& findings_;
  std::map<std::string, Part> firsts_;
};

void check_field_names(const Record& record, Findings& findings) {
  PartNames names(findings);
  for (const RecordRef& base : record.bases) names.add(base.name, "base", base.name, record.where);
  for (const Field& field : record.fields) names.add(wire_name(field), "field", field.name, field.where);
}

void check_parameter_names(const Interface& interface, Findings& findings) {
  for (const Method& method : interface.methods) {
    if (!is_remote(method)) continue;
    PartNames names(findings);
    for (std::size_t i = 0; i < method.parameters.size(); ++i) {
      const Parameter& each = method.parameters[i];
      names.add(wire_name(each, i), "parameter", each.name, each.where);
    }
  }
}

}  // namespace

void check_interfaces(const Contract& contract, Findings& findings) {
  for (const Interface& interface : contract.interfaces) {
    check_reach(interface, findings);
    if (!is_definite(interface)) continue;
    check_deriving(interface, findings);
    check_methods_exist(interface, findings);
    check_method_names(interface, findings);
    check_parameter_names(interface, findings);
    check_members(interface, findings);
  }
  check_classes(contract, findings);
  check_interface_names(contract, findings);
  for (const Record& record : contract.records) check_field_names(record, findings);
}

}  // namespace farcall
