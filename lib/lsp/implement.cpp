#include "lsp/implement.h"

#include <filesystem>

#include "output/fixes.h"
#include "scaffold/missing.h"
#include "scaffold/skeleton.h"

namespace farcall::lsp {
namespace {

namespace fs = std::filesystem;

std::string name_of(const std::string& path) { return "'" + fs::path(path).filename().string() + "'"; }

bool is_there(const std::string& path, const Workspace& workspace) {
  std::error_code error;
  return workspace.document(path) || fs::exists(path, error);
}

/// From `class` to before `{`.
bool is_at_head(const Interface& interface, const HeaderState& state, const Range& range) {
  const SourceRef& begin = interface.declaration;
  const SourceRef& end = interface.bases_end;
  return begin.file == state.path && end.file == state.path &&
         meet(TextLines(state.text).range_of(begin.begin, end.end), range);
}

Action implement(const Interface& interface, const HeaderState& state, const Workspace& workspace) {
  Action action{.title = "implement '" + interface.name + "'", .kind = implement_kind};
  action.obstacle = obstacle_to_serving(state.outcome->contract, interface);
  if (!state.outcome->plan) action.obstacle = name_of(state.path) + " has errors";
  if (!action.obstacle.empty()) return action;
  GeneratedFile file = server_class(state.outcome->contract, interface);
  if (is_there(file.path, workspace)) action.obstacle = name_of(file.path) + " exists";
  action.changes.push_back({.path = file.path,
                            .version = std::nullopt,
                            .edits = {{Range{}, with_line_ends_of(state.text, file.contents)}},
                            .is_new = true});
  return action;
}

/// Nothing if the text has changed meanwhile.
std::optional<Action> implement_missing(const Unfinished& unfinished, const HeaderState& state,
                                        const Workspace& workspace) {
  const std::size_t count = pure_methods(unfinished.type).size();
  const std::string methods = count == 1 ? "missing method" : std::to_string(count) + " missing methods";
  const Fix fix{.title = "implement the " + methods + " of '" + unfinished.type.name + "'",
                .edits = missing_methods(unfinished, state.text)};
  auto changes = edits_of(fix, {{state.path, {.path = state.path, .text = state.text}}}, workspace);
  if (!changes) return std::nullopt;
  return Action{.title = fix.title, .kind = implement_kind, .changes = std::move(*changes)};
}

/// The class as a whole, if it stands there itself.
bool is_within(const Unfinished& unfinished, const HeaderState& state, const Range& range) {
  const SourceRef& whole = unfinished.type.declaration;
  return whole.file == state.path && state.text.substr(whole.begin, whole.end - whole.begin).ends_with('}') &&
         meet(TextLines(state.text).range_of(whole.begin, whole.end), range);
}

}  // namespace

std::vector<Action> implementations(const HeaderState& state, const ActionQuery& query, const Workspace& workspace) {
  std::vector<Action> all;
  for (const Interface& interface : state.outcome->contract.interfaces)
    if (is_at_head(interface, state, query.range)) all.push_back(implement(interface, state, workspace));
  for (const Unfinished& each : state.outcome->contract.unfinished)
    if (is_within(each, state, query.range))
      if (auto action = implement_missing(each, state, workspace)) all.push_back(std::move(*action));
  return all;
}

}  // namespace farcall::lsp
