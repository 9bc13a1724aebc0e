// Where comparisons put what they find.
//
//   changes.breaking(CompatLevel::wire, "method 'stop' is gone", "calls of old clients fail", "keep it …", where);
#pragma once

#include <utility>

#include "compat/compare.h"
#include "compat/types.h"

namespace farcall {

class Changes {
 public:
  void compatible(CompatLevel level, std::string text, std::string reason, const SourceRef& where) {
    all_.push_back({level, false, std::move(text), std::move(reason), {}, where});
  }
  void breaking(CompatLevel level, std::string text, std::string reason, std::string way_out, const SourceRef& where) {
    all_.push_back({level, true, std::move(text), std::move(reason), std::move(way_out), where});
  }
  std::vector<Change> take() { return std::move(all_); }

 private:
  std::vector<Change> all_;
};

inline std::string quote(const std::string& name) { return "'" + name + "'"; }

/// "'int' became 'short'", in the spelling of the headers, unless an alias hides the difference.
inline std::string became(const Type& before, const Type& after) {
  const bool alike = before.spelling == after.spelling;
  return quote(alike ? describe(before) : before.spelling) + " became " +
         quote(alike ? describe(after) : after.spelling);
}

/// Whether both are the same C++ type, under whatever alias.
bool same_in_source(const Type& before, const Type& after);

/// The numbers and names of one scope: parameters of a method or fields of a record. True if `member` may have its
/// number and its name; if not, the change was reported. `scope` is "of 'history'".
template <class Scope, class Named>
bool may_be_new(const Scope& was, const std::vector<Named>& members, const Named& member, const std::string& what,
                Changes& changes) {
  if (find_named(was.removed, member.name) != nullptr) {
    changes.breaking(CompatLevel::wire, what + " has the name of one that was removed",
                     "what an old end means by the name would be taken for the new one",
                     "give it a name of its own, with [[rpc::name(\"…\")]] if the C++ name is to stay", member.where);
    return false;
  }
  const auto taken = [&](const auto& others) {
    for (const auto& other : others) {
      if (other.number != member.number || other.name == member.name) continue;
      changes.breaking(
          CompatLevel::wire,
          what + " has the number " + std::to_string(member.number) + ", which was that of " + quote(other.name),
          "an old end would take one for the other",
          "keep the frozen contract beside the header: farcall generate --freeze makes it", member.where);
      return true;
    }
    return false;
  };
  return !taken(members) && !taken(was.removed);
}

/// Reports a number that is not the old one. Only without a frozen contract can that be.
template <class Named>
void compare_numbers(const Named& was, const Named& is, const std::string& what, Changes& changes) {
  if (was.number == is.number) return;
  changes.breaking(CompatLevel::wire,
                   what + ": its number " + std::to_string(was.number) + " became " + std::to_string(is.number),
                   "an old end would take it for something else",
                   "keep the frozen contract beside the header: farcall generate --freeze makes it", is.where);
}

void compare_interfaces(const Frozen& before, const Frozen& after, TypeComparison& types, Changes& changes);

}  // namespace farcall
