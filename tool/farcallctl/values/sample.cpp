#include "values/sample.h"

#include "model/tagged.h"
#include "values/text.h"
#include "values/types.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;

class Sampler {
 public:
  explicit Sampler(const Frozen& contract) : types_(contract) {}

  ordered_json of(const Type& type) {
    return std::visit(
        overloaded{
            [](const Scalar& scalar) { return scalar == Scalar::boolean ? ordered_json(false) : ordered_json(0); },
            [](const Text&) { return ordered_json(""); },
            [](const Path&) { return ordered_json(""); },
            [](const BitsetOf& bitset) { return ordered_json(std::string(std::min(bitset.size, most), '0')); },
            [](const ComplexOf&) { return ordered_json::array({0, 0}); },
            [](const DurationOf&) { return ordered_json(0); },
            [](const TimePointOf&) { return ordered_json(0); },
            [](const ErrorCode&) { return ordered_json{{"category", "generic"}, {"value", 0}}; },
            [](const MapOf& map) { return is_key(*map.key) ? ordered_json::object() : ordered_json::array(); },
            [&](const EnumRef& reference) { return enumerator(types_.enumeration(reference)); },
            [&](const RecordRef& reference) { return record(types_.record(reference)); },
            [&](const SequenceOf& sequence) { return list(sequence); },
            [&](const AdaptorOf& adaptor) { return of(*adaptor.container); },
            [&](const PairOf&) { return tuple(type); },
            [&](const TupleOf&) { return tuple(type); },
            [&](const VariantOf& variant) {
              ordered_json made;
              made[alternatives(variant).front()] = of(*variant.alternatives.front());
              return made;
            },
            [](const auto&) { return ordered_json(); },
        },
        type.form);
  }

 private:
  static constexpr std::uint64_t most = 1024;  ///< of elements: the rest is left to the user
  static constexpr int deepest = 8;

  static ordered_json enumerator(const Enum& definition) {
    return definition.enumerators.empty() ? ordered_json(0) : ordered_json(definition.enumerators.front().name);
  }

  /// A type that is deeper than a sample shows has a null, which has to be replaced.
  ordered_json record(const FrozenRecord& record) {
    if (record.codec) return "";
    if (depth_ == deepest) return {};
    ++depth_;
    ordered_json made = ordered_json::object();
    for (const FrozenField& each : record.bases) made[each.name] = of(each.type);
    for (const FrozenField& each : record.fields) made[each.name] = of(each.type);
    --depth_;
    return made;
  }

  ordered_json list(const SequenceOf& sequence) {
    if (is_string(sequence)) return "";
    if (is_bytes(sequence)) return to_base64(std::string(std::min(sequence.extent, most), '\0'));
    ordered_json made = ordered_json::array();
    for (std::uint64_t i = 0; i < std::min(sequence.extent, most); ++i) made.push_back(of(*sequence.element));
    return made;
  }

  ordered_json tuple(const Type& type) {
    ordered_json made = ordered_json::array();
    for (const Type* part : parts_of(type)) made.push_back(of(*part));
    return made;
  }

  Types types_;
  int depth_ = 0;
};

}  // namespace

ordered_json sample_arguments(const Frozen& contract, const FrozenMethod& method) {
  Sampler sampler(contract);
  ordered_json made = ordered_json::object();
  for (const FrozenParameter& each : method.parameters) {
    if (each.direction.in) made[each.name] = sampler.of(each.type);
  }
  return made;
}

}  // namespace farcall::ctl
