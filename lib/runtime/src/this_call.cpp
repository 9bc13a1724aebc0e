#include <rpc/task.h>
#include <rpc/this_call.h>

#include <string>
#include <utility>

#include "log.h"
#include "message_part.h"
#include "metadata.h"
#include "server_call.h"

namespace rpc {
namespace internal {
namespace {

thread_local constinit ServerCall* current = nullptr;

}  // namespace

ServerCall* exchange_current(ServerCall* call) noexcept { return std::exchange(current, call); }

// A call on the reading thread's stack ends with its dispatch: no coroutine may keep it.
CallScope::CallScope() noexcept : own_(current != nullptr && current->shared() ? current : nullptr) {
  if (own_ != nullptr) own_->retain();
}

CallScope::CallScope(ServerCall& call) noexcept : own_(&call) { own_->retain(); }

CallScope::~CallScope() {
  if (own_ != nullptr) own_->release();
}

}  // namespace internal

ThisCall this_call() noexcept { return ThisCall(internal::current); }

std::stop_token ThisCall::stop_token() const {
  return call_ != nullptr ? call_->stop_source().get_token() : std::stop_token();
}

std::chrono::steady_clock::time_point ThisCall::deadline() const noexcept {
  return call_ != nullptr ? call_->request().deadline : std::chrono::steady_clock::time_point::max();
}

std::optional<std::string_view> ThisCall::metadata(std::string_view key) const noexcept {
  if (call_ == nullptr) return std::nullopt;
  return internal::find_pair(call_->request().metadata, *call_->request().limits, key);
}

std::string_view ThisCall::interface() const noexcept {
  return call_ != nullptr && call_->request().info != nullptr ? call_->request().info->name : std::string_view();
}

std::string_view ThisCall::method() const noexcept {
  if (call_ == nullptr || call_->request().info == nullptr) return {};
  return call_->request().info->methods[call_->request().method].name;
}

std::optional<Trace> ThisCall::trace() const noexcept {
  if (call_ == nullptr || call_->request().metadata.empty()) return std::nullopt;
  return internal::find_trace(call_->request().metadata);
}

Peer ThisCall::peer() const noexcept { return call_ != nullptr ? call_->request().connection->peer() : Peer(); }

unsigned ThisCall::attempt() const noexcept {
  return call_ != nullptr && call_->request().message != nullptr ? call_->request().message->message.attempt : 0;
}

std::optional<MessageId> ThisCall::message() const noexcept {
  if (call_ == nullptr || call_->request().message == nullptr) return std::nullopt;
  const ReceivedMessage& message = call_->request().message->message;
  return MessageId{message.sender, message.priority, message.sequence, message.settled};
}

namespace {

internal::MessagePart* current_message() noexcept {
  return internal::current != nullptr ? internal::current->request().message : nullptr;
}

}  // namespace

void discard(std::string_view reason) {
  if (internal::MessagePart* message = current_message()) {
    message->discarded = true;
    internal::log(Severity::warning, "a message is discarded: " + std::string(reason));
  }
  throw Error(Code::failed, "the handler discarded the message: " + std::string(reason));
}

void retry_after(std::chrono::nanoseconds time) {
  if (internal::MessagePart* message = current_message()) message->retry_after = time;
  throw Error(Code::failed, "the handler wants the message again later");
}

}  // namespace rpc
