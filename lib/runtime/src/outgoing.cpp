#include <rpc/message.h>
#include <rpc/outgoing.h>
#include <rpc/this_call.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "buffer_cache.h"
#include "future_call.h"
#include "metadata.h"
#include "pending_call.h"
#include "shared_options.h"

namespace rpc {
namespace internal {
namespace {

/// A blocking call, on the caller's stack.
class BlockingCall final : public PendingCall {
 public:
  BlockingCall(const ValueType& type, AnyRead read, void* value, bool interruptible) noexcept
      : PendingCall(type, read, value, Storage::callers, interruptible) {}
};

/// The trace that a call made here and now is part of, and what others keep with it.
struct Tracing {
  std::optional<Trace> trace{};
  std::string_view state{};
};

Tracing tracing_of(const SharedOptions* options, const ChannelMetadata& common) {
  if (options != nullptr && options->trace) return {options->trace->next()};
  const ThisCall outer = this_call();
  if (const std::optional<Trace> trace = outer.trace()) return {trace->next(), outer.metadata(tracestate).value_or("")};
  return common.begins_traces() ? Tracing{Trace::begin()} : Tracing{};
}

/// What the client says comes first: of equal keys the first one counts.
void put_metadata(Buffer& frame, const SharedOptions* options, const ChannelMetadata& common) {
  const bool own = options != nullptr && !options->metadata.empty();
  const Tracing tracing = tracing_of(options, common);
  if (!own && !common.any() && !tracing.trace) [[likely]]
    return;
  const std::size_t begin = frame.size();
  frame.resize(begin + sizeof(std::uint32_t));
  if (own) frame.append(options->metadata.data(), options->metadata.size());
  if (common.any()) common.append_to(frame);
  if (tracing.trace) append_pair(frame, traceparent, tracing.trace->text());
  if (!tracing.state.empty()) append_pair(frame, tracestate, tracing.state);
  const auto size = static_cast<std::uint32_t>(frame.size() - begin - sizeof(std::uint32_t));
  std::memcpy(frame.data() + begin, &size, sizeof size);
}

Buffer begin_frame(const SharedOptions* options, const ChannelMetadata& common) {
  Buffer frame = take_buffer();
  frame.resize(frame_header_room);
  put_metadata(frame, options, common);
  return frame;
}

std::chrono::nanoseconds timeout_of(std::chrono::nanoseconds chosen, const MethodInfo& method) noexcept {
  if (chosen.count() != 0) return chosen;
  if (method.timeout_ns < 0) return no_deadline;
  return method.timeout_ns == 0 ? default_deadline : std::chrono::nanoseconds(method.timeout_ns);
}

/// To the latest tick of the system, up to some milliseconds ago: reading the exact time is what a call would spend
/// most on after its system calls.
Time coarse_now() noexcept {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return Time(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

/// Time-outs of this length do not need the exact time.
constexpr std::chrono::seconds coarse_enough{1};

Error deadline_error(const CallRequest& request) {
  const auto time = std::chrono::duration_cast<std::chrono::milliseconds>(request.deadline - request.now);
  return Error(Code::deadline_exceeded, std::string(request.interface.name) + "." +
                                            request.interface.methods[request.method].name + ": no reply within " +
                                            std::to_string(std::max(time.count(), decltype(time)::rep{0})) + " ms" +
                                            (request.inherited ? ", which the call that made it had left" : ""));
}

Error stopped_error() { return Error(Code::cancelled, "the caller's stop token was stopped before the call"); }

}  // namespace
}  // namespace internal

using internal::CallRequest;
using internal::ClientTransport;

Outgoing Stub::call(std::uint16_t method) const { return Outgoing(*this, method); }

Outgoing Stub::message(std::uint16_t method) const { return Outgoing(*this, method, Encoding::tagged); }

Outgoing::Outgoing(const Stub& stub, std::uint16_t method)
    : Outgoing(stub, method, stub.channel_.transport().encoding_of(*stub.info_)) {}

Outgoing::Outgoing(const Stub& stub, std::uint16_t method, Encoding encoding)
    : stub_(stub),
      frame_(internal::begin_frame(stub.shared_.get(), stub.channel_.transport().metadata)),
      metadata_size_(frame_.size() - internal::frame_header_room),
      arguments_(frame_, stub.channel_.transport().limits(), encoding),
      method_(method) {}

Outgoing::~Outgoing() { internal::give_buffer(std::move(frame_)); }

CallRequest Outgoing::request() {
  const InterfaceInfo& info = *stub_.info_;
  const std::chrono::nanoseconds timeout = internal::timeout_of(stub_.deadline_, info.methods[method_]);
  const internal::Time now =
      timeout < internal::coarse_enough ? std::chrono::steady_clock::now() : internal::coarse_now();
  return {.interface = info,
          .method = method_,
          .frame = frame_,
          .encoding = arguments_.tagged() ? Encoding::tagged : Encoding::exact,
          .ordered = stub_.ordered_,
          .has_metadata = metadata_size_ != 0,
          .now = now,
          .deadline = internal::time_after(now, timeout),
          .priority = stub_.priority_};
}

// With the deadline of the call that is being served, if that comes first.
CallRequest Outgoing::awaited_request() {
  CallRequest request = this->request();
  if (stub_.independent_) return request;
  const internal::Time outer = this_call().deadline();
  if (outer < request.deadline) {
    request.now = std::chrono::steady_clock::now();
    request.deadline = outer;
    request.inherited = true;
  }
  return request;
}

void Outgoing::wait_into(void* value, const internal::ValueType* type, internal::AnyRead read) {
  const bool stoppable = stub_.shared_ && stub_.shared_->stop_token.stop_possible();
  if (stoppable && stub_.shared_->stop_token.stop_requested()) throw internal::stopped_error();

  ClientTransport& transport = stub_.channel_.transport();
  CallRequest request = awaited_request();
  request.waiter_keeps_time = true;
  internal::BlockingCall call(*type, read, value, stoppable);
  std::optional<internal::StopCallback> on_stop;
  transport.start(call, request);
  if (stoppable) on_stop.emplace(stub_.shared_->stop_token, internal::EndCall{call, transport});
  if (!call.completed()) transport.wait(call, request.deadline);
  if (!call.completed()) {
    if (transport.withdraw(call)) throw internal::deadline_error(request);
    call.await_completion();
  }
  if (call.error() != nullptr) throw *call.error();
}

internal::Ref<internal::PendingCall> Outgoing::start_any(const internal::ValueType* type, internal::AnyRead read) {
  const bool stoppable = stub_.shared_ && stub_.shared_->stop_token.stop_possible();
  ClientTransport& transport = stub_.channel_.transport();
  auto call =
      internal::FutureCall::make(*type, read, internal::Ref<internal::CallSource>::share(&transport), stoppable);
  if (stoppable && stub_.shared_->stop_token.stop_requested()) {
    run(call->fail(internal::stopped_error()));
  } else {
    CallRequest request = awaited_request();
    transport.start(*call, request);
    if (stoppable) call->end_when_stopped(stub_.shared_->stop_token);
  }
  return internal::Ref<internal::PendingCall>::adopt(call.take());
}

void Outgoing::send_maybe() {
  CallRequest request = this->request();
  stub_.channel_.transport().send_oneway(request);
}

Message Outgoing::message() {
  const InterfaceInfo& info = *stub_.info_;
  const MethodInfo& method = info.methods[method_];
  std::span<const std::byte> body(frame_.data() + internal::frame_header_room,
                                  frame_.size() - internal::frame_header_room);
  std::span<const std::byte> metadata;
  if (metadata_size_ != 0) {
    metadata = body.first(metadata_size_).subspan(sizeof(std::uint32_t));
    body = body.subspan(metadata_size_);
  }
  return {.target = stub_.channel_.transport().address(),
          .interface = info.name,
          .method = method.name,
          .metadata = metadata,
          .body = body,
          .priority = std::clamp(stub_.priority_ != 0 ? stub_.priority_ : method.priority, 0, most_urgent),
          .time_to_live = std::chrono::nanoseconds(method.time_to_live_ns),
          .express = method.express};
}

void Outgoing::store() { stub_.channel_.transport().queue().store(message()); }

Receipt Outgoing::send_message() { return stub_.channel_.transport().queue().send(message()); }

}  // namespace rpc
