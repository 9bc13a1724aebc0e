// Farcall's values as JSON, and what the params of messages say. Whatever is not as the protocol has it is refused.
//
//   const std::string path = path_of(params);                  // of params.textDocument.uri
//   return json::Object{{"range", json_of(range)}};
#pragma once

#include <string>
#include <vector>

#include "lsp/actions.h"
#include "lsp/attribute_lists.h"
#include "lsp/call_completions.h"
#include "lsp/diagnostics.h"
#include "lsp/navigation.h"
#include "lsp/positions.h"
#include "lsp/protocol.h"
#include "lsp/settings.h"

namespace farcall::lsp {

/// What the client can do, as far as it matters.
struct Client {
  bool has_document_changes = false;
  bool creates_files = false;  ///< by such changes
  bool has_related_information = false;
  bool has_action_literals = false;
  bool shows_disabled_actions = false;
  bool has_symbol_trees = false;
  bool has_snippets = false;
  bool applies_edits = false;
  bool shows_documents = false;
  bool refreshes_lenses = false;
  bool watches_files = false;
  std::string root;  ///< the folder of the project; empty: none was named
};

Client client_from(const json::Value& initialize);

/// Changes what is named. What is wrong is logged and left as it was.
void take_settings(const json::Value& from, Settings& settings);

/// The member of an object, or null.
const json::Value& member(const json::Value& object, llvm::StringRef name);
std::string text_member(const json::Value& object, llvm::StringRef name);

/// Throws unless it names a file.
std::string path_from(const json::Value& uri);
/// Of params.textDocument.
std::string path_of(const json::Value& params);
Position position_from(const json::Value& value);
Range range_from(const json::Value& value);

/// "file:///home/me/lamp.h"; empty for a path that cannot be one.
std::string uri_of(const std::string& path);

/// Text that may hold anything.
json::Value json_of(const std::string& text);
json::Value json_of(Position position);
json::Value json_of(Range range);
json::Value json_of(const Symbol& symbol);

/// As SymbolInformation, for clients without trees.
json::Value flat_json_of(const Symbol& symbol, const std::string& uri, const std::string& container);

/// They take the place of the word.
json::Value json_of(const std::vector<CallCompletion>& calls, const ClientWord& word, const std::string& text,
                    const Client& client);

json::Value json_of(const Completions& completions, const std::string& text, const Client& client);

}  // namespace farcall::lsp
