// Messages of the language server protocol, and the one file that includes llvm/Support/LSP and LLVM's JSON. LLVM has
// them since version 22.
//
//   Connection connection(stdin, STDOUT_FILENO);
//   connection.run([&](Message message) { …; return true; });
//   connection.reply(*message.id, json::Object{…});
#pragma once

#include <llvm/Support/JSON.h>
#include <llvm/Support/LSP/Protocol.h>
#include <llvm/Support/LSP/Transport.h>
#include <llvm/Support/raw_ostream.h>

#include <condition_variable>
#include <cstdio>
#include <functional>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>

namespace farcall::lsp {

namespace json = llvm::json;
using llvm::lsp::ErrorCode;

/// Why a request is not answered; handlers throw it.
class Refusal : public std::runtime_error {
 public:
  Refusal(ErrorCode code, const std::string& why) : runtime_error(why), code_(code) {}
  [[nodiscard]] ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

/// A request, or, without an id, a notification.
struct Message {
  std::string method;
  std::optional<json::Value> id;
  json::Value params = nullptr;
};

/// A stream that never blocks: a thread of its own writes. A client that sends much before it reads anything would else
/// wait for a server that waits for it.
class Outbox final : public llvm::raw_ostream {
 public:
  explicit Outbox(int descriptor);
  /// Writes what is left.
  ~Outbox() override;

 private:
  void write_impl(const char* bytes, std::size_t count) override;
  [[nodiscard]] std::uint64_t current_pos() const override { return position_; }
  void work();

  const int descriptor_;
  std::uint64_t position_ = 0;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string waiting_;
  bool is_closing_ = false;
  std::thread thread_;  // the last: it uses the others
};

/// Any thread may send; one thread runs.
class Connection {
 public:
  Connection(std::FILE* in, int out);

  /// Reads messages until the client closes its end or `handle` says false. Answers those that are none by itself.
  void run(const std::function<bool(Message)>& handle);

  void notify(const std::string& method, json::Value params);
  /// A request to the client, whose answer does not matter.
  void ask(const std::string& method, json::Value params);
  void reply(const json::Value& id, json::Value result);
  void refuse(const json::Value& id, const Refusal& why);

 private:
  [[nodiscard]] std::optional<Message> parse(const std::string& text);

  Outbox out_;
  llvm::lsp::JSONTransportInputOverFile in_;
  std::mutex mutex_;
  llvm::lsp::JSONTransport transport_;
  unsigned asked_ = 0;
};

}  // namespace farcall::lsp
