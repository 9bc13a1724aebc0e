#include "net/channel_core.h"

#include "net/engine.h"
#include "net/messages.h"
#include "net/tls.h"

#include <rpc/message.h>

#include <algorithm>
#include <new>
#include <utility>

namespace rpc::net {

using internal::CallRequest;
using internal::PendingCall;

namespace {

/// States of a call, in its transport part.
constexpr std::uint64_t in_slot = 1;
constexpr std::uint64_t in_queue = 2;

/// Calls that follow each other faster than this are sent together.
constexpr std::chrono::microseconds gathering_time{20};

/// How long gathered calls wait at most when their caller always came to wait for them sooner, so far.
constexpr std::chrono::milliseconds trusting_time{1};
constexpr unsigned trusted_after = 4;

/// How soon replies are looked for that nobody waits for.
constexpr std::chrono::milliseconds look_soon{5};

std::uint32_t milliseconds_until(Time deadline, Time now) noexcept {
  if (deadline == never) return 0;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - now).count();
  return static_cast<std::uint32_t>(std::clamp<std::int64_t>(left, 1, 0xffffffff));
}

[[gnu::cold]] Error too_large(std::size_t size, std::uint64_t limit) {
  return Error(Code::too_large, "a message of " + std::to_string(size) + " bytes is longer than the server's " +
                                    "Limits::max_frame of " + std::to_string(limit));
}

[[gnu::cold]] Error too_wide(const InterfaceInfo& interface, std::uint64_t limit) {
  return Error(Code::too_large, std::string("the names of the ") + std::to_string(interface.method_count) +
                                    " methods of " + interface.name + " take " + std::to_string(bind_size(interface)) +
                                    " bytes, more than the server's Limits::max_frame of " + std::to_string(limit));
}

[[gnu::cold]] Error limited(const char* limit, std::uint64_t value, const std::string& what) {
  return Error(Code::overloaded,
               std::string("Limits::") + limit + " of " + std::to_string(value) + " is reached: " + what);
}

}  // namespace

ChannelCore::ChannelCore(Url url, const ChannelOptions& options)
    : url_(std::move(url)),
      address_(url_.text()),
      options_(with_least_max_frame(options)),
      ciphers_(url_.scheme == Url::Scheme::tls ? ciphers_to(url_.name, options.tls.get()) : nullptr),
      tls_(internal::Ref<TlsCredentials>::share(ciphers_ ? options.tls.get() : nullptr)),
      messages_(internal::Ref<MessageTransport>::share(options.queue.get())),
      loop_(Engine::get().next_loop()) {
  slots_.set_limit(options_.limits.max_in_flight);
  if (tls_ && messages_) messages_->use(address_, Tls(tls_));
}

std::uint8_t ChannelCore::flags_of(const CallRequest& request) noexcept {
  const int metadata = request.has_metadata ? has_metadata : 0;
  const int tagged = request.encoding == Encoding::tagged ? is_tagged : 0;
  const int unordered = request.ordered ? 0 : is_unordered;
  return static_cast<std::uint8_t>(metadata | tagged | unordered);
}

Encoding ChannelCore::encoding_of(const InterfaceInfo& interface) const noexcept {
  if (options_.encoding) return *options_.encoding;
  for (const auto& known : exact_) {
    const InterfaceInfo* const each = known.load(std::memory_order_relaxed);
    if (each == &interface) return Encoding::exact;
    if (each == nullptr) break;
  }
  return Encoding::tagged;
}

// What was encoded for a connection that is gone may not suit the next one.
bool ChannelCore::outlived(const CallRequest& request) const noexcept {
  return request.encoding == Encoding::exact && encoding_of(request.interface) == Encoding::tagged;
}

