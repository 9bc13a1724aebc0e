// A running `farcall lsp` and the client's end of its pipes.
//
//   ServerProcess server(folder, cache);
//   server.send({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "initialize"}, {"params", …}});
//   const Json answer = server.expect({{"id", 1}});
#pragma once

#include <sys/types.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "output/folder.h"

namespace farcall::lsp::test {

using Json = nlohmann::json;

/// Where `actual` is not as `expected` says; empty: it is. Objects may have more members than are expected.
std::string difference(const Json& expected, const Json& actual, const std::string& place = "");

class ServerProcess {
 public:
  /// It runs in `folder`, which outlives it, with this folder for what it caches.
  ServerProcess(const Folder& folder, const Folder& cache);
  /// Ends it by closing its stdin.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  void send(const Json& message) { send_text(message.dump()); }
  void send_text(const std::string& body);
  void send_bytes(const std::string& bytes);

  /// The first message of the kind of `pattern` that was not expected before, waited for if need be: the answer with
  /// its id, or a message with its method and, where the pattern has them, uri and version. Null: the server is gone.
  Json expect(const Json& pattern);

  /// Whether a message with that method has come and was not expected. Only of those that came before others that were.
  [[nodiscard]] bool has_unexpected(const std::string& method) const;

  /// The last message like that which has come and was not expected; null: there is none.
  [[nodiscard]] Json last_unexpected(const Json& pattern) const;

  /// Closes its stdin and waits for its end. What a shell would call its exit code; -1: a signal ended it.
  int finish();

 private:
  std::optional<Json> read();
  bool fill();

  pid_t process_ = -1;
  int in_ = -1;
  int out_ = -1;
  std::string bytes_;
  std::deque<Json> unexpected_;
};

}  // namespace farcall::lsp::test
