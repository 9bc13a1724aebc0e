#include "lsp/refactoring.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "check/check.h"
#include "output/fixes.h"

namespace farcall::lsp {
namespace {

/// The errors that the change makes.
std::vector<Finding> new_errors(const std::vector<Finding>& known, Contract after) {
  std::vector<Finding> found = check(std::move(after)).findings;
  std::erase_if(found, [&](const Finding& each) {
    return each.severity != Severity::error || std::ranges::any_of(known, [&](const Finding& other) {
             return other.id == each.id && other.text == each.text && other.where == each.where;
           });
  });
  return found;
}

}  // namespace

void make_good(Refactoring& change, const HeaderNow& header, Contract after) {
  if (!change.obstacle.empty()) return;
  const SourceFiles sources{{header.file.path, header.file}};
  FixSet together;
  together.add(change.fix, sources);
  for (const Finding& error : new_errors(header.findings, std::move(after))) {
    const Fix* fix = fix_within(error, header.file.path);
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