void ChannelCore::release() noexcept {
  if (lives_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

// The last handle is gone, and with it everybody who could wait for a call. The queue goes now, and not when what is
// being connected lets go of the channel: it may be opened again at once.
void ChannelCore::destroy() noexcept {
  const internal::Ref<MessageTransport> unused = std::move(messages_);
  {
    Lock lock(mutex_);
    state_ = State::closed;
    observer_ = nullptr;
    if (stream_ != nullptr) stream_->flush(lock);
    if (stream_ != nullptr) stream_->shut_down();
  }
  release();
}

void ChannelCore::start(PendingCall& call, CallRequest& request) noexcept {
  std::optional<Error> refused;
  try {
    Lock lock(mutex_);
    submit(lock, call, request, refused);
  } catch (const std::bad_alloc&) {
    refused.emplace(Code::unavailable, "out of memory");
  }
  if (refused) internal::run(call.fail(std::move(*refused)));
}

bool ChannelCore::start_if_up(PendingCall& call, CallRequest& request) noexcept {
  Refusal refused;
  try {
    Lock lock(mutex_);
    if (state_ != State::up || outlived(request)) return false;
    submit(lock, call, request, refused);
  } catch (const std::bad_alloc&) {
    refused.emplace(Code::unavailable, "out of memory");
  }
  if (!refused) return true;
  call.transport.unbegun = true;
  if (internal::Continuation* next = call.fail(std::move(*refused))) loop_.post(*next);
  return true;
}

void ChannelCore::submit(Lock& lock, PendingCall& call, CallRequest& request, Refusal& refused) {
  const Bound* const bound = bound_of(request);
  if (bound == nullptr) {
    refused.emplace(Code::overloaded, "the interfaces of a channel have at most 65536 methods together");
    return;
  }
  if (outlived(request)) [[unlikely]] {
    refused.emplace(Code::unavailable, "the connection to " + url_.text() + " was lost");
    return;
  }
  const auto method = static_cast<std::uint16_t>(bound->base + request.method);
  const Sending sending{&call, method, flags_of(request), request.waiter_keeps_time, request.deadline};
  if (state_ != State::up) {
    if (has_room(request.frame.size(), refused)) enqueue(sending, request.frame);
  } else if (put_call(sending, request.frame, request.now, refused) && !request.waiter_keeps_time) {
    flush_async(lock);
  }
}

bool ChannelCore::has_room(std::size_t frame_size, Refusal& refused) const {
  const std::size_t limit = options_.limits.max_send_buffer;
  const std::size_t waiting = queued_bytes_ + (stream_ != nullptr ? stream_->out_.size() : 0);
  if (waiting + frame_size <= limit) [[likely]]
    return true;
  refused = limited("max_send_buffer", limit, std::to_string(waiting) + " bytes wait to be sent");
  return false;
}

bool ChannelCore::put_call(const Sending& sending, Buffer& frame, Time now, Refusal& refused) {
  refused = unsendable(frame, sending.method);
  if (refused) [[unlikely]]
    return false;
  if (!has_room(frame.size(), refused)) return false;
  PendingCall& call = *sending.call;
  const Time slot_deadline = sending.waiter_keeps_time ? never : sending.deadline;
  const std::optional<std::uint32_t> id = slots_.put(call, slot_deadline);
  if (!id) [[unlikely]] {
    refused = limited("max_in_flight", slots_.limit(), "that many calls of this connection have no reply yet");
    return false;
  }
  call.transport.id = *id;
  call.transport.tick = in_slot;
  put_header(frame.data(), Kind::call, sending.flags, sending.method, *id, frame.size());
  const std::uint32_t milliseconds = milliseconds_until(sending.deadline, now);
  std::memcpy(frame.data() + header_size, &milliseconds, sizeof milliseconds);
  stream_->out_.append(frame, 0);
  if (slot_deadline < calls_until_) wake_at(calls_until_ = slot_deadline);
  return true;
}

// The numbers of an interface are the same on every connection of the channel. bind goes ahead of the first call, and
// nobody waits for its answer: where it is refused the calls are, with the same text.
const ChannelCore::Bound* ChannelCore::bound_of(const CallRequest& request) {
  for (const Bound& bound : interfaces_) {
    if (bound.interface == &request.interface) return &bound;
  }
  if (next_number_ + request.interface.method_count > 0x10000) return nullptr;
  const auto base = static_cast<std::uint16_t>(next_number_);
  interfaces_.push_back({&request.interface, base});
  next_number_ += request.interface.method_count;
  if (state_ == State::up) bind(interfaces_.back());
  return &interfaces_.back();
}

void ChannelCore::bind(Bound& bound) {
  bound.served = false;
  bound.too_long = bind_size(*bound.interface) > peer_max_frame_;
  some_too_long_ |= bound.too_long;
  if (bound.too_long) return;
  Buffer& out = stream_->out_.gather();
  const std::size_t before = out.size();
  put_bind(out, bound.base, *bound.interface);
  stream_->out_.gathered(before);
}

// Why a call cannot be sent on this connection, if so.
ChannelCore::Refusal ChannelCore::unsendable(const Buffer& frame, std::uint16_t method) const {
  const std::size_t body = frame.size() - internal::frame_header_room;
  if (body > peer_max_frame_) [[unlikely]]
    return too_large(body, peer_max_frame_);
  return unbound(method);
}

ChannelCore::Refusal ChannelCore::unbound(std::uint16_t method) const {
  if (!some_too_long_) return std::nullopt;
  const auto bound = std::find_if(interfaces_.begin(), interfaces_.end(), [&](const Bound& each) {
    return method >= each.base && method - each.base < each.interface->method_count;
  });
  if (bound == interfaces_.end() || !bound->too_long) return std::nullopt;
  return too_wide(*bound->interface, peer_max_frame_);
}

void ChannelCore::enqueue(const Sending& sending, Buffer& frame) {
  queued_bytes_ += frame.size();
  if (sending.call != nullptr) {
    sending.call->transport.tick = in_queue;
    if (!sending.waiter_keeps_time && sending.deadline < calls_until_) wake_at(calls_until_ = sending.deadline);
  }
  queue_.push_back({sending, std::move(frame)});
  if (state_ == State::idle) begin_connecting();
}

// On a loop's thread with the batch; else at once, unless calls follow each other closely. Then they are gathered until
// their caller comes to wait, and a loop sees that they are sent if it does not. A caller that always came to wait is
// trusted: all its calls are gathered, and the timers take the loop's part.
void ChannelCore::flush_async(Lock& lock) noexcept {
  if (stream_->out_.size() >= flush_at) return stream_->flush(lock);
  if (stream_->defer()) return;
  if (flush_task_.posted || flush_at_ != never) return;
  const Time at = now();
  if (look_at_ > at + look_soon) wake_at(look_at_ = at + look_soon);
  if (waiter_flushes_ >= trusted_after) return wake_at(flush_at_ = at + trusting_time);
  if (at - flushed_at_ >= gathering_time) {
    flushed_at_ = at;
    return stream_->flush(lock);
  }
  flush_task_.posted = true;
  retain();
  loop_.post(flush_task_);
}

void ChannelCore::FlushTask::run_flush(Continuation& self) noexcept {
  FlushTask& task = static_cast<FlushTask&>(self);
  {
    Lock lock(task.core.mutex_);
    task.posted = false;
    if (task.core.stream_ != nullptr && !task.core.stream_->out_.empty()) {
      task.core.waiter_flushes_ = 0;
      task.core.stream_->flush(lock);
    }
  }
  task.core.release();
}

// Stays in force until no call is left, see leave(); the one that is watched is, or needs nothing any more.
void ChannelCore::watch(PendingCall&) noexcept {
  if (watched_.load(std::memory_order_relaxed)) return;
  const Lock lock(mutex_);
  watched_.store(true, std::memory_order_relaxed);
  if (stream_ != nullptr && stream_->reader_ == Reader::none) {
    stream_->reader_ = Reader::armed;
    stream_->set_reading(true);
  }
}

// The call is in neither the slots nor the queue any more.
void ChannelCore::forget(PendingCall& call) noexcept { call.transport.tick = 0; }

bool ChannelCore::withdraw(PendingCall& call) noexcept {
  Lock lock(mutex_);
  const std::uint64_t where = call.transport.tick;
  if ((where & in_queue) != 0) {
    unqueue(call);
  } else if ((where & in_slot) != 0 && slots_.withdraw(call.transport.id, call)) {
    put_cancel(lock, call.transport.id);
  } else {
    return false;
  }
  forget(call);
  return true;
}

void ChannelCore::cancel(PendingCall& call) noexcept {
  Lock lock(mutex_);
  if ((call.transport.tick & in_slot) != 0) put_cancel(lock, call.transport.id);
}

void ChannelCore::put_cancel(Lock& lock, std::uint32_t id) noexcept {
  try {
    Buffer& out = stream_->out_.gather();
    const std::size_t before = out.size();
    put_bare(out, Kind::cancel, id);
    stream_->out_.gathered(before);
    flush_async(lock);
  } catch (const std::bad_alloc&) {
    stream_->shut_down();
  }
}

}  // namespace rpc::net
