// What the server says about a header, as the protocol has it.
//
//   connection.notify("textDocument/publishDiagnostics", answers.diagnostics(*state, document));
#pragma once

#include <string>

#include "lsp/definition.h"
#include "lsp/rule_pages.h"
#include "lsp/values.h"
#include "lsp/workspace.h"

namespace farcall::lsp {

inline constexpr const char* generate_command = "farcall.generate";
inline constexpr const char* open_stub_command = "farcall.openStub";  ///< perhaps with the class that is to be shown
inline constexpr const char* open_contract_command = "farcall.openContract";
inline constexpr const char* make_interface_command = "farcall.makeInterface";
inline constexpr const char* extract_interface_command = "farcall.extractInterface";

/// For one thread.
class Answers {
 public:
  /// Both outlive this.
  Answers(const Workspace& workspace, const Client& client) : workspace_(workspace), client_(client) {}

  json::Value diagnostics(const HeaderState& state, const Document& document);
  /// A change of a header, for workspace/applyEdit.
  [[nodiscard]] json::Value edit_of(const std::vector<FileEdits>& changes) const;

  json::Value actions(const HeaderState& state, const ActionQuery& query, const std::string& uri);
  [[nodiscard]] json::Value symbols(const HeaderState& state, const std::string& uri) const;
  [[nodiscard]] json::Value lenses(const HeaderState& state, const std::string& uri) const;

  /// As locations, where there are any.
  [[nodiscard]] json::Value places(const std::vector<Place>& places) const;

 private:
  json::Value json_of(const Diagnostic& diagnostic);
  json::Value json_of(const Action& action, const HeaderState& state, const std::string& uri);

  /// As the client spells it, if it has the document open.
  [[nodiscard]] std::string uri_for(const std::string& path) const;

  const Workspace& workspace_;
  const Client& client_;
  RulePages pages_;
};

/// A command of the server, with the document it is about, and what more it has to be told.
json::Value command_json(const std::string& title, const char* command, const std::string& uri,
                         const std::string& detail = "");

}  // namespace farcall::lsp
