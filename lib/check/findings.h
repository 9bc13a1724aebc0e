// What the families of rules share: making findings and fixes in one line each, and walking over all attributes.
//
//   findings.add(Rule::maybe_result, maybe.where, {method.result_spelling})
//       .fix("make the result void", {{method.result_where, "void"}});
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "check/rules.h"
#include "model/attributes.h"
#include "model/contract.h"
#include "model/finding.h"

namespace farcall {

/// A finding under construction. It lives until the next one is added.
class Draft {
 public:
  explicit Draft(Finding& finding) : finding_(&finding) {}

  Draft& note(std::string text, SourceRef where);
  /// Left out when one of its edits has no place, as in code that a macro made.
  Draft& fix(std::string title, std::vector<Edit> edits);
  Draft& remove(const Attribute& attribute);
  /// Puts another attribute of ours in its place.
  Draft& replace(const Attribute& attribute, std::string_view name);
  Draft& cut_arguments(const Attribute& attribute);
  /// Not offered for a pure method, which a client could not implement then.
  Draft& mark_local(const Method& method);

 private:
  Finding* finding_;
};

class Findings {
 public:
  Draft add(Rule rule, const SourceRef& where, std::initializer_list<std::string> arguments);

  /// Sorted by place; none twice, as a method that two interfaces inherit would give.
  std::vector<Finding> take();

 private:
  std::vector<Finding> all_;
};

/// `template_text` with {0}, {1}… replaced by the arguments.
std::string fill(std::string_view template_text, const std::vector<std::string>& arguments);

/// The empty range where `where` begins, or where it ends if it is one line: an edit there inserts.
SourceRef before(const SourceRef& where);
SourceRef after(const SourceRef& where);

/// Calls visit(attributes, place) for every list of attributes that stands on one class, method, parameter or field.
template <class Visit>
void for_each_place(const Contract& contract, Visit visit) {
  for (const Interface& interface : contract.interfaces) {
    visit(interface.attributes, Place::on_class);
    for (const Method& method : interface.methods) {
      visit(method.attributes, Place::on_method);
      for (const Parameter& parameter : method.parameters) visit(parameter.attributes, Place::on_parameter);
      if (method.handle) visit(method.handle->parameter.attributes, Place::on_parameter);
    }
  }
  for (const Record& record : contract.records) {
    for (const Field& field : record.fields) visit(field.attributes, Place::on_field);
    for (const Field& field : record.local_fields) visit(field.attributes, Place::on_field);
  }
}

/// Whether it is one of ours and may stand there. One that may not is judged no further than that.
inline bool is_allowed(const Attribute& attribute, Place place) {
  return attribute.kind != AttributeKind::unknown && attribute_spec(attribute.kind).allows(place);
}

/// Reports two attributes at the later one, with a removal of either.
Draft contradict(Rule rule, const Attribute& one, const Attribute& other, std::initializer_list<std::string> arguments,
                 Findings& findings);

/// Reports a completion handle that contradicts the mode of its method. Only the mode can be given up: without its
/// attribute the handle would be a parameter that cannot travel.
void contradict_handle(Rule rule, const Attribute& mode, const Attribute& handle,
                       std::initializer_list<std::string> arguments, Findings& findings);

/// What makes a parameter of the method a completion handle, be it of a right type or not; nullptr if nothing does.
const Attribute* find_handle(const Method& method);

/// Where the type of what comes back is written: that of the handle, if it carries it.
const SourceRef& place_of_result(const Method& method);

/// Whether it is written without its scope, in a list that begins with `using rpc:`.
bool is_written_short(const Attribute& attribute);

/// A UUID for the fix of a rule: version 8, the same for the same `seed`, so that two runs offer the same.
std::string suggest_uuid(std::string_view seed);

/// Neither a template nor only declared, so that its methods are worth judging.
inline bool is_definite(const Interface& interface) { return interface.is_complete && !interface.is_template; }

// The families, one file each; they do not depend on each other.
void check_presence(const Contract& contract, Findings& findings);
void check_placement(const Contract& contract, Findings& findings);
void check_arguments(const Contract& contract, Findings& findings);
void check_modes(const Contract& contract, Findings& findings);
void check_maybe(const Contract& contract, Findings& findings);
void check_handles(const Contract& contract, Findings& findings);
void check_twins(const Contract& contract, Findings& findings);
void check_methods(const Contract& contract, Findings& findings);
void check_interfaces(const Contract& contract, Findings& findings);
void check_types(const Contract& contract, Findings& findings);
void check_views(const Contract& contract, Findings& findings);

}  // namespace farcall
