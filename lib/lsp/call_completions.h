// Calls as they are being typed: whoever begins a line with the name of a generated client is offered a call of each of
// its methods, with all that belongs to it.
//
//   if (const std::optional<ClientWord> word = client_word(text, offset))
//     for (const CallCompletion& each : complete_calls(document, path, *word, workspace)) offer(each.label);
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lsp/actions.h"
#include "lsp/workspace.h"
#include "scaffold/call.h"

namespace farcall::lsp {

/// What may become the name of a client: "home::Therm".
struct ClientWord {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string typed;   ///< up to the cursor
  std::string indent;  ///< of its line
};

/// The word at the cursor, where nothing else stands before it in its line of a text that includes generated code.
std::optional<ClientWord> client_word(std::string_view text, std::uint32_t offset);

struct CallCompletion {
  std::string label;   ///< "ThermostatClient: call history"
  std::string detail;  ///< the method
  std::string filter;  ///< what the word is the beginning of
  CallExample example;
  std::vector<TextEdit> includes;
};

/// For the clients that begin with the word, of the headers whose generated code the document includes. Those that are
/// not open are parsed for it.
std::vector<CallCompletion> complete_calls(const Document& document, const std::string& path, const ClientWord& word,
                                           const Workspace& workspace);

}  // namespace farcall::lsp
