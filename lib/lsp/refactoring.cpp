#include "lsp/refactoring.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "check/check.h"
#include "output/fixes.h"

namespace farcall::lsp {
namespace {

/// The errors that the change makes.
std::vector<Finding> new_errors(const Contract& before, Contract after) {
  const std::vector<Finding> known = check(before).findings;
  std::vector<Finding> found = check(std::move(after)).findings;
  std::erase_if(found, [&](const Finding& each) {
    return each.severity != Severity::error || std::ranges::any_of(known, [&](const Finding& other) {
             return other.id == each.id && other.text == each.text && other.where == each.where;
           });
  });
  return found;
}

/// The first way out that changes this header alone; null: there is none.
const Fix* way_out(const Finding& finding, const SourceFile& file) {
  const auto is_possible = [&](const Fix& fix) {
    return std::ranges::all_of(fix.edits, [&](const Edit& edit) { return edit.where.file == file.path; });
  };
  const auto found = std::ranges::find_if(finding.fixes, is_possible);
  return found == finding.fixes.end() ? nullptr : &*found;
}

}  // namespace

void make_good(Refactoring& change, const Contract& before, Contract after, const SourceFile& file) {
  if (!change.obstacle.empty()) return;
  const SourceFiles sources{{file.path, file}};
  FixSet together;
  together.add(change.fix, sources);
  for (const Finding& error : new_errors(before, std::move(after))) {
    const Fix* fix = way_out(error, file);
    if (fix == nullptr || together.add(*fix, sources) != FixSet::Answer::taken) {
      change.obstacle = error.text;
      return;
    }
    change.fix.edits.insert(change.fix.edits.end(), fix->edits.begin(), fix->edits.end());
  }
}

Contract with_method(Contract contract, const Method& method, const std::function<void(Method&)>& change) {
  for (Interface& interface : contract.interfaces)
    for (Method& each : interface.methods)
      if (each.declaration == method.declaration) change(each);
  return contract;
}

Attribute imagined(AttributeKind kind, const std::string& argument, const SourceRef& where) {
  Attribute made{.kind = kind, .where = where};
  if (!argument.empty())
    made.arguments.push_back({.value = argument, .spelling = '"' + argument + '"', .where = where});
  return made;
}

}  // namespace farcall::lsp
