// Values that cannot travel, reported where the interface first needs them, with the way that leads to them.
#include <set>

#include "check/findings.h"
#include "model/meaning.h"

namespace farcall {
namespace {

Rule rule_of(Refusal refusal, Rule other) {
  switch (refusal) {
    case Refusal::other: return other;
    case Refusal::raw_pointer: return Rule::raw_pointer;
    case Refusal::void_pointer: return Rule::void_pointer;
    case Refusal::function: return Rule::function_type;
    case Refusal::iterator: return Rule::iterator_type;
    case Refusal::stream: return Rule::stream_type;
    case Refusal::process_resource: return Rule::process_resource;
    case Refusal::open_polymorphism: return Rule::open_polymorphism;
    case Refusal::volatile_type: return Rule::volatile_type;
    case Refusal::incomplete: return Rule::incomplete_type;
    case Refusal::union_type: return Rule::union_type;
    case Refusal::long_double: return Rule::long_double;
    case Refusal::array_parameter: return Rule::array_parameter;
    case Refusal::reference_member: return Rule::reference_member;
    case Refusal::const_member: return Rule::const_member;
    case Refusal::private_member: return Rule::private_member;
    case Refusal::custom_copy: return Rule::custom_copy;
    case Refusal::construction: return Rule::no_value_constructor;
  }
  return other;
}

/// Whether the class can still travel if its author says how.
bool a_codec_helps(Rule rule) {
  return rule == Rule::open_polymorphism || rule == Rule::union_type || rule == Rule::reference_member ||
         rule == Rule::const_member || rule == Rule::private_member || rule == Rule::custom_copy;
}

std::string codec_to_paste(const std::string& name) {
  return "or say how it travels, behind '#include <rpc/codec.h>': template <> struct rpc::Codec<" + name +
         "> : rpc::CustomCodec<" + name + "> { static void write(rpc::Writer& to, const " + name +
         "& value); static void read(rpc::Reader& from, " + name + "& value); };";
}

/// One step into a record: "field 'raw' of 'home::Packet'".
struct Step {
  std::string text;
  SourceRef where;
};

/// Walks the types that one contract uses. A record is judged once, at its first use: mending it mends all uses.
class TypeWalk {
 public:
  TypeWalk(const Contract& contract, Findings& findings) : contract_(contract), findings_(findings) {}

  /// Judges a parameter or result whose type stands at `where`.
  void use(const Type& type, const SourceRef& where, const std::vector<PlatformType>& platform_types) {
    use_ = where;
    report_platform_types(platform_types);
    walk(type);
  }

 private:
  void report_platform_types(const std::vector<PlatformType>& types) {
    for (const PlatformType& each : types) {
      Draft draft = findings_.add(Rule::platform_type, each.where, {each.spelling, each.fixed});
      if (!each.fix.empty()) draft.fix("write '" + each.fixed + "'", each.fix);
    }
  }

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
                     report(rule_of(unsupported.refusal, Rule::unsupported_type), type.spelling, unsupported.reason,
                            unsupported.way_out);
                   },
               },
               type.form);
  }

  void walk(const std::vector<Box>& types) {
    for (const Box& type : types) walk(*type);
  }

  void walk_sequence(const SequenceOf& sequence, const std::string& spelling) {
    if (is_array(sequence.kind) && sequence.extent == 0) report(Rule::empty_array, spelling);
    walk(*sequence.element);
  }

  void walk_enum(const EnumRef& reference) {
    if (!seen_.insert(reference.name).second) return;
    if (find_enum(contract_, reference.name).enumerators.empty()) report(Rule::empty_enum, reference.name);
  }

  /// A base is not made alone, so that its constructors are the business of those who derive from it.
  void walk_record(const RecordRef& reference, bool as_base = false) {
    const Record& record = find_record(contract_, reference.name);
    if (!as_base && made_.insert(reference.name).second) report_obstacles(record, true);
    if (!seen_.insert(reference.name).second) return;
    report_obstacles(record, false);
    for (const RecordRef& base : record.bases)
      inside({"base '" + base.name + "' of '" + record.name + "'", record.where}, [&] { walk_record(base, true); });
    for (const Field& field : record.fields) {
      report_platform_types(field.platform_types);
      inside({"field '" + field.name + "' of '" + record.name + "'", field.where}, [&] { walk(field.type); });
    }
  }

  void report_obstacles(const Record& record, bool of_construction) {
    for (const Obstacle& obstacle : record.obstacles) {
      if ((obstacle.refusal == Refusal::construction) != of_construction) continue;
      const Rule rule = rule_of(obstacle.refusal, Rule::record_obstacle);
      Draft draft = report(rule, record.name, obstacle.reason, obstacle.way_out);
      draft.note("'" + record.name + "' has it here", obstacle.where.known() ? obstacle.where : record.where);
      if (a_codec_helps(rule)) draft.note(codec_to_paste(record.name), record.where);
      if (!obstacle.fix.empty()) draft.fix(obstacle.fix_title, obstacle.fix);
    }
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
  std::set<std::string> made_;
};

}  // namespace

void check_types(const Contract& contract, Findings& findings) {
  TypeWalk walk(contract, findings);
  for (const Interface& interface : contract.interfaces) {
    if (!is_definite(interface)) continue;
    for (const Method& method : interface.methods) {
      if (!is_remote(method) || method.is_template) continue;
      walk.use(method.result, place_of_result(method), method.platform_types);
      for (const Parameter& parameter : method.parameters)
        if (!has(parameter.attributes, AttributeKind::async))
          walk.use(parameter.type, parameter.type_where, parameter.platform_types);
    }
  }
}

}  // namespace farcall
