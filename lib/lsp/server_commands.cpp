// The commands of the server: those of its code lenses and of actions that take longer than a menu may.
#include "driver/frozen_file.h"
#include "lsp/definition.h"
#include "lsp/relevance.h"
#include "lsp/server.h"

namespace farcall::lsp {

const std::map<std::string, Server::Command>& Server::commands() {
  static const std::map<std::string, Command> table{
      {generate_command, &Server::generate_stub},
      {open_contract_command, &Server::open_contract},
      {open_stub_command, &Server::open_stub},
      {make_interface_command, &Server::make_interface},
      {extract_interface_command, &Server::extract_interface},
  };
  return table;
}

void Server::generate_stub(const std::string& path, Arguments, const json::Value& id) {
  answer_after(path, id, [this, path]() -> json::Value {
    const Workspace::Generated generated = workspace_.generate(path, Workspace::Source::buffers);
    after_generating(path);
    if (!generated.problem.empty()) throw Refusal(ErrorCode::RequestFailed, generated.problem);
    return nullptr;
  });
}

void Server::open_stub(const std::string& path, Arguments arguments, const json::Value& id) {
  const std::string stub = stub_path(path, workspace_.settings().out_dir);
  if (!client_.shows_documents) throw Refusal(ErrorCode::RequestFailed, "the stub is '" + stub + "'");
  const std::optional<std::string> text = workspace_.text_of(stub);
  if (!text) throw Refusal(ErrorCode::RequestFailed, "'" + stub + "' is not generated yet");
  std::optional<Range> selection;
  if (arguments.size() > 1) selection = place_of_class(*text, arguments[1].getAsString().value_or("").str());
  show(stub, selection);
  connection_.reply(id, nullptr);
}

/// Who cannot be shown it is told where the header breaks it first.
void Server::open_contract(const std::string& path, Arguments, const json::Value& id) {
  answer_after(path, id, [this, path]() -> json::Value {
    const FrozenFile contract = find_frozen(path, workspace_.settings().out_dir, "");
    if (!contract.exists) throw Refusal(ErrorCode::RequestFailed, no_contract(contract.path));
    const StatePtr state = workspace_.newest(path);
    const Finding* broken = state && state->outcome ? broken_promise(*state->outcome) : nullptr;
    if (client_.shows_documents) {
      show(contract.path, std::nullopt);
    } else if (broken != nullptr) {
      connection_.notify("window/showMessage",
                         json::Object{{"type", static_cast<int>(llvm::lsp::MessageType::Warning)},
                                      {"message", json_of(broken->where.file + ":" +
                                                          std::to_string(broken->where.line) + ": " + broken->text)}});
    }
    return nullptr;
  });
}

void Server::show(const std::string& path, const std::optional<Range>& selection) {
  json::Object params{{"uri", uri_of(path)}, {"takeFocus", true}};
  if (selection) params["selection"] = json_of(*selection);
  connection_.ask("window/showDocument", std::move(params));
}

void Server::make_interface(const std::string& path, Arguments arguments, const json::Value& id) {
  change_class(path, ClassChange::make_interface, arguments, id);
}

void Server::extract_interface(const std::string& path, Arguments arguments, const json::Value& id) {
  change_class(path, ClassChange::extract_interface, arguments, id);
}

void Server::change_class(const std::string& path, ClassChange change, Arguments arguments, const json::Value& id) {
  const std::optional<std::int64_t> version = arguments.size() < 3 ? std::nullopt : arguments[1].getAsInteger();
  const std::optional<std::int64_t> line = arguments.size() < 3 ? std::nullopt : arguments[2].getAsInteger();
  if (!version || !line || *line < 1 || *line > UINT32_MAX)
    throw Refusal(ErrorCode::InvalidParams, "a class is named by the version of its document and its line, from 1");
  if (!client_.applies_edits) throw Refusal(ErrorCode::RequestFailed, "this editor does not take edits from a server");
  answer_after(path, id, [this, path, change, version, line]() -> json::Value {
    const Document document = open_document(path);
    if (document.version != *version) throw Refusal(ErrorCode::ContentModified, "the document has changed meanwhile");
    const NewText made = workspace_.change_class(path, change, static_cast<std::uint32_t>(*line));
    if (!made.problem.empty()) throw Refusal(ErrorCode::RequestFailed, made.problem);
    connection_.ask("workspace/applyEdit",
                    json::Object{{"edit", answers_.edit_of({edits_to(made.text, path, document)})}});
    return nullptr;
  });
}

}  // namespace farcall::lsp
