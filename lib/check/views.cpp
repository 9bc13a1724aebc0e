// Views: what only points to its value is fine on the way to the server, where it points into the request, and nowhere
// else.
#include <functional>
#include <set>

#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

/// One type on the way through those that a parameter or result is built from.
struct Stop {
  const Type& type;
  bool inside = false;  ///< not the whole parameter or result
};

/// Visits all types that others are built from, a record once: mending it mends all uses.
class Walk {
 public:
  using Visit = std::function<void(const Stop& stop)>;

  explicit Walk(const Contract& contract) : contract_(contract) {}

  void over(const Type& type, const Visit& visit) { step({type}, visit); }

  /// " in field 'name' of 'home::Line'": where the visited type stands.
  [[nodiscard]] std::string place() const { return path_.empty() ? "" : " in " + path_.back().first; }

  void explain(Draft& draft) const {
    for (const auto& [text, where] : path_) draft.note("it gets there through " + text, where);
  }

 private:
  void step(const Stop& stop, const Visit& visit) {
    visit(stop);
    for (const Type* part : parts_of(stop.type)) step({*part, true}, visit);
    if (const auto* reference = std::get_if<RecordRef>(&stop.type.form)) enter(reference->name, visit);
  }

  void enter(const std::string& name, const Visit& visit) {
    if (!seen_.insert(name).second) return;
    const Record& record = find_record(contract_, name);
    for (const RecordRef& base : record.bases) enter(base.name, visit);
    for (const Field& field : record.fields) {
      path_.emplace_back("field '" + field.name + "' of '" + record.name + "'", field.where);
      step({field.type, true}, visit);
      path_.pop_back();
    }
  }

  const Contract& contract_;
  std::vector<std::pair<std::string, SourceRef>> path_;
  std::set<std::string> seen_;
};

/// The type that owns what the view points to.
std::string owner_of(const Type& view) {
  if (std::holds_alternative<Text>(view.form)) return "std::string";
  const auto& sequence = std::get<SequenceOf>(view.form);
  const std::string& element = sequence.element->spelling;
  if (sequence.kind == SequenceKind::basic_string_view)
    return element == "char8_t"    ? "std::u8string"
           : element == "char16_t" ? "std::u16string"
           : element == "char32_t" ? "std::u32string"
                                   : "std::wstring";
  if (sequence.extent == 0) return "std::vector<" + element + ">";
  return "std::array<" + element + ", " + std::to_string(sequence.extent) + ">";
}

/// How the elements of a span can be read by the server.
std::string input_for(const Contract& contract, const Type& span) {
  const auto& sequence = std::get<SequenceOf>(span.form);
  if (!lies_as_in_memory(contract, *sequence.element)) return "const " + owner_of(span) + "&";
  const std::string extent = sequence.extent == 0 ? "" : ", " + std::to_string(sequence.extent);
  return "std::span<const " + sequence.element->spelling + extent + ">";
}

class ViewCheck {
 public:
  ViewCheck(const Contract& contract, Findings& findings)
      : contract_(contract), findings_(findings), in_(contract), back_(contract) {}

  void check_result(const Method& method) {
    back_.over(method.result, [&](const Stop& stop) {
      if (!is_view(stop.type)) return;
      const std::string owner = owner_of(stop.type);
      Draft draft =
          findings_.add(Rule::view_result, place_of_result(method), {stop.type.spelling, back_.place(), owner});
      if (!stop.inside && !method.handle) draft.fix("return '" + owner + "'", {{method.result_where, owner}});
      back_.explain(draft);
    });
  }

  void check_parameter(const Parameter& parameter) {
    if (direction_of(parameter).out) {
      back_.over(parameter.type, [&](const Stop& stop) { check_output(parameter, stop); });
    } else {
      in_.over(parameter.type, [&](const Stop& stop) { check_input(parameter, stop); });
    }
  }

 private:
  void check_output(const Parameter& parameter, const Stop& stop) {
    if (!is_view(stop.type)) return;
    const std::string owner = owner_of(stop.type);
    Draft draft = findings_.add(Rule::view_output, parameter.type_where, {stop.type.spelling, back_.place(), owner});
    if (!stop.inside) draft.fix("take '" + owner + "&'", {{parameter.type_where, owner + "&"}});
    const Attribute* out = find(parameter.attributes, AttributeKind::out);
    if (out == nullptr) {
      draft.fix("mark it 'rpc::in'", {{before(parameter.where), "[[rpc::in]] "}});
    } else if (!has(parameter.attributes, AttributeKind::in)) {
      draft.replace(*out, "in");
    }
    back_.explain(draft);
  }

  void check_input(const Parameter& parameter, const Stop& stop) {
    const auto* span = std::get_if<SequenceOf>(&stop.type.form);
    if (span == nullptr) return;
    if (span->kind == SequenceKind::writable_span) {
      const std::string input = input_for(contract_, stop.type);
      const std::string output = owner_of(stop.type) + "&";
      report(Rule::span_not_const, parameter, stop, input, output, {input, output});
    } else if (span->kind == SequenceKind::span && !lies_as_in_memory(contract_, *span->element)) {
      const std::string input = input_for(contract_, stop.type);
      report(Rule::span_element, parameter, stop, span->element->spelling, input, {input});
    } else if (span->kind == SequenceKind::span && span->extent != 0 && stop.inside) {
      report(Rule::span_extent, parameter, stop, owner_of(stop.type), {}, {});
    }
  }

  /// `instead` are types that the parameter can have.
  void report(Rule rule, const Parameter& parameter, const Stop& stop, const std::string& third,
              const std::string& fourth, const std::vector<std::string>& instead) {
    Draft draft = findings_.add(rule, parameter.type_where, {stop.type.spelling, in_.place(), third, fourth});
    for (const std::string& type : instead)
      if (!stop.inside) draft.fix("take '" + type + "'", {{parameter.type_where, type}});
    in_.explain(draft);
  }

  const Contract& contract_;
  Findings& findings_;
  Walk in_;    // values that only go to the server
  Walk back_;  // those that come back
};

}  // namespace

void check_views(const Contract& contract, Findings& findings) {
  ViewCheck check(contract, findings);
  for (const Interface& interface : contract.interfaces) {
    if (!is_definite(interface)) continue;
    for (const Method& method : interface.methods) {
      if (!is_remote(method) || method.is_template) continue;
      check.check_result(method);
      for (const Parameter& parameter : method.parameters)
        if (!has(parameter.attributes, AttributeKind::async)) check.check_parameter(parameter);
    }
  }
}

}  // namespace farcall
