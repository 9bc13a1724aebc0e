#include "compat/types.h"

#include <algorithm>

#include "model/tagged.h"

namespace farcall {
namespace {

Fit breaking(std::string reason) { return {Fit::breaking, std::move(reason)}; }
Fit compatible(std::string reason) { return {Fit::compatible, std::move(reason)}; }

/// Bits of an integer, with its family; 0 bits: none.
struct Integer {
  bool is_signed = false;
  int bits = 0;
};

Integer integer(Scalar scalar) {
  switch (scalar) {
    case Scalar::int8: return {true, 8};
    case Scalar::int16: return {true, 16};
    case Scalar::int32: return {true, 32};
    case Scalar::int64: return {true, 64};
    case Scalar::byte:
    case Scalar::uint8:
    case Scalar::char8: return {false, 8};
    case Scalar::uint16:
    case Scalar::char16: return {false, 16};
    case Scalar::uint32:
    case Scalar::char32: return {false, 32};
    case Scalar::uint64: return {false, 64};
    case Scalar::boolean:
    case Scalar::float32:
    case Scalar::float64: return {};
  }
  return {};
}

bool is_floating(Scalar scalar) { return scalar == Scalar::float32 || scalar == Scalar::float64; }

std::vector<const Type*> pointers(const std::vector<Box>& boxes) {
  std::vector<const Type*> made;
  for (const Box& each : boxes) made.push_back(&*each);
  return made;
}

/// The parts of a pair or a tuple, which are the same on the wire.
std::vector<const Type*> parts(const Type& type) {
  if (const auto* pair = std::get_if<PairOf>(&type.form)) return {&*pair->first, &*pair->second};
  const auto* tuple = std::get_if<TupleOf>(&type.form);
  return tuple != nullptr ? pointers(tuple->elements) : std::vector<const Type*>();
}

bool is_product(const Type& type) {
  return std::holds_alternative<PairOf>(type.form) || std::holds_alternative<TupleOf>(type.form);
}

bool is_text(const Type& type) {
  return std::holds_alternative<Text>(type.form) || std::holds_alternative<Path>(type.form);
}

bool is_list_of_bytes(const Type& type) {
  const auto* sequence = std::get_if<SequenceOf>(&type.form);
  return sequence != nullptr && is_bytes(*sequence) && !has_fixed_size(*sequence);
}

const Enumerator* with_value(const Enum& definition, std::int64_t value) {
  const auto found = std::ranges::find(definition.enumerators, value, &Enumerator::value);
  return found == definition.enumerators.end() ? nullptr : &*found;
}

}  // namespace

Fit worse(const Fit& a, const Fit& b) { return b.kind > a.kind ? b : a; }

Fit TypeComparison::compare(const Type& old_type, const Type& new_type, bool single) {
  const Type& before = carried(old_type);
  const Type& after = carried(new_type);
  const auto* was_optional = std::get_if<OptionalOf>(&before.form);
  const auto* is_optional = std::get_if<OptionalOf>(&after.form);
  if (was_optional != nullptr || is_optional != nullptr)
    return compare_optional(was_optional, is_optional, before, single);
  if (before.form.index() != after.form.index()) return compare_unlike(before, after);
  return std::visit([&]<class Form>(const Form& old_form) { return fit(old_form, std::get<Form>(after.form)); },
                    before.form);
}

Fit TypeComparison::compare_optional(const OptionalOf* before, const OptionalOf* after, const Type& old_type,
                                     bool single) {
  if (before != nullptr && after != nullptr) return compare(*before->value, *after->value, true);
  if (before != nullptr) return breaking("a value that an old end leaves out would arrive as an empty one");
  if (single) return breaking("an optional in a container, or in another optional, travels as a message of its own");
  if (!is_single(*after->value)) return breaking("a container in an optional travels as a message of its own");
  return worse(compatible("it travels in the same way, and old ends always have a value"),
               compare(old_type, *after->value, true));
}

Fit TypeComparison::compare_unlike(const Type& before, const Type& after) {
  const bool was_void = std::holds_alternative<Void>(before.form);
  if (was_void || std::holds_alternative<Void>(after.form))
    return breaking("one end would wait for a value the other never sends");
  if (is_product(before) && is_product(after))
    return worse(compatible("both travel in the same way"), compare_elements(parts(before), parts(after)));
  const bool was_bytes = is_text(before) || is_list_of_bytes(before);
  const bool is_bytes_now = is_text(after) || is_list_of_bytes(after);
  if (was_bytes && is_bytes_now) return compatible("both travel as the same bytes");
  return breaking("they travel in different ways");
}

/// Fields 1, 2, … of a message.
Fit TypeComparison::compare_elements(const std::vector<const Type*>& before, const std::vector<const Type*>& after) {
  Fit all;
  for (std::size_t i = 0; i < std::min(before.size(), after.size()); ++i)
    all = worse(all, compare(*before[i], *after[i], false));
  if (before.size() == after.size()) return all;
  return worse(all, compatible("an element that one end does not know is empty"));
}

Fit TypeComparison::compare_records(const FrozenRecord& before, const FrozenRecord& after) {
  if (before.codec || after.codec) return compare_codecs(before, after);
  if (!open_.insert({before.name, after.name}).second) return {};
  Fit all = compatible("names of types do not travel, and the fields fit");
  const auto compare_all = [&](const std::vector<FrozenField>& old_fields, const std::vector<FrozenField>& new_fields) {
    for (const FrozenField& was : old_fields) {
      const auto is = std::ranges::find(new_fields, was.number, &FrozenField::number);
      if (is == new_fields.end()) continue;
      if (is->name != was.name)
        all = worse(
            all, breaking("field " + std::to_string(was.number) + " was '" + was.name + "' and is '" + is->name + "'"));
      all = worse(all, compare(was.type, is->type, false));
    }
  };
  compare_all(before.fields, after.fields);
  compare_all(before.bases, after.bases);
  return all;
}

Fit TypeComparison::compare_codecs(const FrozenRecord& before, const FrozenRecord& after) {
  if (!before.codec || !after.codec) return breaking("the bytes of a codec are no fields");
  if (before.name != after.name) return breaking("each has a codec of its own, whose bytes mean something else");
  if (*before.codec != *after.codec)
    return breaking("version " + std::to_string(before.codec->version) +
                    " of its codec wrote other bytes than version " + std::to_string(after.codec->version));
  return {};
}

Fit TypeComparison::compare_enums(const Enum& before, const Enum& after) {
  Fit all;
  for (const Enumerator& each : before.enumerators) {
    if (with_value(after, each.value) == nullptr && !after.is_flags)
      return breaking("a new end refuses the value " + std::to_string(each.value) + ", which was '" + each.name + "'");
  }
  if (before.is_flags && !after.is_flags) return breaking("a new end refuses combinations of values");
  std::uint64_t old_bits = 0;
  std::uint64_t new_bits = 0;
  for (const Enumerator& each : before.enumerators) old_bits |= static_cast<std::uint64_t>(each.value);
  for (const Enumerator& each : after.enumerators) new_bits |= static_cast<std::uint64_t>(each.value);
  if (after.is_flags && (old_bits & ~new_bits) != 0)
    return breaking("a new end refuses bits that are no longer declared");
  for (const Enumerator& each : after.enumerators) {
    if (with_value(before, each.value) == nullptr)
      return compatible("old ends refuse a message that has the new value in it; nothing else changes");
  }
  return after.is_flags == before.is_flags ? all : compatible("old ends refuse combinations of values");
}

Fit TypeComparison::fit(const Scalar& before, const Scalar& after) {
  if (before == after) return {};
  const Integer was = integer(before);
  const Integer is = integer(after);
  if (is_floating(before) && is_floating(after)) return breaking("float and double travel in different widths");
  if (was.bits == 0 || is.bits == 0) return breaking("they travel in different ways");
  if (was.is_signed != is.is_signed) return breaking("signed and unsigned integers travel in different ways");
  if (was.bits > is.bits) return breaking("a new end refuses values that do not fit any more");
  return compatible(was.bits == is.bits ? "both travel in the same way"
                                        : "every old value fits; an old end refuses one that does not fit there");
}

Fit TypeComparison::fit(const EnumRef& before, const EnumRef& after) {
  if (before.name == after.name) return {};
  const Enum* was = find_named(before_.enums, before.name);
  const Enum* is = find_named(after_.enums, after.name);
  if (was == nullptr || is == nullptr) return breaking("they are different enums");
  return worse(compatible("names of types do not travel, and the values fit"), compare_enums(*was, *is));
}

Fit TypeComparison::fit(const RecordRef& before, const RecordRef& after) {
  if (before.name == after.name) return {};
  const FrozenRecord* was = find_named(before_.records, before.name);
  const FrozenRecord* is = find_named(after_.records, after.name);
  if (was == nullptr || is == nullptr) return breaking("they are different records");
  return compare_records(*was, *is);
}

Fit TypeComparison::fit(const SequenceOf& before, const SequenceOf& after) {
  if (is_bytes(before) != is_bytes(after)) return breaking("one travels as bytes and the other as a list of values");
  if (has_fixed_size(after) && !has_fixed_size(before))
    return breaking("a new end refuses any other number of elements");
  if (has_fixed_size(after) && before.extent != after.extent)
    return breaking("each end refuses the other's number of elements");
  if (is_set(after.kind) && !is_set(before.kind)) return breaking("a new end refuses an element that comes twice");
  Fit all = compare(*before.element, *after.element, true);
  if (before.kind == after.kind) return all;
  const bool widens = has_fixed_size(before) != has_fixed_size(after) || is_set(before.kind) != is_set(after.kind);
  return worse(all, compatible(widens ? "every old value fits; an old end refuses one that does not"
                                      : "both travel in the same way"));
}

Fit TypeComparison::fit(const MapOf& before, const MapOf& after) {
  if (is_multimap(before.kind) && !is_multimap(after.kind)) return breaking("a new end refuses a key that comes twice");
  Fit all = worse(compare(*before.key, *after.key, true), compare(*before.value, *after.value, true));
  if (before.kind == after.kind) return all;
  const bool widens = is_multimap(before.kind) != is_multimap(after.kind);
  return worse(all, compatible(widens ? "an old end refuses a key that comes twice" : "both travel in the same way"));
}

Fit TypeComparison::fit(const PairOf& before, const PairOf& after) {
  return compare_elements({&*before.first, &*before.second}, {&*after.first, &*after.second});
}

Fit TypeComparison::fit(const TupleOf& before, const TupleOf& after) {
  return compare_elements(pointers(before.elements), pointers(after.elements));
}

Fit TypeComparison::fit(const VariantOf& before, const VariantOf& after) {
  Fit all;
  if (after.alternatives.size() < before.alternatives.size())
    return breaking("a new end refuses an alternative that is gone");
  for (std::size_t i = 0; i < before.alternatives.size(); ++i)
    all = worse(all, compare(*before.alternatives[i], *after.alternatives[i], true));
  if (before.alternatives.size() == after.alternatives.size()) return all;
  return worse(all, compatible("old ends refuse a message that has the new alternative in it; nothing else changes"));
}

Fit TypeComparison::fit(const BitsetOf& before, const BitsetOf& after) {
  if (before.size == after.size) return {};
  if (after.size < before.size) return breaking("a new end refuses bits that it does not have");
  return compatible("every old value fits; an old end refuses bits that it does not have");
}

Fit TypeComparison::fit(const ComplexOf& before, const ComplexOf& after) {
  return before == after ? Fit{} : breaking("float and double travel in different widths");
}

Fit TypeComparison::fit(const DurationOf& before, const DurationOf& after) {
  if (before.num != after.num || before.den != after.den)
    return breaking("a number of ticks would be taken for another time");
  if (before.count == after.count) return {};
  const Integer was = integer(before.count);
  const Integer is = integer(after.count);
  if (was.bits == 0 || is.bits == 0 || was.is_signed != is.is_signed)
    return breaking("the ticks travel in different ways");
  return fit(before.count, after.count);
}

Fit TypeComparison::fit(const TimePointOf& before, const TimePointOf& after) {
  if (before.clock != after.clock) return breaking("a time would be taken for that of another clock");
  return fit(before.since_epoch, after.since_epoch);
}

}  // namespace farcall
