// Attributes that are not there at all, unknown, in the wrong place, without their scope, or there twice.
#include <algorithm>

#include "check/findings.h"

namespace farcall {
namespace {

/// Where an attribute may stand, for people: "a class, a public method or a field of a struct".
std::string places_of(const AttributeSpec& spec) {
  constexpr std::pair<Place, std::string_view> places[] = {{Place::on_class, "a class"},
                                                           {Place::on_method, "a public method"},
                                                           {Place::on_parameter, "a parameter of a remote method"},
                                                           {Place::on_field, "a field of a struct"}};
  std::vector<std::string_view> allowed;
  for (const auto& [place, words] : places)
    if (spec.allows(place)) allowed.push_back(words);
  std::string text;
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    if (i > 0) text += i + 1 == allowed.size() ? " or " : ", ";
    text += allowed[i];
  }
  return text;
}

void report_unknown(const Attribute& attribute, Findings& findings) {
  const std::size_t scope = attribute.spelling.rfind("::");
  const AttributeSpec* nearest =
      nearest_attribute(scope == std::string::npos ? attribute.spelling : attribute.spelling.substr(scope + 2));
  if (nearest == nullptr) {
    findings.add(Rule::unknown_attribute, attribute.where,
                 {attribute.spelling, "the attributes of Farcall are listed in docs/attributes.md"});
    return;
  }
  const std::string meant(nearest->name);
  findings.add(Rule::unknown_attribute, attribute.where, {attribute.spelling, "did you mean 'rpc::" + meant + "'?"})
      .fix("change it to 'rpc::" + meant + "'", {{attribute.name_where, meant}});
}

void check_one(const Attribute& attribute, bool allowed, std::string_view on, Findings& findings) {
  if (attribute.kind == AttributeKind::unknown) return report_unknown(attribute, findings);
  const AttributeSpec& spec = attribute_spec(attribute.kind);
  const std::string name(spec.name);
  if (!attribute.scoped) {
    findings.add(Rule::missing_scope, attribute.where, {name})
        .fix("insert 'rpc::'", {{before(attribute.name_where), "rpc::"}});
  }
  if (!allowed) {
    findings.add(Rule::misplaced_attribute, attribute.where, {name, std::string(on), places_of(spec)})
        .remove(attribute);
  }
}

bool same_arguments(const Attribute& left, const Attribute& right) {
  return std::ranges::equal(left.arguments, right.arguments, {}, &AttributeArgument::value, &AttributeArgument::value);
}

/// Compares each attribute with the first of its kind.
void check_repetition(const std::vector<Attribute>& attributes, Findings& findings) {
  for (auto later = attributes.begin(); later != attributes.end(); ++later) {
    const auto first = std::ranges::find(attributes, later->kind, &Attribute::kind);
    if (later == first || later->kind == AttributeKind::unknown) continue;
    const std::string name(attribute_spec(later->kind).name);
    if (same_arguments(*first, *later)) {
      findings.add(Rule::duplicate_attribute, later->where, {name})
          .note("the first is here", first->where)
          .remove(*later);
    } else {
      findings.add(Rule::conflicting_values, later->where, {name})
          .note("the first is here", first->where)
          .remove(*later)
          .remove(*first);
    }
  }
}

}  // namespace

void check_presence(const Contract& contract, Findings& findings) {
  if (!contract.interfaces.empty() || !contract.strays.empty()) return;
  findings.add(Rule::nothing_remote, {.file = contract.header, .line = 1, .column = 1}, {contract.header});
}

void check_placement(const Contract& contract, Findings& findings) {
  for_each_place(contract, [&](const std::vector<Attribute>& attributes, Place place) {
    for (const Attribute& attribute : attributes)
      check_one(attribute, is_allowed(attribute, place), describe(place), findings);
    check_repetition(attributes, findings);
  });
  for (const Stray& stray : contract.strays) check_one(stray.attribute, false, stray.on, findings);
}

}  // namespace farcall
