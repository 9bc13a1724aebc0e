// The client's side of one call in flight, and what it asks of the connection below it.
//
//   Completed exactly once, by whoever took it out of the connection's slot table:
//     transport: slots[index] taken under the lock → call.complete(body, size, limits) or call.fail(error)
//     caller:    transport.withdraw(call) == true  → nobody else will complete it
#pragma once

#include <rpc/counters.h>
#include <rpc/error.h>
#include <rpc/future.h>
#include <rpc/interface.h>
#include <rpc/limits.h>
#include <rpc/ref.h>
#include <rpc/wire/encoding.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "channel_metadata.h"
#include "named_interfaces.h"

namespace rpc {
class Buffer;
class Decoder;
class MessageTransport;
}  // namespace rpc

namespace rpc::internal {

using Time = std::chrono::steady_clock::time_point;

/// "No deadline" and "wait as long as it takes".
inline constexpr Time never = Time::max();

/// `now` + `time`, or never.
inline Time time_after(Time now, std::chrono::nanoseconds time) noexcept {
  return time < never - now ? now + time : never;
}

/// Unused bytes at the front of every outgoing frame, for the transport's header.
inline constexpr std::size_t frame_header_room = 16;

/// One call as it is handed to the transport. Lives on the caller's stack for the time of start().
struct CallRequest {
  const InterfaceInfo& interface;
  std::uint16_t method;       ///< index into interface.methods
  Buffer& frame;              ///< frame_header_room free bytes, the metadata block if any, the body; may be moved away
  Encoding encoding;          ///< of the body
  bool ordered = true;        ///< later calls begin after this one
  bool has_metadata = false;  ///< the block: u32 bytes after it, then (varint length, key, varint length, value)…
  Time now;                   ///< when the call was made: deadline - now is the time-out for the wire
  Time deadline = never;
  int priority = 0;
  bool inherited = false;          ///< the deadline is that of the call which is being served
  bool waiter_keeps_time = false;  ///< a blocking call ends itself at the deadline; otherwise the transport fails it
};

/// What the transport keeps in a call. Only the transport reads and writes it.
struct TransportPart {
  void* connection = nullptr;
  std::uint32_t id = 0;  ///< slot index and generation
  bool unbegun = false;  ///< of a call that failed: it certainly did not run
  std::uint64_t tick = 0;
  PendingCall* next = nullptr;
  PendingCall* previous = nullptr;
};

/// One call in flight. On the caller's stack for a blocking call, a counted FutureCall otherwise.
/// Of a counted call the transport owns one count from start() until complete(), fail() or a successful withdraw().
class PendingCall {
 public:
  PendingCall(const PendingCall&) = delete;
  PendingCall& operator=(const PendingCall&) = delete;

  /// Decodes the reply in place and publishes it; a reply that cannot be decoded fails the call.
  /// Both give back the continuation that was attached, or null; a quick one has run. Whoever completes the call runs
  /// it, on a thread that may run user code: the thread of a waiting caller may not, since it may hold locks of its
  /// own. The call may be gone when they return. Not to be called with a lock held: decoding runs user constructors.
  [[nodiscard]] Continuation* complete(const std::byte* body, std::size_t size, const Limits& limits,
                                       Encoding encoding = Encoding::exact) noexcept;
  [[nodiscard]] Continuation* fail(Error error) noexcept;

  /// The first half of complete(): the second is complete() without arguments, or fail() with what this threw.
  void decode(Decoder& reply);

  /// The same for a value that its source has made in the call's memory.
  [[nodiscard]] Continuation* complete() noexcept { return publish(); }

  bool completed() const noexcept { return next_.load(std::memory_order_acquire) == &done; }

  /// Has `next` run when the call completes, see complete(). False if it is completed already.
  bool attach(Continuation& next) noexcept;

  /// Takes the continuation back. False if the call completed: then it has run, is running or will run at once.
  bool detach(Continuation& next) noexcept;

  /// Whether somebody but the transport may complete it: a stop token was given. Then wait() must not block in a way
  /// only the transport can end; it attaches a continuation (Parker, for one) and sleeps on that.
  bool interruptible() const noexcept { return interruptible_; }

  TransportPart transport;

  /// Sleeps until another thread has completed it, or until `until`: after a withdraw() that came too late, or for a
  /// source that waits without reading.
  void await_completion(Time until = never) noexcept;

  /// Once completed: null, or why there is no value.
  const Error* error() const noexcept { return error_ ? &*error_ : nullptr; }
  void* value() const noexcept { return value_; }

