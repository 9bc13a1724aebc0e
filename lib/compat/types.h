// Whether a value written as one type can be read as another, in the tagged encoding.
//
//   TypeComparison types(before, after);
//   types.compare(int32, int64).kind        // Fit::compatible: every int32 is an int64
#pragma once

#include <set>
#include <string>
#include <utility>

#include "model/frozen.h"

namespace farcall {

/// How the old type and the new one get along; `reason` is a clause.
struct Fit {
  enum Kind : std::uint8_t { same, compatible, breaking };
  Kind kind = same;
  std::string reason;
};

/// The worse of two; the first if they are equally bad.
Fit worse(const Fit& a, const Fit& b);

class TypeComparison {
 public:
  TypeComparison(const Frozen& before, const Frozen& after) : before_(before), after_(after) {}

  /// Records and enums with the same name count as the same: what changed in them is a change of theirs.
  Fit compare(const Type& before, const Type& after) { return compare(before, after, false); }

  static Fit compare_enums(const Enum& before, const Enum& after);

  /// How records fare one of which has a codec of the user.
  static Fit compare_codecs(const FrozenRecord& before, const FrozenRecord& after);

 private:
  Fit compare(const Type& before, const Type& after, bool single);
  Fit compare_optional(const OptionalOf* before, const OptionalOf* after, const Type& old_type, bool single);
  Fit compare_unlike(const Type& before, const Type& after);
  Fit compare_elements(const std::vector<const Type*>& before, const std::vector<const Type*>& after);
  Fit compare_records(const FrozenRecord& before, const FrozenRecord& after);

  Fit fit(const Void&, const Void&) { return {}; }
  Fit fit(const Scalar& before, const Scalar& after);
  Fit fit(const EnumRef& before, const EnumRef& after);
  Fit fit(const RecordRef& before, const RecordRef& after);
  Fit fit(const Text&, const Text&) { return {}; }
  Fit fit(const SequenceOf& before, const SequenceOf& after);
  Fit fit(const MapOf& before, const MapOf& after);
  Fit fit(const SharedOf& before, const SharedOf& after) { return compare(*before.object, *after.object, true); }
  Fit fit(const AdaptorOf&, const AdaptorOf&) { return {}; }  // compare() looks at their containers
  Fit fit(const BitsetOf& before, const BitsetOf& after);
  Fit fit(const Path&, const Path&) { return {}; }
  Fit fit(const ErrorCode&, const ErrorCode&) { return {}; }
  Fit fit(const OptionalOf&, const OptionalOf&) { return {}; }  // compare_optional() has them
  Fit fit(const PairOf& before, const PairOf& after);
  Fit fit(const TupleOf& before, const TupleOf& after);
  Fit fit(const VariantOf& before, const VariantOf& after);
  Fit fit(const Monostate&, const Monostate&) { return {}; }
  Fit fit(const ComplexOf& before, const ComplexOf& after);
  Fit fit(const DurationOf& before, const DurationOf& after);
  Fit fit(const TimePointOf& before, const TimePointOf& after);
  Fit fit(const Unsupported&, const Unsupported&) { return {}; }  // check refuses them

  const Frozen& before_;
  const Frozen& after_;
  std::set<std::pair<std::string, std::string>> open_;  // pairs of records whose comparison has begun
};

}  // namespace farcall
