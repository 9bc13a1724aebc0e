#include "lsp/actions.h"

#include <algorithm>

#include "lsp/implement.h"
#include "lsp/refactorings.h"
#include "lsp/relevance.h"
#include "output/fixes.h"

namespace farcall::lsp {
namespace {

constexpr const char* quick_fix = "quickfix";
constexpr const char* fix_all = "source.fixAll.farcall";
constexpr const char* rewrite = "refactor.rewrite.farcall";
constexpr const char* extract = "refactor.extract.farcall";

/// "source" asks for "source.fixAll.farcall", too.
bool is_wanted(const std::string& kind, const std::vector<std::string>& only) {
  return only.empty() || std::ranges::any_of(only, [&](const std::string& asked) {
           return asked.empty() || kind == asked || kind.starts_with(asked + ".");
         });
}

/// The first fix of each finding, as far as they go together.
Fix fix_of_all(const Outcome& outcome) {
  FixSet taken;
  Fix all{.title = "fix everything that can be fixed", .edits = {}};
  for (const Finding& finding : outcome.findings) {
    if (finding.fixes.empty()) continue;
    const Fix& first = finding.fixes.front();
    if (taken.add(first, outcome.sources) != FixSet::Answer::taken) continue;
    for (const Edit& edit : first.edits)
      if (std::ranges::find(all.edits, edit) == all.edits.end()) all.edits.push_back(edit);
  }
  return all;
}

std::vector<Action> refactorings(const HeaderState& state, const ActionQuery& query, const Workspace& workspace) {
  std::vector<Action> all;
  const SourceFiles sources{{state.path, {.path = state.path, .text = state.text}}};
  for (Refactoring& each : refactorings_at(state, query.range)) {
    auto changes = edits_of(each.fix, sources, workspace);
    if (!changes) continue;
    all.push_back({.title = each.fix.title,
                   .kind = rewrite,
                   .changes = std::move(*changes),
                   .obstacle = std::move(each.obstacle)});
  }
  return all;
}

std::vector<Action> class_actions(const HeaderState& state, const ActionQuery& query) {
  std::vector<Action> all;
  if (!is_header(state.path)) return all;  // who would include it
  const std::uint32_t place = TextLines(state.text).offset_of(query.range.begin);
  for (ClassOffer& each : class_changes_at(state.text, place)) {
    const char* kind = each.change == ClassChange::make_interface ? rewrite : extract;
    if (is_wanted(kind, query.only))
      all.push_back({.title = each.title, .kind = kind, .deed = Deed::change_class, .class_offer = std::move(each)});
  }
  return all;
}

}  // namespace

std::vector<Action> actions_for(const HeaderState& state, const ActionQuery& query, const Workspace& workspace) {
  std::vector<Action> all;
  if (!state.outcome) return all;
  const auto add_fix = [&](const Fix& fix, Action action) {
    std::optional<std::vector<FileEdits>> changes = edits_of(fix, state.outcome->sources, workspace);
    if (!changes || changes->empty()) return;
    action.title = fix.title;
    action.changes = std::move(*changes);
    all.push_back(std::move(action));
  };
  for (const Diagnostic& each : diagnostics_of(state)) {
    if (!is_wanted(quick_fix, query.only) || !meet(each.range, query.range)) continue;
    if (each.is_outdated())
      all.push_back({.title = "generate stubs", .kind = quick_fix, .deed = Deed::generate, .resolves = each});
    if (each.finding == nullptr) continue;
    for (const Fix& fix : each.finding->fixes)
      add_fix(fix, {.kind = quick_fix, .is_preferred = each.finding->fixes.size() == 1, .resolves = each});
  }
  if (is_wanted(implement_kind, query.only))
    for (Action& each : implementations(state, query, workspace)) all.push_back(std::move(each));
  if (is_wanted(rewrite, query.only))
    for (Action& each : refactorings(state, query, workspace)) all.push_back(std::move(each));
  for (Action& each : class_actions(state, query)) all.push_back(std::move(each));
  // Not in the menu of quick fixes: editors ask for it by name, on save for example.
  const bool asks_for_all = !query.only.empty() && is_wanted(fix_all, query.only);
  if (asks_for_all) add_fix(fix_of_all(*state.outcome), {.kind = fix_all});
  return all;
}

}  // namespace farcall::lsp