 protected:
  enum class Storage : std::uint8_t {
    callers,  ///< an object of the caller's
    own,      ///< raw memory; the value is made when the reply comes
    relayed,  ///< another call's
  };

  PendingCall(const ValueType& type, AnyRead read, void* value, Storage storage, bool interruptible) noexcept
      : type_(type), read_(read), value_(value), storage_(storage), interruptible_(interruptible) {}
  ~PendingCall() = default;

  /// Tells who waits for it.
  Continuation* hand_over() noexcept;

  const ValueType& type_;

 private:
  Continuation* publish() noexcept;

  inline static constinit Continuation done{nullptr};

  AnyRead read_;
  void* value_;
  std::optional<Error> error_;
  std::atomic<Continuation*> next_{nullptr};  // null: pending; &done: completed; else what runs on completion
  const Storage storage_;
  const bool interruptible_;
};

/// A call that is made for another one, whose owner hears of its end before anybody who waits for it. Not counted.
class RelayedCall : public PendingCall {
 protected:
  RelayedCall(const ValueType& type, void* value, bool interruptible) noexcept
      : PendingCall(type, nullptr, value, Storage::relayed, interruptible) {}
  ~RelayedCall() = default;

 private:
  friend class PendingCall;

  /// It was decoded, or failed. Calls hand_over(); what it returns is run like a continuation of the call.
  [[nodiscard]] virtual Continuation* ended() noexcept = 0;
};

/// Who will complete a call, and what may be asked of him meanwhile: a connection, or other calls. Thread-safe.
class CallSource {
 public:
  CallSource() = default;
  CallSource(const CallSource&) = delete;
  CallSource& operator=(const CallSource&) = delete;

  /// A continuation is about to be attached: replies are to be read even if nobody waits.
  virtual void watch(PendingCall& call) noexcept = 0;

  /// Returns when call.completed(), or at `until`; polls once if that has passed. The waiting thread may read the
  /// connection meanwhile. A call that could not be sent by then is failed as unavailable.
  virtual void wait(PendingCall& call, Time until) noexcept = 0;

  /// Takes the call back and tells the server to stop. True: the transport will never touch it again and its count
  /// went to the caller. False: it is completed, or another thread is about to complete it.
  virtual bool withdraw(PendingCall& call) noexcept = 0;

  /// Asks the server to stop; the call goes on.
  virtual void cancel(PendingCall& call) noexcept = 0;

  /// Called when the last count goes; deletes the object as the source sees fit.
  virtual void destroy() noexcept { delete this; }

 protected:
  virtual ~CallSource() = default;

 private:
  friend void retain(CallSource*) noexcept;
  friend void release(CallSource*) noexcept;
  std::atomic<std::uint32_t> count_{1};
};

/// The connection as a call sees it: Channel's implementation, or a fake in tests. Thread-safe.
class ClientTransport : public CallSource {
 public:
  /// Sends the call. Every failure arrives by call.fail(), at once or later. Does not block unless waiter_keeps_time.
  virtual void start(PendingCall& call, CallRequest& request) noexcept = 0;

  /// Sends and forgets, or drops it. Throws Error only for what the caller did wrong (Code::too_large).
  virtual void send_oneway(CallRequest& request) = 0;

  /// What this end of the channel accepts; constant.
  virtual const Limits& limits() const noexcept = 0;

  /// How to encode the arguments of a call that is made now.
  virtual Encoding encoding_of(const InterfaceInfo& interface) const noexcept = 0;

  /// Who takes messages to the same server, and its address for them. Throws Error (not_stored) if the queue of the
  /// process cannot be opened.
  virtual MessageTransport& queue() = 0;
  virtual std::string_view address() const noexcept = 0;

  virtual ChannelCounters counters() const noexcept { return {}; }

  /// What every call carries.
  ChannelMetadata metadata;

  /// The interfaces of calls by name, which are bound as long as the transport exists.
  NamedInterfaces named_interfaces;

 protected:
  ~ClientTransport() override = default;
};

/// Runs what complete() or fail() gave back.
inline void run(Continuation* next) noexcept {
  if (next != nullptr) next->run(*next);
}

/// A sleeping thread as a continuation, for transports that wait without reading.
class Parker final : public Continuation {
 public:
  Parker() noexcept : Continuation{.run = &wake, .quick = true} {}

  /// Sleeps until the call that it is attached to completes, or until `until`. False on time-out; the caller then
  /// detaches it, and if that fails parks again without limit: the completing thread is just about to wake it.
  bool park(Time until) noexcept;

 private:
  static void wake(Continuation& self) noexcept;
  std::atomic<std::uint32_t> awake_{0};
};

}  // namespace rpc::internal
