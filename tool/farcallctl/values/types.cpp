#include "values/types.h"

#include <algorithm>

#include "model/kinds.h"
#include "model/tagged.h"
#include "values/scalar.h"

namespace farcall::ctl {
namespace {

template <class... Forms>
bool is_one_of(const Type& type) {
  return (std::holds_alternative<Forms>(carried(type).form) || ...);
}

std::string short_name(const Type& type) {
  if (const auto* record = std::get_if<RecordRef>(&type.form)) return record->name;
  if (const auto* enumeration = std::get_if<EnumRef>(&type.form)) return enumeration->name;
  return describe(type);
}

}  // namespace

bool has_null(const Type& type) { return is_one_of<OptionalOf, SharedOf, Monostate>(type); }

bool is_key(const Type& type) {
  if (const auto* scalar = std::get_if<Scalar>(&type.form)) return !is_floating(*scalar);
  return is_one_of<Text, Path, EnumRef>(type);
}

bool is_packed(const Type& element) { return is_one_of<Scalar, EnumRef, DurationOf, TimePointOf>(element); }

bool is_string(const SequenceOf& sequence) {
  return sequence.kind == SequenceKind::basic_string || sequence.kind == SequenceKind::basic_string_view;
}

std::vector<std::string> alternatives(const VariantOf& variant) {
  if (variant.kind == VariantKind::expected) return {"value", "error"};
  std::vector<std::string> names;
  for (const Box& each : variant.alternatives) names.push_back(short_name(*each));
  std::vector<std::string> made = names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::ranges::count(names, names[i]) > 1) made[i] = std::to_string(i);
  }
  return made;
}

}  // namespace farcall::ctl
