#include <filesystem>

#include "lsp/definition.h"
#include "lsp/relevance.h"
#include "lsp/server.h"

namespace farcall::lsp {
namespace {

json::Object capabilities(json::Array commands) {
  return json::Object{
      {"positionEncoding", "utf-16"},
      {"textDocumentSync",
       json::Object{{"openClose", true}, {"change", 1}, {"save", json::Object{{"includeText", false}}}}},
      {"codeActionProvider",
       json::Object{{"codeActionKinds", json::Array{"quickfix", "refactor.rewrite.farcall", "refactor.extract.farcall",
                                                    "source.fixAll.farcall"}}}},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"completionProvider", json::Object{{"triggerCharacters", json::Array{":", "["}}}},
      {"documentSymbolProvider", true},
      {"codeLensProvider", json::Object{{"resolveProvider", false}}},
      {"executeCommandProvider", json::Object{{"commands", std::move(commands)}}}};
}

/// The word around a place; empty: none.
std::string_view word_at(std::string_view text, std::uint32_t offset) {
  const auto is_letter = [](unsigned char each) { return std::isalnum(each) != 0 || each == '_'; };
  std::size_t begin = std::min<std::size_t>(offset, text.size());
  std::size_t end = begin;
  while (begin > 0 && is_letter(static_cast<unsigned char>(text[begin - 1]))) --begin;
  while (end < text.size() && is_letter(static_cast<unsigned char>(text[end]))) ++end;
  return text.substr(begin, end - begin);
}

json::Array names_of(const auto& table) {
  json::Array names;
  for (const auto& [name, what] : table) names.push_back(name);
  return names;
}

json::Value hover_json(const std::optional<HoverText>& hover) {
  if (!hover) return nullptr;
  return json::Object{{"contents", json::Object{{"kind", "markdown"}, {"value", json_of(hover->markdown)}}},
                      {"range", json_of(hover->range)}};
}

/// Where a place is in what is known, which may be about an older text that Clang could parse; nothing if another word
/// stood there.
std::optional<std::uint32_t> offset_in(const StatePtr& good, const Document& document, Position position) {
  if (!good) return std::nullopt;
  const std::uint32_t then = TextLines(good->text).offset_of(position);
  const std::uint32_t now = TextLines(document.text).offset_of(position);
  return word_at(good->text, then) == word_at(document.text, now) ? std::optional(then) : std::nullopt;
}

json::Value hover_in(const StatePtr& good, const Document& document, Position position) {
  const std::uint32_t offset = TextLines(document.text).offset_of(position);
  if (const std::optional<HoverText> attribute = hover_on_attribute(document.text, offset))
    return hover_json(attribute);
  const std::optional<std::uint32_t> then = offset_in(good, document, position);
  return then ? hover_json(hover_on_name(*good, *then)) : nullptr;
}

}  // namespace

const std::map<std::string, Server::Request>& Server::requests() {
  static const std::map<std::string, Request> table{
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shutdown},
      {"textDocument/codeAction", &Server::code_action},
      {"textDocument/hover", &Server::hover},
      {"textDocument/definition", &Server::definition},
      {"textDocument/completion", &Server::completion},
      {"textDocument/documentSymbol", &Server::document_symbol},
      {"textDocument/codeLens", &Server::code_lens},
      {"workspace/executeCommand", &Server::execute_command},
  };
  return table;
}

void Server::initialize(Params params, const json::Value& id) {
  client_ = client_from(params);
  take_settings(member(params, "initializationOptions"), settings_);
  workspace_.configure(settings_, client_.root);
  phase_ = Phase::running;
  connection_.reply(id, json::Object{{"capabilities", capabilities(names_of(commands()))},
                                     {"serverInfo", json::Object{{"name", "farcall"}, {"version", FARCALL_VERSION}}}});
}

void Server::shutdown(Params, const json::Value& id) {
  phase_ = Phase::shut_down;
  connection_.reply(id, nullptr);
}

