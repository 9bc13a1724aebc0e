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

Action implement_missing(const Unfinished& unfinished, const HeaderState& state, const Workspace& workspace) {
  const std::size_t count = pure_methods(unfinished.type).size();
  const std::string methods = count == 1 ? "missing method" : std::to_string(count) + " missing methods";
  FileEdits changes{.path = state.path, .version = std::nullopt, .edits = {}};
  if (const std::optional<Document> open = workspace.document(state.path)) changes.version = open->version;
  const TextLines lines(state.text);
  for (const Edit& each : missing_methods(unfinished, state.text))
    changes.edits.push_back(
        {lines.range_of(each.where.begin, each.where.end), with_line_ends_of(state.text, each.text)});
  return {.title = "implement the " + methods + " of '" + unfinished.type.name + "'",
          .kind = implement_kind,
          .changes = {std::move(changes)}};
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
    if (is_within(each, state, query.range)) all.push_back(implement_missing(each, state, workspace));
  return all;
}

}  // namespace farcall::lsp
