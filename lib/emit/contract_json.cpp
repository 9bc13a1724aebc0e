// The frozen contract as JSON: docs/contract-json.md describes it, and lib/contract reads it back.

#include "emit/artefacts.h"
#include "emit/emit.h"
#include "emit/json.h"
#include "model/attributes.h"
#include "model/kinds.h"
#include "model/tagged.h"

namespace farcall {
namespace {

using Members = std::vector<Json::Member>;

Json json(const Type& type);

Json json(const std::vector<Box>& types) {
  std::vector<Json> elements;
  for (const Box& each : types) elements.push_back(json(*each));
  return Json::row(std::move(elements));
}

Json ratio(const DurationOf& duration) { return Json::row({std::int64_t{duration.num}, std::int64_t{duration.den}}); }

Json json(const SequenceOf& sequence) {
  Members members = {{std::string(name_of(sequence.kind)), json(*sequence.element)}};
  if (has_fixed_size(sequence)) members.emplace_back("size", sequence.extent);
  return Json::line(std::move(members));
}

Json json(const Type& type) {
  return std::visit(
      overloaded{
          [](const Void&) { return Json("void"); },
          [](const Scalar& scalar) { return Json(name_of(scalar)); },
          [](const EnumRef& reference) { return Json::line({{"enum", reference.name}}); },
          [](const RecordRef& reference) { return Json::line({{"record", reference.name}}); },
          [](const Text& text) { return Json(text.view ? "text_view" : "text"); },
          [](const SequenceOf& sequence) { return json(sequence); },
          [](const MapOf& map) {
            return Json::line({{std::string(name_of(map.kind)), Json::row({json(*map.key), json(*map.value)})}});
          },
          [](const OptionalOf& optional) {
            return Json::line({{std::string(name_of(optional.kind)), json(*optional.value)}});
          },
          [](const PairOf& pair) { return Json::line({{"pair", Json::row({json(*pair.first), json(*pair.second)})}}); },
          [](const TupleOf& tuple) { return Json::line({{"tuple", json(tuple.elements)}}); },
          [](const VariantOf& variant) {
            return Json::line({{std::string(name_of(variant.kind)), json(variant.alternatives)}});
          },
          [](const SharedOf& shared) { return Json::line({{"shared_ptr", json(*shared.object)}}); },
          [](const AdaptorOf& adaptor) {
            return Json::line({{std::string(name_of(adaptor.kind)), json(*adaptor.container)}});
          },
          [](const BitsetOf& bitset) { return Json::line({{"bitset", bitset.size}}); },
          [](const Path&) { return Json("path"); },
          [](const ErrorCode&) { return Json("error_code"); },
          [](const Monostate&) { return Json("monostate"); },
          [](const ComplexOf& complex) { return Json::line({{"complex", name_of(complex.part)}}); },
          [](const DurationOf& duration) {
            return Json::line({{"duration", name_of(duration.count)}, {"ratio", ratio(duration)}});
          },
          [](const TimePointOf& point) {
            return Json::line({{"time_point", name_of(point.since_epoch.count)},
                               {"ratio", ratio(point.since_epoch)},
                               {"clock", point.clock}});
          },
          [](const Unsupported& unsupported) { return Json(unsupported.reason); },
      },
      type.form);
}

void add_attributes(Members& members, const std::vector<FrozenAttribute>& attributes) {
  Members found;
  for (const FrozenAttribute& each : attributes) {
    std::string name(attribute_spec(each.kind).name);
    std::visit(overloaded{
                   [&](std::monostate) { found.emplace_back(std::move(name), true); },
                   [&](const auto& argument) { found.emplace_back(std::move(name), argument); },
               },
               each.argument);
  }
  if (!found.empty()) members.emplace_back("attributes", Json::line(std::move(found)));
}

void add_doc(Members& members, const std::string& doc) {
  if (!doc.empty()) members.emplace_back("doc", doc);
}

void add_removed(Members& members, const std::vector<Tombstone>& removed) {
  if (removed.empty()) return;
  std::vector<Json> elements;
  for (const Tombstone& each : removed) elements.push_back(Json::line({{"name", each.name}, {"number", each.number}}));
  members.emplace_back("removed", Json::list(std::move(elements)));
}

Json json(const FrozenParameter& parameter);
Json json(const FrozenMethod& method);
Json json(const FrozenInterface& interface);
Json json(const FrozenField& field);
Json json(const FrozenRecord& record);
Json json(const Enum& definition);

template <class All>
Json list(const All& all) {
  std::vector<Json> elements;
  for (const auto& each : all) elements.push_back(json(each));
  return Json::list(std::move(elements));
}

const char* name_of(Passing passing) {
  switch (passing) {
    case Passing::value: return "value";
    case Passing::const_reference: return "const_reference";
    case Passing::reference: return "reference";
    case Passing::rvalue_reference: return "rvalue_reference";
  }
  return "";
}

const char* name_of(Virtual virtuality) {
  switch (virtuality) {
    case Virtual::no: return "no";
    case Virtual::yes: return "yes";
    case Virtual::pure: return "pure";
  }
  return "";
}

const char* name_of(const Direction& direction) {
  if (direction.in && direction.out) return "inout";
  return direction.in ? "in" : "out";
}

Json json(const FrozenParameter& parameter) {
  Members members = {{"name", parameter.name},
                     {"number", parameter.number},
                     {"type", json(parameter.type)},
                     {"cpp_type", parameter.type.spelling},
                     {"passing", name_of(parameter.passing)},
                     {"direction", name_of(parameter.direction)}};
  const bool repeatable = !parameter.default_argument.empty();
  if (parameter.has_default)
    members.emplace_back("default", repeatable ? Json(parameter.default_argument) : Json::null());
  add_attributes(members, parameter.attributes);
  return Json::line(std::move(members));
}

Json json(const FrozenHandle& handle) {
  return Json::line({{"name", handle.name},
                     {"cpp_type", handle.cpp_type},
                     {"passing", name_of(handle.passing)},
                     {"position", static_cast<std::uint64_t>(handle.position + 1)}});
}

Json json(const FrozenMethod& method) {
  Members members = {{"name", method.name},
                     {"number", method.number},
                     {"cpp_name", method.cpp_name},
                     {"mode", std::string(name_of(method.mode))}};
  if (method.timeout) members.emplace_back("timeout_ns", std::int64_t{method.timeout->count()});
  if (method.idempotent) members.emplace_back("idempotent", true);
  members.emplace_back("virtual", name_of(method.virtuality));
  if (method.is_const) members.emplace_back("const", true);
  if (method.is_noexcept) members.emplace_back("noexcept", true);
  members.emplace_back("result", Json::line({{"type", json(method.result)}, {"cpp_type", method.result.spelling}}));
  if (method.handle) members.emplace_back("handle", json(*method.handle));
  members.emplace_back("parameters", list(method.parameters));
  add_removed(members, method.removed);
  add_attributes(members, method.attributes);
  add_doc(members, method.doc);
  return Json::block(std::move(members));
}

Json json(const FrozenInterface& interface) {
  Members members = {{"name", interface.name}, {"cpp_name", interface.cpp_name}};
  std::vector<Json> bases(interface.bases.begin(), interface.bases.end());
  if (!bases.empty()) members.emplace_back("bases", Json::row(std::move(bases)));
  members.emplace_back("methods", list(interface.methods));
  add_removed(members, interface.removed);
  add_attributes(members, interface.attributes);
  add_doc(members, interface.doc);
  return Json::block(std::move(members));
}

Json json(const FrozenField& field) {
  Members members = {{"name", field.name},
                     {"number", field.number},
                     {"cpp_name", field.cpp_name},
                     {"type", json(field.type)},
                     {"cpp_type", field.type.spelling}};
  if (field.bit_width != 0) members.emplace_back("bits", field.bit_width);
  add_attributes(members, field.attributes);
  return Json::line(std::move(members));
}

Json json(const FrozenRecord& record) {
  Members members = {{"name", record.name}};
  if (record.codec) members.emplace_back("codec", record.codec->version);
  if (!record.bases.empty()) members.emplace_back("bases", list(record.bases));
  members.emplace_back("fields", list(record.fields));
  add_removed(members, record.removed);
  return Json::block(std::move(members));
}

Json json(const Enum& definition) {
  const bool is_unsigned = definition.underlying == Scalar::uint64;
  std::vector<Json> values;
  for (const Enumerator& each : definition.enumerators) {
    const Json value = is_unsigned ? Json(static_cast<std::uint64_t>(each.value)) : Json(each.value);
    values.push_back(Json::line({{"name", each.name}, {"value", value}}));
  }
  return Json::block({{"name", definition.name},
                      {"underlying", farcall::name_of(definition.underlying)},
                      {"scoped", definition.scoped},
                      {"flags", definition.is_flags},
                      {"values", Json::list(std::move(values))}});
}

}  // namespace

Json contract_json(const std::string& header, const Frozen& frozen) {
  Members members = {{"format", contract_format},
                     {"header", header},
                     {"interfaces", list(frozen.interfaces)},
                     {"records", list(frozen.records)},
                     {"enums", list(frozen.enums)}};
  std::vector<Json> accepted(frozen.accepted.begin(), frozen.accepted.end());
  if (!accepted.empty()) members.emplace_back("accepted", Json::list(std::move(accepted)));
  return Json::block(std::move(members));
}

GeneratedFile emit_contract(const Plan& plan) {
  return {plan.contract_path, contract_json(plan.header, plan.frozen).text() + "\n"};
}

}  // namespace farcall
