#include "compat/compare.h"

#include <algorithm>

#include "compat/changes.h"

namespace farcall {
namespace {

std::string bits(const FrozenField& field) {
  return field.bit_width == 0 ? "its whole type" : std::to_string(field.bit_width) + " bits";
}

/// A bit-field travels as its type, but a receiver refuses what does not fit into its bits.
void compare_bits(const FrozenField& was, const FrozenField& is, const std::string& what, Changes& changes) {
  if (was.bit_width == is.bit_width) return;
  const std::string text = what + ": " + bits(was) + " became " + bits(is);
  const bool narrower = is.bit_width != 0 && (was.bit_width == 0 || is.bit_width < was.bit_width);
  if (narrower)
    changes.breaking(CompatLevel::wire, text, "a new end refuses values that do not fit any more", "keep its bits",
                     is.where);
  else
    changes.compatible(CompatLevel::wire, text, "every old value fits; an old end refuses one that does not fit there",
                       is.where);
}

void compare_field(const FrozenField& was, const FrozenField& is, const std::string& what, TypeComparison& types,
                   Changes& changes) {
  compare_numbers(was, is, what, changes);
  compare_bits(was, is, what, changes);
  const Fit fit = types.compare(was.type, is.type);
  const std::string text = what + ": " + became(was.type, is.type);
  if (fit.kind == Fit::breaking)
    changes.breaking(CompatLevel::wire, text, fit.reason, "keep the type and add another field beside it", is.where);
  if (fit.kind == Fit::compatible) changes.compatible(CompatLevel::wire, text, fit.reason, is.where);
  if (was.cpp_name != is.cpp_name)
    changes.breaking(CompatLevel::source, what + ": " + quote(was.cpp_name) + " became " + quote(is.cpp_name),
                     "code uses the old name", "keep the C++ name", is.where);
  if (same_in_source(was.type, is.type)) return;
  const bool widens = fit.kind == Fit::compatible && std::holds_alternative<Scalar>(was.type.form) &&
                      std::holds_alternative<Scalar>(is.type.form);
  if (widens)
    changes.compatible(CompatLevel::source, text, "the old type converts to the new one", is.where);
  else
    changes.breaking(CompatLevel::source, text, "code uses it as the old type",
                     "keep the type and add another field beside it", is.where);
}

/// Fields can be listed without their names: `Reading{"hall", 20.5}`.
void compare_order(const FrozenRecord& was, const FrozenRecord& is, Changes& changes) {
  std::vector<std::string> kept;
  for (const FrozenField& each : is.fields) kept.push_back(each.name);
  bool in_order = was.fields.size() <= kept.size();
  for (std::size_t i = 0; in_order && i < was.fields.size(); ++i) in_order = kept[i] == was.fields[i].name;
  const bool all_there = std::ranges::all_of(
      was.fields, [&](const FrozenField& each) { return find_named(is.fields, each.name) != nullptr; });
  if (!in_order && all_there)
    changes.breaking(CompatLevel::source, "the fields of " + quote(is.name) + " have another order",
                     "code that lists values without names of fields gets them wrong", "add new fields at the end",
                     is.where);
}

void compare_record(const FrozenRecord& was, const FrozenRecord& is, TypeComparison& types, Changes& changes) {
  const Fit fit = was.codec || is.codec ? TypeComparison::compare_codecs(was, is) : Fit{};
  if (fit.kind == Fit::breaking) {
    const std::string text = !was.codec  ? quote(is.name) + " has a codec now"
                             : !is.codec ? quote(is.name) + " has no codec any more"
                                         : "the codec of " + quote(is.name) + " changed";
    changes.breaking(CompatLevel::wire, text, fit.reason, "leave the type as it is, and add another one beside it",
                     is.where);
    return;
  }
  const auto compare_members = [&](const std::vector<FrozenField>& old_members,
                                   const std::vector<FrozenField>& new_members, const std::string& kind) {
    std::vector<FrozenField> all_old = was.bases;
    all_old.insert(all_old.end(), was.fields.begin(), was.fields.end());
    const auto name = [&](const FrozenField& each) { return kind + quote(each.name) + " of " + quote(is.name); };
    for (const FrozenField& each : new_members) {
      if (const FrozenField* old_one = find_named(old_members, each.name)) {
        compare_field(*old_one, each, name(each), types, changes);
        continue;
      }
      if (may_be_new(was, all_old, each, name(each), changes))
        changes.compatible(CompatLevel::wire, name(each) + " is new",
                           "old ends skip it; from them it has the value of a new object", each.where);
      if (kind == "base ")
        changes.breaking(CompatLevel::source, name(each) + " is new",
                         "code that lists values of the fields gets them wrong", "make it a field", each.where);
      else
        changes.compatible(CompatLevel::source, name(each) + " is new", "no code uses it yet", each.where);
    }
    for (const FrozenField& each : old_members) {
      if (find_named(new_members, each.name) != nullptr) continue;
      changes.compatible(CompatLevel::wire, name(each) + " is gone",
                         "new ends skip it; from them it has the value of a new object", is.where);
      changes.breaking(CompatLevel::source, name(each) + " is gone", "code uses it", "keep it until no code does",
                       is.where);
    }
  };
  compare_members(was.bases, is.bases, "base ");
  compare_members(was.fields, is.fields, "field ");
  compare_order(was, is, changes);
}

void compare_enumerators_in_source(const Enum& was, const Enum& is, Changes& changes) {
  for (const Enumerator& each : was.enumerators) {
    if (find_named(is.enumerators, each.name) == nullptr)
      changes.breaking(CompatLevel::source, "enumerator " + quote(each.name) + " of " + quote(is.name) + " is gone",
                       "code uses it", "keep it beside the new one", is.where);
  }
  if (was.scoped != is.scoped)
    changes.breaking(CompatLevel::source,
                     quote(is.name) + (is.scoped ? " became a scoped enum" : " became an unscoped enum"),
                     "code names its enumerators in the old way", "leave it as it was", is.where);
}

void compare_enum(const Enum& was, const Enum& is, Changes& changes) {
  const auto has_value = [](const Enum& definition, std::int64_t value) {
    return std::ranges::find(definition.enumerators, value, &Enumerator::value) != definition.enumerators.end();
  };
  const auto name = [&](const Enumerator& each) { return "enumerator " + quote(each.name) + " of " + quote(is.name); };
  bool found = false;
  for (const Enumerator& each : was.enumerators) {
    const Enumerator* now = find_named(is.enumerators, each.name);
    if (now != nullptr && now->value != each.value) {
      changes.breaking(CompatLevel::wire,
                       name(each) + ": " + std::to_string(each.value) + " became " + std::to_string(now->value),
                       "an old end means another enumerator by the value", "keep its value", is.where);
      found = true;
    } else if (!has_value(is, each.value) && !is.is_flags) {
      changes.breaking(CompatLevel::wire, name(each) + " is gone", "a new end refuses its value from an old one",
                       "keep it until no old end sends it", is.where);
      found = true;
    }
  }
  for (const Enumerator& each : is.enumerators) {
    if (find_named(was.enumerators, each.name) != nullptr) continue;
    const bool is_alias = has_value(was, each.value);
    changes.compatible(CompatLevel::wire, name(each) + " is new",
                       is_alias ? "its value is known under another name"
                                : "old ends refuse a message that has it; nothing else changes",
                       is.where);
    changes.compatible(CompatLevel::source, name(each) + " is new", "no code uses it yet", is.where);
    found = true;
  }
  const Fit fit = TypeComparison::compare_enums(was, is);
  const bool kind_changed = was.is_flags != is.is_flags;
  const std::string text = quote(is.name) + (is.is_flags ? " became a flags enum" : " is no flags enum any more");
  if (fit.kind == Fit::breaking && (kind_changed || !found))
    changes.breaking(CompatLevel::wire, kind_changed ? text : "the values of " + quote(is.name) + " changed",
                     fit.reason, "leave them as they were", is.where);
  else if (kind_changed)
    changes.compatible(CompatLevel::wire, text, "old ends refuse combinations of values; nothing else changes",
                       is.where);
  compare_enumerators_in_source(was, is, changes);
}

/// Spellings are those of one header or another: only the forms tell whether two types are the same.
Type without_spelling(const Type& type);

std::vector<Box> without_spelling(std::vector<Box> types) {
  for (Box& each : types) each = Box(without_spelling(*each));
  return types;
}

Type without_spelling(const Type& type) {
  const auto bare = [](const Box& box) { return Box(without_spelling(*box)); };
  return {
      std::visit(overloaded{
                     [&](const SequenceOf& s) { return TypeForm(SequenceOf{s.kind, bare(s.element), s.extent}); },
                     [&](const MapOf& m) { return TypeForm(MapOf{m.kind, bare(m.key), bare(m.value)}); },
                     [&](const OptionalOf& o) { return TypeForm(OptionalOf{bare(o.value), o.kind}); },
                     [&](const PairOf& p) { return TypeForm(PairOf{bare(p.first), bare(p.second)}); },
                     [&](const TupleOf& t) { return TypeForm(TupleOf{without_spelling(t.elements)}); },
                     [&](const VariantOf& v) { return TypeForm(VariantOf{without_spelling(v.alternatives), v.kind}); },
                     [&](const SharedOf& s) { return TypeForm(SharedOf{bare(s.object)}); },
                     [&](const AdaptorOf& a) { return TypeForm(AdaptorOf{a.kind, bare(a.container)}); },
                     [](const BitsetOf& form) { return TypeForm(form); },
                     [](const Path& form) { return TypeForm(form); },
                     [](const ErrorCode& form) { return TypeForm(form); },
                     [](const Void& form) { return TypeForm(form); },
                     [](const Scalar& form) { return TypeForm(form); },
                     [](const EnumRef& form) { return TypeForm(form); },
                     [](const RecordRef& form) { return TypeForm(form); },
                     [](const Text& form) { return TypeForm(form); },
                     [](const Monostate& form) { return TypeForm(form); },
                     [](const ComplexOf& form) { return TypeForm(form); },
                     [](const DurationOf& form) { return TypeForm(form); },
                     [](const TimePointOf& form) { return TypeForm(form); },
                     [](const Unsupported& form) { return TypeForm(form); },
                 },
                 type.form),
      ""};
}

}  // namespace

bool same_in_source(const Type& before, const Type& after) {
  return without_spelling(before) == without_spelling(after);
}

std::vector<Change> compare(const Frozen& before, const Frozen& after) {
  Changes changes;
  TypeComparison types(before, after);
  compare_interfaces(before, after, types, changes);
  for (const FrozenRecord& is : after.records) {
    if (const FrozenRecord* was = find_named(before.records, is.name)) compare_record(*was, is, types, changes);
  }
  for (const Enum& is : after.enums) {
    if (const Enum* was = find_named(before.enums, is.name)) compare_enum(*was, is, changes);
  }
  return changes.take();
}

}  // namespace farcall
