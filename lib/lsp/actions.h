// What can be done about a range of a header: the fixes of its findings, generating its code, what its methods
// could be instead, and what serves it. Edits are made for the texts that were analysed, and are offered only while
// every file still has that text.
//
//   for (const Action& each : actions_for(*state, {.range = range, .only = {"quickfix"}}, workspace))
//   offer(each.title);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "lsp/class_changes.h"
#include "lsp/diagnostics.h"
#include "lsp/file_edits.h"
#include "lsp/workspace.h"

namespace farcall::lsp {

enum class Deed : std::uint8_t { edit, generate, change_class };

struct Action {
  std::string title;
  std::string kind;  ///< as the protocol calls it: "quickfix"
  Deed deed = Deed::edit;
  bool is_preferred = false;  ///< it is the only way out
  std::optional<Diagnostic> resolves;
  std::vector<FileEdits> changes;         ///< of an edit
  std::optional<ClassOffer> class_offer;  ///< of a changed class
  std::string obstacle;                   ///< why it cannot be done, to be shown; empty: it can
};

struct ActionQuery {
  Range range;
  std::vector<std::string> only;  ///< kinds that are asked for, each with those below it; empty: all
};

std::vector<Action> actions_for(const HeaderState& state, const ActionQuery& query, const Workspace& workspace);

}  // namespace farcall::lsp
