#include "lsp/protocol.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

namespace farcall::lsp {
namespace {

/// LLVM's parser calls itself for each level, and no message needs so many.
bool is_too_deep(std::string_view text) {
  constexpr int deepest = 256;
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char each = text[at];
    if (in_string && each == '\\')
      ++at;
    else if (each == '"')
      in_string = !in_string;
    else if (!in_string && (each == '[' || each == '{') && ++depth > deepest)
      return true;
    else if (!in_string && (each == ']' || each == '}'))
      --depth;
  }
  return false;
}

bool is_id(const json::Value& value) { return value.getAsString() || value.getAsNumber(); }

}  // namespace

Outbox::Outbox(int descriptor) : descriptor_(descriptor), thread_([this] { work(); }) {}

Outbox::~Outbox() {
  flush();
  {
    const std::scoped_lock lock(mutex_);
    is_closing_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Outbox::write_impl(const char* bytes, std::size_t count) {
  {
    const std::scoped_lock lock(mutex_);
    waiting_.append(bytes, count);
    position_ += count;
  }
  changed_.notify_one();
}

void Outbox::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_closing_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const std::string bytes = std::exchange(waiting_, {});
    lock.unlock();
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::write(descriptor_, bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno != EINTR) break;  // the client is gone, which the reader will notice, too
      if (count > 0) done += static_cast<std::size_t>(count);
    }
    lock.lock();
  }
}

Connection::Connection(std::FILE* in, int out) : out_(out), in_(in), transport_(in, out_) {}

void Connection::run(const std::function<bool(Message)>& handle) {
  std::string text;
  while (!in_.isEndOfInput() && !in_.hasError()) {
    if (failed(in_.readMessage(text))) continue;
    std::optional<Message> message = parse(text);
    if (message && !handle(std::move(*message))) return;
  }
}

std::optional<Message> Connection::parse(const std::string& text) {
  const auto refuse_as = [this](ErrorCode code, const std::string& why, const json::Value& id) {
    refuse(id, Refusal(code, why));
    return std::nullopt;
  };
  if (is_too_deep(text)) return refuse_as(ErrorCode::ParseError, "the JSON is nested too deeply", nullptr);
  llvm::Expected<json::Value> value = json::parse(text);
  if (!value) return refuse_as(ErrorCode::ParseError, llvm::toString(value.takeError()), nullptr);
  json::Object* object = value->getAsObject();
  if (object == nullptr) return refuse_as(ErrorCode::InvalidRequest, "a message is a JSON object", nullptr);
  const json::Value* given = object->get("id");
  const json::Value id = given != nullptr && is_id(*given) ? *given : json::Value(nullptr);
  if (object->getString("jsonrpc") != "2.0")
    return refuse_as(ErrorCode::InvalidRequest, R"(a message says "jsonrpc": "2.0")", id);
  const std::optional<llvm::StringRef> method = object->getString("method");
  if (!method && (object->get("result") != nullptr || object->get("error") != nullptr)) {
    if (const json::Object* error = object->getObject("error"))
      spdlog::warn("the client says: {}", error->getString("message").value_or("error").str());
    return std::nullopt;
  }
  if (!method || (given != nullptr && !is_id(*given)))
    return refuse_as(ErrorCode::InvalidRequest, "a message has a method, and a number or a string as its id", id);
  Message message{.method = method->str(), .id = std::nullopt};
  if (given != nullptr) message.id = id;
  if (json::Value* params = object->get("params")) message.params = std::move(*params);
  return message;
}

void Connection::notify(const std::string& method, json::Value params) {
  const std::scoped_lock lock(mutex_);
  transport_.notify(method, std::move(params));
}

void Connection::ask(const std::string& method, json::Value params) {
  const std::scoped_lock lock(mutex_);
  transport_.call(method, std::move(params), "farcall-" + std::to_string(++asked_));
}

void Connection::reply(const json::Value& id, json::Value result) {
  const std::scoped_lock lock(mutex_);
  transport_.reply(id, std::move(result));
}

void Connection::refuse(const json::Value& id, const Refusal& why) {
  const std::scoped_lock lock(mutex_);
  transport_.reply(id, llvm::make_error<llvm::lsp::LSPError>(json::fixUTF8(why.what()), why.code()));
}

}  // namespace farcall::lsp