void Server::code_action(Params params, const json::Value& id) {
  const std::string path = path_of(params);
  ActionQuery query{.range = range_from(member(params, "range")), .only = {}};
  if (const json::Array* only = member(member(params, "context"), "only").getAsArray())
    for (const json::Value& each : *only) query.only.push_back(each.getAsString().value_or("").str());
  const std::string uri = open_document(path).uri;
  answer_after(path, id, [this, path, query, uri]() -> json::Value {
    const StatePtr state = workspace_.newest(path);
    if (!state) return json::Array{};
    if (open_document(path).text != state->text)
      throw Refusal(ErrorCode::ContentModified, "the document has changed meanwhile");
    return answers_.actions(*state, query, uri);
  });
}

void Server::hover(Params params, const json::Value& id) {
  const std::string path = path_of(params);
  const Position position = position_from(member(params, "position"));
  static_cast<void>(open_document(path));  // that it is open is all that matters now
  answer_after(path, id,
               [this, path, position] { return hover_in(workspace_.last_good(path), open_document(path), position); });
}

/// A generated file has no analysis of its own: that of the header tells.
void Server::definition(Params params, const json::Value& id) {
  const std::string path = path_of(params);
  const Position position = position_from(member(params, "position"));
  static_cast<void>(open_document(path));
  const ReadText read = [this](const std::string& file) { return workspace_.text_of(file); };
  if (is_header(path)) {
    answer_after(path, id, [this, path, position, read]() -> json::Value {
      const StatePtr good = workspace_.last_good(path);
      const std::optional<std::uint32_t> offset = offset_in(good, open_document(path), position);
      if (!offset) return nullptr;
      return answers_.places(places_in_code(*good, *offset, stub_path(path, workspace_.settings().out_dir), read));
    });
    return;
  }
  const std::string header = header_of(path, read);
  answer_after(header, id, [this, path, header, position, read]() -> json::Value {
    const StatePtr good = header.empty() ? nullptr : workspace_.known(header);
    if (!good) return nullptr;
    const std::string text = open_document(path).text;
    return answers_.places(places_in_header(*good, text, TextLines(text).offset_of(position), read));
  });
}

void Server::completion(Params params, const json::Value& id) {
  const std::string path = path_of(params);
  const Document document = open_document(path);
  const std::uint32_t offset = TextLines(document.text).offset_of(position_from(member(params, "position")));
  const Completions attributes = complete_attributes(document.text, offset);
  const std::optional<ClientWord> word = client_word(document.text, offset);
  if (!attributes.items.empty() || !word) {
    connection_.reply(id, json_of(attributes, document.text, client_));
    return;
  }
  answer_after(path, id, [this, path, document, word] {
    return json_of(complete_calls(document, path, *word, workspace_), *word, document.text, client_);
  });
}

void Server::document_symbol(Params params, const json::Value& id) {
  const std::string path = path_of(params);
  const std::string uri = open_document(path).uri;
  answer_after(path, id, [this, path, uri]() -> json::Value {
    const StatePtr state = workspace_.last_good(path);
    return state ? answers_.symbols(*state, uri) : json::Array{};
  });
}

void Server::code_lens(Params params, const json::Value& id) {
  const std::string path = path_of(params);
  const std::string uri = open_document(path).uri;
  answer_after(path, id, [this, path, uri]() -> json::Value {
    const StatePtr state = workspace_.last_good(path);
    return state ? answers_.lenses(*state, uri) : json::Array{};
  });
}

void Server::execute_command(Params params, const json::Value& id) {
  const std::string command = text_member(params, "command");
  const auto found = commands().find(command);
  if (found == commands().end()) throw Refusal(ErrorCode::InvalidParams, "farcall has no command '" + command + "'");
  const json::Array* arguments = member(params, "arguments").getAsArray();
  if (arguments == nullptr || arguments->empty())
    throw Refusal(ErrorCode::InvalidParams, "'" + command + "' takes the uri of a header");
  (this->*found->second)(path_from(arguments->front()), *arguments, id);
}

}  // namespace farcall::lsp
