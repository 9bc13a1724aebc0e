#include "plan/numbers.h"

#include <algorithm>

#include "plan/defaults.h"

namespace farcall {
namespace {

/// protobuf keeps 19000 to 19999 for itself; 18999 would become 19000 as an output's number.
std::uint32_t after(std::uint32_t number) { return number + 1 < 18999 || number + 1 > 19999 ? number + 1 : 20000; }

/// The numbers of one scope: an interface's methods, a method's parameters, a record's fields.
class Numbers {
 public:
  /// Takes what was in the scope before, and what had been removed from it.
  template <class Scope, class Named>
  void take_over(const Scope& scope, const std::vector<Named>& members) {
    for (const Named& each : members) known_.push_back({each.name, each.number});
    for (const Named& each : members) last_ = std::max(last_, each.number);
    for (const Tombstone& each : scope.removed) last_ = std::max(last_, each.number);
  }

  std::uint32_t number_of(const std::string& name) {
    used_.push_back(name);
    const Tombstone* known = find_named(known_, name);
    return known != nullptr ? known->number : last_ = after(last_);
  }

  /// The old tombstones, and one for each name that was not asked for.
  std::vector<Tombstone> tombstones(std::vector<Tombstone> old) const {
    for (const Tombstone& each : known_) {
      if (std::ranges::find(used_, each.name) == used_.end()) old.push_back(each);
    }
    std::ranges::sort(old, {}, &Tombstone::number);
    return old;
  }

 private:
  std::vector<Tombstone> known_;
  std::vector<std::string> used_;
  std::uint32_t last_ = 0;
};

std::vector<FrozenAttribute> freeze_attributes(const std::vector<Attribute>& attributes) {
  std::vector<FrozenAttribute> frozen;
  for (const Attribute& each : attributes) {
    const bool repeats = std::ranges::find(frozen, each.kind, &FrozenAttribute::kind) != frozen.end();
    if (!repeats) frozen.push_back({each.kind, {}});
    if (!repeats && !each.arguments.empty()) frozen.back().argument = each.arguments.front().value;
  }
  return frozen;
}

FrozenMethod freeze_method(const Contract& contract, const Interface& interface, const Method& method,
                           const FrozenMethod* previous) {
  FrozenMethod frozen{.name = wire_name(method),
                      .cpp_name = method.name,
                      .mode = mode_of(interface, method),
                      .timeout = timeout_of(interface, method),
                      .idempotent = has(method.attributes, AttributeKind::idempotent),
                      .virtuality = method.virtuality,
                      .is_const = method.is_const,
                      .is_noexcept = method.is_noexcept,
                      .result = method.result,
                      .attributes = freeze_attributes(method.attributes),
                      .doc = method.doc,
                      .where = method.where};
  if (method.handle) {
    const Parameter& handle = method.handle->parameter;
    frozen.handle = {.name = handle.name,
                     .cpp_type = handle.type.spelling,
                     .passing = handle.passing,
                     .position = method.handle->position};
  }
  Numbers numbers;
  if (previous != nullptr) numbers.take_over(*previous, previous->parameters);
  for (std::size_t i = 0; i < method.parameters.size(); ++i) {
    const Parameter& parameter = method.parameters[i];
    const std::string name = wire_name(parameter, i);
    frozen.parameters.push_back({.name = name,
                                 .number = numbers.number_of(name),
                                 .type = parameter.type,
                                 .passing = parameter.passing,
                                 .direction = direction_of(parameter),
                                 .has_default = !parameter.default_argument.empty(),
                                 .default_argument = repeatable_default(contract, parameter),
                                 .attributes = freeze_attributes(parameter.attributes),
                                 .where = parameter.where});
  }
  frozen.removed = numbers.tombstones(previous != nullptr ? previous->removed : std::vector<Tombstone>());
  return frozen;
}

FrozenInterface freeze_interface(const Contract& contract, const Interface& interface,
                                 const FrozenInterface* previous) {
  FrozenInterface frozen{.name = wire_name(interface),
                         .cpp_name = interface.qualified_name,
                         .bases = interface.bases,
                         .attributes = freeze_attributes(interface.attributes),
                         .doc = interface.doc,
                         .where = interface.where};
  Numbers numbers;
  if (previous != nullptr) numbers.take_over(*previous, previous->methods);
  for (const Method& method : interface.methods) {
    if (!is_remote(method)) continue;
    const FrozenMethod* before = previous != nullptr ? find_named(previous->methods, wire_name(method)) : nullptr;
    frozen.methods.push_back(freeze_method(contract, interface, method, before));
    frozen.methods.back().number = numbers.number_of(frozen.methods.back().name);
  }
  frozen.removed = numbers.tombstones(previous != nullptr ? previous->removed : std::vector<Tombstone>());
  return frozen;
}

FrozenRecord freeze_record(const Record& record, const FrozenRecord* previous) {
  FrozenRecord frozen{.name = record.name, .codec = record.codec, .where = record.where};
  Numbers numbers;
  if (previous != nullptr) numbers.take_over(*previous, previous->bases);
  if (previous != nullptr) numbers.take_over(*previous, previous->fields);
  for (const RecordRef& base : record.bases) {
    frozen.bases.push_back({.name = base.name,
                            .number = numbers.number_of(base.name),
                            .cpp_name = base.name,
                            .type = {base, base.name},
                            .where = record.where});
  }
  for (const Field& field : record.fields) {
    const std::string name = wire_name(field);
    frozen.fields.push_back({.name = name,
                             .number = numbers.number_of(name),
                             .cpp_name = field.name,
                             .type = field.type,
                             .bit_width = field.bit_width,
                             .attributes = freeze_attributes(field.attributes),
                             .where = field.where});
  }
  frozen.removed = numbers.tombstones(previous != nullptr ? previous->removed : std::vector<Tombstone>());
  return frozen;
}

}  // namespace

Frozen freeze(const Contract& contract, const Frozen* previous) {
  Frozen frozen;
  for (const Interface& interface : contract.interfaces) {
    const FrozenInterface* before =
        previous != nullptr ? find_named(previous->interfaces, wire_name(interface)) : nullptr;
    frozen.interfaces.push_back(freeze_interface(contract, interface, before));
  }
  for (const Record& record : contract.records) {
    frozen.records.push_back(
        freeze_record(record, previous != nullptr ? find_named(previous->records, record.name) : nullptr));
  }
  std::ranges::sort(frozen.records, {}, &FrozenRecord::name);
  frozen.enums = contract.enums;
  if (previous != nullptr) frozen.accepted = previous->accepted;
  return frozen;
}

}  // namespace farcall
