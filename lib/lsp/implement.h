// Code of the user's own that an interface asks for: the class that serves it, in a new file, and the methods that such
// a class lacks.
//
//   for (Action& each : implementations(*state, query, workspace)) offer(each.title);      // "implement 'Lamp'"
#pragma once

#include <vector>

#include "lsp/actions.h"

namespace farcall::lsp {

/// The kind of these actions. The protocol has none for code that is written anew, and editors show "source" apart from
/// what they offer at the cursor.
inline constexpr const char* implement_kind = "refactor.rewrite.farcall";

/// For the interfaces between whose `class` and `{` the query is, and the unfinished classes that it is in. Whether the
/// client can create files does not matter here.
std::vector<Action> implementations(const HeaderState& state, const ActionQuery& query, const Workspace& workspace);

}  // namespace farcall::lsp
