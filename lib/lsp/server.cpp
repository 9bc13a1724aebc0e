#include "lsp/server.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

namespace farcall::lsp {
namespace {

/// For Schedule::cancel: 7 and "7" are two ids.
std::string name_of(const json::Value& id) {
  std::string name;
  llvm::raw_string_ostream(name) << id;
  return name;
}

/// A text after one change. Clients are told to send whole texts, but what some of them send all the same is
/// understood.
std::string changed(const std::string& text, const json::Value& change) {
  std::string written = text_member(change, "text");
  if (member(change, "range").kind() == json::Value::Null) return written;
  const TextLines lines(text);
  const Range range = range_from(member(change, "range"));
  const std::uint32_t begin = lines.offset_of(range.begin);
  const std::uint32_t end = std::max(begin, lines.offset_of(range.end));
  return text.substr(0, begin) + written + text.substr(end);
}

}  // namespace

Server::Server(std::FILE* in, int out)
    : connection_(in, out),
      answers_(workspace_, client_),
      schedule_([this](const std::string& path) { analyse(path); }) {}

int Server::run() {
  bool is_over = false;
  connection_.run([&](const Message& message) {
    is_over = !handle(message);
    return !is_over;
  });
  return is_over && phase_ == Phase::shut_down ? 0 : 1;
}

bool Server::handle(const Message& message) {
  if (!message.id && message.method == "exit") return false;
  try {
    if (message.id)
      dispatch(message);
    else
      handle_notification(message);
  } catch (const Refusal& why) {
    if (message.id)
      connection_.refuse(*message.id, why);
    else
      spdlog::warn("{}: {}", message.method, why.what());
  }
  return true;
}

void Server::dispatch(const Message& message) {
  const bool is_first = message.method == "initialize";
  if (phase_ == Phase::fresh && !is_first) throw Refusal(ErrorCode::ServerNotInitialized, "initialize comes first");
  if (phase_ == Phase::running && is_first) throw Refusal(ErrorCode::InvalidRequest, "initialize comes only once");
  if (phase_ == Phase::shut_down) throw Refusal(ErrorCode::InvalidRequest, "nothing but exit comes after shutdown");
  const auto request = requests().find(message.method);
  if (request == requests().end())
    throw Refusal(ErrorCode::MethodNotFound, "farcall does not know the method '" + message.method + "'");
  (this->*request->second)(message.params, *message.id);
}

void Server::handle_notification(const Message& message) {
  if (phase_ != Phase::running) return;
  const auto notification = notifications().find(message.method);
  if (notification != notifications().end())
    (this->*notification->second)(message.params);
  else if (!message.method.starts_with("$/"))  // those may be ignored
    spdlog::warn("farcall does not know the notification '{}'", message.method);
}

const std::map<std::string, Server::Notification>& Server::notifications() {
  static const std::map<std::string, Notification> table{
      {"initialized", &Server::initialized},
      {"$/cancelRequest", &Server::cancel},
      {"textDocument/didOpen", &Server::did_open},
      {"textDocument/didChange", &Server::did_change},
      {"textDocument/didSave", &Server::did_save},
      {"textDocument/didClose", &Server::did_close},
      {"workspace/didChangeWatchedFiles", &Server::did_change_watched_files},
      {"workspace/didChangeConfiguration", &Server::did_change_configuration},
  };
  return table;
}

void Server::initialized(Params) {
  if (!client_.watches_files) return;
  json::Array watchers;
  for (const char* pattern : {"**/*.{h,hh,hpp,hxx,h++,inl,ipp,tpp}", "**/*.rpc.{cpp,json}", "**/*.proto",
                              "**/compile_commands.json", "**/compile_flags.txt"})
    watchers.push_back(json::Object{{"globPattern", pattern}});
  json::Object registration{{"id", "watch"},
                            {"method", "workspace/didChangeWatchedFiles"},
                            {"registerOptions", json::Object{{"watchers", std::move(watchers)}}}};
  connection_.ask("client/registerCapability", json::Object{{"registrations", json::Array{std::move(registration)}}});
}

void Server::cancel(Params params) {
  const json::Value& id = member(params, "id");
  if (schedule_.cancel(name_of(id))) connection_.refuse(id, Refusal(ErrorCode::RequestCancelled, "cancelled"));
}

void Server::did_open(Params params) {
  const json::Value& document = member(params, "textDocument");
  const std::string path = path_of(params);
  workspace_.open(path, {.uri = text_member(document, "uri"),
                         .text = text_member(document, "text"),
                         .version = member(document, "version").getAsInteger().value_or(0)});
  refresh(workspace_.touched_by(path));
}

void Server::did_change(Params params) {
  const std::string path = path_of(params);
  const json::Array* changes = member(params, "contentChanges").getAsArray();
  if (changes == nullptr) throw Refusal(ErrorCode::InvalidParams, "there are no contentChanges");
  Document document = open_document(path);
  for (const json::Value& change : *changes) document.text = changed(document.text, change);
  const json::Value& version = member(member(params, "textDocument"), "version");
  workspace_.change(path, std::move(document.text), version.getAsInteger().value_or(document.version + 1));
  refresh(workspace_.touched_by(path));
}

void Server::did_save(Params params) {
  const std::string path = path_of(params);
  const std::vector<std::string> touched = workspace_.touched_by(path);
  refresh(touched);
  if (!workspace_.settings().generate_on_save) return;
  for (const std::string& header : touched) schedule_.after(header, "", [this, header] { generate_saved(header); });
}

void Server::did_close(Params params) {
  const std::string path = path_of(params);
  const Document document = open_document(path);
  const std::vector<std::string> touched = workspace_.touched_by(path);
  workspace_.close(path);
  refresh(touched);
  schedule_.after(path, "", [this, path, uri = document.uri] {
    if (workspace_.document(path)) return;  // open again
    connection_.notify("textDocument/publishDiagnostics", json::Object{{"uri", uri}, {"diagnostics", json::Array{}}});
  });
}

/// Files that are not open: headers, compilation databases, frozen contracts, and code that somebody else generated.
void Server::did_change_watched_files(Params params) {
  const json::Array* changes = member(params, "changes").getAsArray();
  if (changes == nullptr) throw Refusal(ErrorCode::InvalidParams, "there are no changes");
  std::set<std::string> touched;  // together, so that each is looked at once
  for (const json::Value& change : *changes)
    for (std::string& header : workspace_.touched_by(path_from(member(change, "uri"))))
      touched.insert(std::move(header));
  refresh({touched.begin(), touched.end()});
}

void Server::did_change_configuration(Params params) {
  const json::Value& all = member(params, "settings");
  const json::Value& ours = member(all, "farcall");
  take_settings(ours.getAsObject() == nullptr ? all : ours, settings_);
  workspace_.configure(settings_, client_.root);
  refresh(workspace_.headers());
}

Document Server::open_document(const std::string& path) const {
  std::optional<Document> document = workspace_.document(path);
  if (!document) throw Refusal(ErrorCode::InvalidParams, "'" + path + "' is not open");
  return std::move(*document);
}

void Server::refresh(const std::vector<std::string>& headers) {
  for (const std::string& each : headers) schedule_.refresh(each);
}

void Server::answer_after(const std::string& path, const json::Value& id, std::function<json::Value()> answer) {
  schedule_.after(path, name_of(id), [this, id, answer = std::move(answer)] {
    try {
      connection_.reply(id, answer());
    } catch (const Refusal& why) {
      connection_.refuse(id, why);
    } catch (const std::exception& error) {
      connection_.refuse(id, Refusal(ErrorCode::InternalError, error.what()));
    }
  });
}

void Server::analyse(const std::string& path) {
  const StatePtr before = workspace_.newest(path);
  const StatePtr state = workspace_.analyse(path);
  if (!state) return;
  publish(*state);
  // Editors ask for lenses when the text changes. What else they depend on, only we know.
  const bool is_same_text = before && before->version == state->version;
  if (client_.refreshes_lenses && is_same_text && lenses_of(*before) != lenses_of(*state))
    connection_.ask("workspace/codeLens/refresh", nullptr);
}

void Server::publish(const HeaderState& state) {
  if (const std::optional<Document> document = workspace_.document(state.path))
    connection_.notify("textDocument/publishDiagnostics", answers_.diagnostics(state, *document));
}

/// From the disk, also where the user has typed on meanwhile.
void Server::generate_saved(const std::string& path) {
  const StatePtr state = workspace_.last_good(path);
  if (!state || state->outcome->files.empty()) return;  // no interfaces, or never without errors
  const Workspace::Generated generated = workspace_.generate(path, Workspace::Source::disk);
  if (!generated.problem.empty() && !generated.has_errors)
    connection_.notify("window/showMessage", json::Object{{"type", static_cast<int>(llvm::lsp::MessageType::Error)},
                                                          {"message", json_of("farcall: " + generated.problem)}});
  after_generating(path);
}

void Server::after_generating(const std::string& path) {
  if (const StatePtr state = workspace_.look_at_generated(path)) publish(*state);
  if (client_.refreshes_lenses) connection_.ask("workspace/codeLens/refresh", nullptr);
}

}  // namespace farcall::lsp
