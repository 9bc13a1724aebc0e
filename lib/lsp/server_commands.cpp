// The commands of the server: those of its code lenses and of actions that take longer than a menu may.
#include "lsp/relevance.h"
#include "lsp/server.h"

namespace farcall::lsp {

const std::map<std::string, Server::Command>& Server::commands() {
  static const std::map<std::string, Command> table{
      {generate_command, &Server::generate},
      {open_stub_command, &Server::open_stub},
      {make_interface_command, &Server::make_interface},
      {extract_interface_command, &Server::extract_interface},
  };
  return table;
}

void Server::generate(const std::string& path, const json::Array&, const json::Value& id) {
  answer_after(path, id, [this, path]() -> json::Value {
    const Workspace::Generated generated = workspace_.generate(path, Workspace::Source::buffers);
    after_generating(path);
    if (!generated.problem.empty()) throw Refusal(ErrorCode::RequestFailed, generated.problem);
    return nullptr;
  });
}

void Server::open_stub(const std::string& path, const json::Array&, const json::Value& id) {
  const std::string stub = stub_path(path, workspace_.settings().out_dir);
  if (!client_.shows_documents) throw Refusal(ErrorCode::RequestFailed, "the stub is '" + stub + "'");
  connection_.ask("window/showDocument", json::Object{{"uri", uri_of(stub)}, {"takeFocus", true}});
  connection_.reply(id, nullptr);
}

void Server::make_interface(const std::string& path, const json::Array& arguments, const json::Value& id) {
  change_class(path, ClassChange::make_interface, arguments, id);
}

void Server::extract_interface(const std::string& path, const json::Array& arguments, const json::Value& id) {
  change_class(path, ClassChange::extract_interface, arguments, id);
}

void Server::change_class(const std::string& path, ClassChange change, const json::Array& arguments,
                          const json::Value& id) {
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
