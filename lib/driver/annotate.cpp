#include "driver/annotate.h"

#include <algorithm>
#include <utility>

#include "model/meaning.h"

namespace farcall {

const Interface* find_interface(const Contract& contract, const std::string& name) {
  const auto found = std::ranges::find(contract.interfaces, name, &Interface::qualified_name);
  return found == contract.interfaces.end() ? nullptr : &*found;
}

namespace {

struct Found {
  std::optional<Bearer> bearer;
  std::string problem;
};

std::pair<std::string, std::string> split_last(const std::string& name) {
  const std::size_t colons = name.rfind("::");
  if (colons == std::string::npos) return {"", name};
  return {name.substr(0, colons), name.substr(colons + 2)};
}

/// One that is written in the class itself, by its name on the wire, which tells overloads apart, or else by its own.
const Method* find_method_called(const Interface& interface, const std::string& name) {
  std::vector<const Method*> found;
  for (const Method& each : interface.methods) {
    if (each.declared_in != interface.qualified_name) continue;
    if (wire_name(each) == name) return &each;
    if (each.name == name) found.push_back(&each);
  }
  return found.size() == 1 ? found.front() : nullptr;
}

Found find_parameter(const Method& method, const std::string& name) {
  for (const Parameter& each : method.parameters)
    if (each.name == name) return {bearer(each), ""};
  return {{}, "'" + method.name + "' has no parameter '" + name + "'"};
}

Found find_method(const Interface& interface, const std::string& name, const std::string& parameter) {
  const Method* const method = find_method_called(interface, name);
  if (method == nullptr)
    return {{},
            "'" + interface.qualified_name + "' itself declares no public method '" + name +
                "', nor a field that travels, or several methods of that name: overloads are named by their rpc::name"};
  if (!parameter.empty()) return find_parameter(*method, parameter);
  return {bearer(*method), ""};
}

const Field* find_field(const Contract& contract, const std::string& record, const std::string& name) {
  for (const Record& each : contract.records) {
    if (each.name != record) continue;
    for (const std::vector<Field>* fields : {&each.fields, &each.local_fields})
      if (const auto found = std::ranges::find(*fields, name, &Field::name); found != fields->end()) return &*found;
  }
  return nullptr;
}

Found find_bearer(const Contract& contract, const std::string& target) {
  if (const Interface* interface = find_interface(contract, target)) return {bearer(*interface), ""};
  const auto [owner, last] = split_last(target);
  if (const Field* field = find_field(contract, owner, last)) return {bearer(*field), ""};
  if (const Interface* interface = find_interface(contract, owner)) return find_method(*interface, last, "");
  const auto [outer, method] = split_last(owner);
  if (const Interface* interface = find_interface(contract, outer)) return find_method(*interface, method, last);
  return {{}, "no class of '" + contract.header + "' is called '" + target + "', '" + owner + "' or '" + outer + "'"};
}

SourceRef at(const SourceRef& place, std::uint32_t offset) {
  SourceRef made = place;
  made.begin = made.end = offset;
  return made;
}

/// Of what an attribute says behind its scope.
SourceRef without_scope(const Attribute& attribute) {
  SourceRef made = attribute.where;
  made.begin = attribute.name_where.begin;
  return made;
}

Annotated out_of_macro(const Attribute& attribute) {
  return {{}, "'" + attribute.spelling + "' comes out of a macro there: change that instead"};
}

Annotated remove(const Bearer& bearer, AttributeKind kind) {
  const auto found = std::ranges::find(bearer.attributes, kind, &Attribute::kind);
  if (found == bearer.attributes.end()) return {};
  if (!found->removal.known()) return out_of_macro(*found);
  return {{{found->removal, ""}}, ""};
}

Edit first_attribute(const Bearer& bearer, const Annotation& annotation) {
  const std::string list = "[[rpc::" + annotation.attribute + "]]";
  return {at(bearer.first, bearer.first.begin), bearer.place == Place::on_field ? " " + list : list + " "};
}

bool makes_way_for(const Attribute& attribute, const Annotation& annotation, Place place) {
  if (attribute.kind == annotation.kind) return true;
  return place == Place::on_method && gives_mode(attribute.kind) && gives_mode(annotation.kind);
}

}  // namespace

Parsed<Annotation> parse_annotation(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0)
    return {std::nullopt, "'" + std::string(text) + "' is not of the form home::Thermostat::history=async"};
  Annotation annotation{.target = std::string(text.substr(0, equals)), .kind = AttributeKind::unknown, .attribute = {}};
  std::string_view attribute = text.substr(equals + 1);
  annotation.removes = attribute.starts_with('-');
  if (annotation.removes) attribute.remove_prefix(1);
  if (attribute.starts_with("rpc::")) attribute.remove_prefix(5);
  const std::string name(attribute.substr(0, attribute.find('(')));
  const AttributeSpec* spec = find_attribute(name);
  if (spec == nullptr) {
    const AttributeSpec* meant = nearest_attribute(name);
    return {std::nullopt, "there is no attribute 'rpc::" + name + "'" +
                              (meant != nullptr ? "; did you mean '" + std::string(meant->name) + "'?" : "")};
  }
  annotation.kind = spec->kind;
  annotation.attribute = attribute;
  return {std::move(annotation), ""};
}

std::set<std::string> classes_of(const Annotation& annotation) {
  std::set<std::string> names;
  for (std::string name = annotation.target; !name.empty(); name = split_last(name).first) names.insert(name);
  return names;
}

Bearer bearer(const Interface& interface) { return {Place::on_class, interface.attributes, interface.where}; }

Bearer bearer(const Method& method) { return {Place::on_method, method.attributes, method.declaration}; }

Bearer bearer(const Parameter& parameter) { return {Place::on_parameter, parameter.attributes, parameter.where}; }

// Behind its name: what stands before it can be that of several fields.
Bearer bearer(const Field& field) { return {Place::on_field, field.attributes, at(field.where, field.where.end)}; }

Annotated annotate(const Contract& contract, const Annotation& annotation) {
  const auto [found, problem] = find_bearer(contract, annotation.target);
  if (!found) return {{}, problem};
  if (found->first.file != contract.header)
    return {{}, "'" + annotation.target + "' is written in '" + found->first.file + "': name that header"};
  return annotate(*found, annotation);
}

Annotated annotate(const Bearer& bearer, const Annotation& annotation) {
  if (annotation.removes) return remove(bearer, annotation.kind);
  const AttributeSpec& spec = attribute_spec(annotation.kind);
  if (!spec.allows(bearer.place))
    return {{}, "'rpc::" + std::string(spec.name) + "' does not stand on " + std::string(describe(bearer.place))};
  for (const Attribute& each : bearer.attributes) {
    if (!makes_way_for(each, annotation, bearer.place)) continue;
    if (!each.name_where.known()) return out_of_macro(each);
    return {{{without_scope(each), annotation.attribute}}, ""};
  }
  const auto beside = std::ranges::find_if(
      bearer.attributes, [](const Attribute& each) { return each.scoped && each.name_where.known(); });
  if (beside == bearer.attributes.end()) return {{first_attribute(bearer, annotation)}, ""};
  const bool names_scope = beside->name_where.begin != beside->where.begin;
  return {{{at(beside->where, beside->where.end), (names_scope ? ", rpc::" : ", ") + annotation.attribute}}, ""};
}

}  // namespace farcall
