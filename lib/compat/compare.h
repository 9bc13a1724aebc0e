// compat: what changed from one version of a contract to the next, and whom it breaks.
//
//   for (const Change& change : compare(before, after))
//     if (change.breaking && change.level == CompatLevel::wire) …     // docs/evolution.md has the rules
//
// On the wire a change is compatible if all that old ends could say to each other still works, in the tagged encoding,
// when one of them is replaced by a new one. What only the new version can say may be refused by an old end, with an
// error that says so, but is never taken for something else. In the source a change is compatible if code that calls
// the client or implements the interface still compiles and does the same.
#pragma once

#include <string>
#include <vector>

#include "model/frozen.h"

namespace farcall {

enum class CompatLevel : std::uint8_t { wire, source };

struct Change {
  CompatLevel level = CompatLevel::wire;
  bool breaking = false;
  std::string text;     ///< "parameter 'days' of 'history': 'int' became 'short'"
  std::string reason;   ///< a clause: "values of an old end may not fit"
  std::string way_out;  ///< for a breaking one, imperative: "keep the type, and …"
  SourceRef where;      ///< in the header as it is now; of what is gone: where it was a part of
  bool operator==(const Change&) const = default;
};

/// Every change at both levels, in the order of the header. `before` need not have places.
std::vector<Change> compare(const Frozen& before, const Frozen& after);

}  // namespace farcall
