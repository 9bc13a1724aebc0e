// Values that cannot travel, reported where the interface first needs them, with the way that leads to them.
#include <set>

#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

/// One step into a record: "field 'raw' of 'home::Packet'".
struct Step {
  std::string text;
  SourceRef where;
};

Rule rule_of(Refusal refusal) {
  return refusal == Refusal::open_polymorphism ? Rule::open_polymorphism : Rule::unsupported_type;
}

/// Walks the types that one contract uses. A record is judged once, at its first use: mending it mends all uses.
class TypeWalk {
 public:
  TypeWalk(const Contract& contract, Findings& findings) : contract_(contract), findings_(findings) {}

  /// Judges a parameter or result whose type stands at `where`.
  void use(const Type& type, const SourceRef& where) {
    use_ = where;
    walk(type);
  }

 private:
  void walk(const Type& type) {
    std::visit(overloaded{
                   [](const Void&) {},
                   [](const Scalar&) {},
                   [](const Text&) {},
                   [](const DurationOf&) {},
                   [](const TimePointOf&) {},
                   [](const Monostate&) {},
                   [](const ComplexOf&) {},
                   [](const Path&) {},
                   [](const ErrorCode&) {},
                   [&](const EnumRef& reference) { walk_enum(reference); },
                   [&](const RecordRef& reference) { walk_record(reference); },
                   [&](const SequenceOf& sequence) { walk_sequence(sequence, type.spelling); },
                   [&](const MapOf& map) { walk(*map.key), walk(*map.value); },
                   [&](const OptionalOf& optional) { walk(*optional.value); },
                   [&](const SharedOf& shared) { walk(*shared.object); },
                   [&](const AdaptorOf& adaptor) { walk(*adaptor.container); },
                   [&](const BitsetOf& bitset) {
                     if (bitset.size == 0) report(Rule::empty_array, type.spelling);
                   },
                   [&](const PairOf& pair) { walk(*pair.first), walk(*pair.second); },
                   [&](const TupleOf& tuple) { walk(tuple.elements); },
                   [&](const VariantOf& variant) { walk(variant.alternatives); },
                   [&](const Unsupported& unsupported) {
                     report(rule_of(unsupported.refusal), type.spelling, unsupported.reason, unsupported.way_out);
                   },
               },
               type.form);
  }

  void walk(const std::vector<Box>& types) {
    for (const Box& type : types) walk(*type);
  }

  void walk_sequence(const SequenceOf& sequence, const std::string& spelling) {
    if (sequence.kind == SequenceKind::array && sequence.extent == 0) report(Rule::empty_array, spelling);
    walk(*sequence.element);
  }

  void walk_enum(const EnumRef& reference) {
    if (!seen_.insert(reference.name).second) return;
    if (find_enum(contract_, reference.name).enumerators.empty()) report(Rule::empty_enum, reference.name);
  }

  void walk_record(const RecordRef& reference) {
    if (!seen_.insert(reference.name).second) return;
    const Record& record = find_record(contract_, reference.name);
    if (!record.obstacle.empty()) {
      report(Rule::record_obstacle, record.name, record.obstacle, record.way_out)
          .note("'" + record.name + "' has it here",
                record.obstacle_where.known() ? record.obstacle_where : record.where);
      return;
    }
    for (const RecordRef& base : record.bases)
      inside({"base '" + base.name + "' of '" + record.name + "'", record.where}, [&] { walk_record(base); });
    for (const Field& field : record.fields)
      inside({"field '" + field.name + "' of '" + record.name + "'", field.where}, [&] { walk(field.type); });
  }

  template <class Walk>
  void inside(Step step, Walk walk) {
    path_.push_back(std::move(step));
    walk();
    path_.pop_back();
  }

  Draft report(Rule rule, const std::string& spelling, const std::string& reason = {},
               const std::string& way_out = {}) {
    const std::string path = path_.empty() ? "" : " in " + path_.back().text;
    Draft draft = findings_.add(rule, use_, {spelling, path, reason, way_out});
    for (const Step& step : path_) draft.note("it gets there through " + step.text, step.where);
    return draft;
  }

  const Contract& contract_;
  Findings& findings_;
  SourceRef use_;
  std::vector<Step> path_;
  std::set<std::string> seen_;
};

}  // namespace

void check_types(const Contract& contract, Findings& findings) {
  TypeWalk walk(contract, findings);
  for (const Interface& interface : contract.interfaces) {
    if (!is_definite(interface)) continue;
    for (const Method& method : interface.methods) {
      if (!is_remote(method) || method.is_template) continue;
      walk.use(method.result, method.result_where);
      for (const Parameter& parameter : method.parameters)
        if (!has(parameter.attributes, AttributeKind::async)) walk.use(parameter.type, parameter.type_where);
    }
  }
}

}  // namespace farcall
