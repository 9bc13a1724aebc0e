#include "lsp/mode_changes.h"

#include <algorithm>
#include <array>

#include "check/check.h"
#include "driver/annotate.h"
#include "model/attributes.h"
#include "model/meaning.h"
#include "output/fixes.h"

namespace farcall::lsp {
namespace {

constexpr std::array modes{Mode::call, Mode::async, Mode::maybe, Mode::message};

bool is_mode(const Attribute& attribute) { return gives_mode(attribute.kind); }

/// The edit of the attribute alone. annotate() knows methods by name: in a header with errors that may be another one.
Annotated attribute_edit(const Contract& contract, const Interface& interface, const Method& method, Mode wanted) {
  const bool removes = wanted == Mode::call;
  const AttributeKind kind = attribute_of(removes ? mode_of(interface, method) : wanted);
  if (removes && !has(method.attributes, kind))
    return {{}, "'" + interface.name + "' is " + std::string(attribute_spec(kind).name) + " as a whole"};
  Annotated made = annotate(contract, {.target = interface.qualified_name + "::" + wire_name(method),
                                       .kind = kind,
                                       .attribute = std::string(attribute_spec(kind).name),
                                       .removes = removes});
  const auto is_of_method = [&](const Edit& edit) { return edit.where.lies_in(method.declaration); };
  if (!std::ranges::all_of(made.edits, is_of_method))
    return {{}, "its name on the wire, '" + wire_name(method) + "', is that of another one, too"};
  return made;
}

/// The contract with the method in that mode, also where it is inherited. No fix edits the new attribute: it has no
/// place of its own.
Contract changed(Contract contract, const Method& method, AttributeKind kind) {
  for (Interface& interface : contract.interfaces) {
    for (Method& each : interface.methods) {
      if (each.declaration != method.declaration) continue;
      std::erase_if(each.attributes, is_mode);
      if (kind != AttributeKind::unknown) each.attributes.push_back({.kind = kind, .where = each.where});
    }
  }
  return contract;
}

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

std::vector<ModeChange> mode_changes(const Contract& contract, const Interface& interface, const Method& method,
                                     const SourceFile& file) {
  const SourceFiles sources{{file.path, file}};
  std::vector<ModeChange> changes;
  if (std::ranges::count_if(method.attributes, is_mode) > 1) return changes;  // it contradicts itself
  for (const Mode wanted : modes) {
    if (wanted == mode_of(interface, method)) continue;
    Annotated made = attribute_edit(contract, interface, method, wanted);
    ModeChange change{
        .fix = {.title = "make '" + method.name + "' " + std::string(describe(wanted)), .edits = std::move(made.edits)},
        .obstacle = std::move(made.problem)};
    FixSet together;
    together.add(change.fix, sources);
    for (const Finding& error : new_errors(contract, changed(contract, method, attribute_of(wanted)))) {
      const Fix* fix = change.obstacle.empty() ? way_out(error, file) : nullptr;
      if (fix != nullptr && together.add(*fix, sources) == FixSet::Answer::taken)
        change.fix.edits.insert(change.fix.edits.end(), fix->edits.begin(), fix->edits.end());
      else if (change.obstacle.empty())
        change.obstacle = error.text;
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace farcall::lsp
