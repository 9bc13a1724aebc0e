// One session of the language server: what each message does. The thread that reads tells the workspace at once; what
// needs an analysis waits for the thread of the schedule, which answers.
//
//   return Server(stdin, STDOUT_FILENO).run();
#pragma once

#include <cstdio>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "lsp/answers.h"
#include "lsp/protocol.h"
#include "lsp/schedule.h"
#include "lsp/workspace.h"

namespace farcall::lsp {

class Server {
 public:
  Server(std::FILE* in, int out);

  /// Until the client says exit or is gone. The exit code of the program: 0 if it said shutdown before.
  int run();

 private:
  enum class Phase : std::uint8_t { fresh, running, shut_down };
  using Params = const json::Value&;
  using Request = void (Server::*)(Params params, const json::Value& id);
  using Notification = void (Server::*)(Params params);
  static const std::map<std::string, Request>& requests();
  static const std::map<std::string, Notification>& notifications();

  // False: the session is over.
  bool handle(const Message& message);
  void dispatch(const Message& message);
  void handle_notification(const Message& message);

  // Requests, in server_requests.cpp.
  void initialize(Params params, const json::Value& id);
  void shutdown(Params params, const json::Value& id);
  void code_action(Params params, const json::Value& id);
  void hover(Params params, const json::Value& id);
  void definition(Params params, const json::Value& id);
  void completion(Params params, const json::Value& id);
  void document_symbol(Params params, const json::Value& id);
  void code_lens(Params params, const json::Value& id);
  void execute_command(Params params, const json::Value& id);

  // Commands, with their arguments: the path of a header, and what else a lens had to say.
  using Arguments = const json::Array&;
  using Command = void (Server::*)(const std::string& path, Arguments arguments, const json::Value& id);
  static const std::map<std::string, Command>& commands();
  void generate_stub(const std::string& path, Arguments arguments, const json::Value& id);
  void open_stub(const std::string& path, Arguments arguments, const json::Value& id);
  void open_contract(const std::string& path, Arguments arguments, const json::Value& id);
  void make_interface(const std::string& path, Arguments arguments, const json::Value& id);
  void extract_interface(const std::string& path, Arguments arguments, const json::Value& id);
  void change_class(const std::string& path, ClassChange change, Arguments arguments, const json::Value& id);
  void show(const std::string& path, const std::optional<Range>& selection);

  // Notifications.
  void initialized(Params params);
  void cancel(Params params);
  void did_open(Params params);
  void did_change(Params params);
  void did_save(Params params);
  void did_close(Params params);
  void did_change_watched_files(Params params);
  void did_change_configuration(Params params);

  /// Replies with what `answer` returns or throws, when what is known about `path` is up to date.
  void answer_after(const std::string& path, const json::Value& id, std::function<json::Value()> answer);

  // On the thread of the schedule.
  void analyse(const std::string& path);
  void publish(const HeaderState& state);
  void generate_saved(const std::string& path);
  void after_generating(const std::string& path);

  void refresh(const std::vector<std::string>& headers);
  [[nodiscard]] Document open_document(const std::string& path) const;

  Connection connection_;
  Workspace workspace_;
  Client client_;      // written before the schedule has anything to do
  Settings settings_;  // as the client named them
  Answers answers_;    // of the thread of the schedule
  Phase phase_ = Phase::fresh;
  Schedule schedule_;  // the last: its thread uses the others
};

}  // namespace farcall::lsp
