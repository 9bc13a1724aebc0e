// What a contract says of types, by name, and how values of them look in JSON. docs/farcallctl.md has the table.
//
//   types.record("home::Reading").fields
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/frozen.h"

namespace farcall::ctl {

/// Of a contract that was read, so that all names are known; it must live as long.
class Types {
 public:
  explicit Types(const Frozen& contract) {
    for (const FrozenRecord& each : contract.records) records_[each.name] = &each;
    for (const Enum& each : contract.enums) enums_[each.name] = &each;
  }

  [[nodiscard]] const FrozenRecord& record(const RecordRef& reference) const { return *records_.at(reference.name); }
  [[nodiscard]] const Enum& enumeration(const EnumRef& reference) const { return *enums_.at(reference.name); }

 private:
  std::map<std::string, const FrozenRecord*> records_;
  std::map<std::string, const Enum*> enums_;
};

/// Whether a null means something: an optional of such a value has it in an array.
bool has_null(const Type& type);

/// Whether keys of this type can be keys of an object in JSON.
bool is_key(const Type& type);

/// Whether several elements of it lie in one field.
bool is_packed(const Type& element);

/// Strings of other characters than char.
bool is_string(const SequenceOf& sequence);

/// What the alternatives are called, each by its type; by its index where several are of one type.
std::vector<std::string> alternatives(const VariantOf& variant);

/// The key of an object in JSON that stands for a shared object.
inline constexpr const char* shared_key = "$shared";

}  // namespace farcall::ctl
