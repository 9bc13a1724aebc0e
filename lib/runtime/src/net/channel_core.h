// What a Channel is made of: the calls in flight, those that wait for a connection, and the connection.
//
// Invariants
//  - A call is in the slots (sent), in the queue (waits for a connection) or in neither: then it is completed, being
//    completed by the one thread that took it out, or its caller took it back.
//  - If a call awaits its reply and somebody waits for it, the stream has a reader: the waiter itself, another caller,
//    or a loop. Whoever stops reading passes the role on, see leave().
//  - A thread that waits runs no continuation but quick ones: others' go to a loop.
#pragma once

#include "net/client_stream.h"
#include "net/counts.h"
#include "net/slots.h"
#include "net/timers.h"
#include "net/url.h"
#include "net/waiter.h"
#include "pending_call.h"

#include <rpc/channel.h>
#include <rpc/wire/buffer.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::net {

struct Welcome;

/// Told how the connection of a channel is, under the channel's lock: takes notes, and calls nothing of the channel.
class ConnectionObserver {
 public:
  virtual void on_up() noexcept = 0;

  /// The server goes on with the calls it has, and takes no more.
  virtual void on_leaving() noexcept = 0;

  /// There is none, and none in the making.
  virtual void on_idle(std::string_view reason) noexcept = 0;

 protected:
  ~ConnectionObserver() = default;
};

class ChannelCore final : public internal::ClientTransport, public Timed {
 public:
  ChannelCore(Url url, const ChannelOptions& options);

  /// Begins to connect, so that the first call finds the connection made.
  void connect_early();

  /// To be called before anything else. The observer lives until the last handle of the channel goes.
  void observe(ConnectionObserver& observer) noexcept { observer_ = &observer; }

  /// Like start(), but only on a connection that is there. False: nothing was sent, and the call and its request are as
  /// they were.
  bool start_if_up(internal::PendingCall& call, internal::CallRequest& request) noexcept;

  // ClientTransport.
  void start(internal::PendingCall& call, internal::CallRequest& request) noexcept override;
  void send_oneway(internal::CallRequest& request) override;
  void watch(internal::PendingCall& call) noexcept override;
  const Limits& limits() const noexcept override { return options_.limits; }
  Encoding encoding_of(const InterfaceInfo& interface) const noexcept override;
  MessageTransport& queue() override;
  std::string_view address() const noexcept override { return address_; }
  ChannelCounters counters() const noexcept override { return counts_.read(); }
  void wait(internal::PendingCall& call, Time until) noexcept override;
  bool withdraw(internal::PendingCall& call) noexcept override;
  void cancel(internal::PendingCall& call) noexcept override;
  void destroy() noexcept override;

  // Timed, and the count that streams, timers and attempts to connect hold.
  Time on_time(Time now) noexcept override;
  void retain() noexcept override { lives_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept override;

 private:
  friend class ClientStream;
  using Lock = std::unique_lock<Mutex>;

  enum class State : std::uint8_t { idle, connecting, up, draining, closed };

  /// Of one connection: the server's limit, too.
  static constexpr std::size_t max_interfaces = 256;

  struct Bound {
    const InterfaceInfo* interface;
    std::uint16_t base;
    bool too_long = false;  // for this server to bind it
    bool served = false;    // the server has said so
  };

  /// A call on its way out; a oneway one has no `call`.
  struct Sending {
    internal::PendingCall* call = nullptr;
    std::uint16_t method = 0;
    std::uint8_t flags = 0;
    bool waiter_keeps_time = false;
    Time deadline = never;
  };

  /// What waits for a connection.
  struct Queued : Sending {
    Buffer frame;
  };

  /// A call that was taken out, and why it fails.
  struct Failed {
    internal::PendingCall* call;
    Error error;
  };

  struct FlushTask final : internal::Continuation {
    explicit FlushTask(ChannelCore& core) noexcept : Continuation{&run_flush}, core(core) {}
    static void run_flush(Continuation& self) noexcept;
    ChannelCore& core;
    bool posted = false;
  };

  ~ChannelCore() override = default;

  // channel_core.cpp: calls. Under the lock.
  using Refusal = std::optional<Error>;
  void submit(Lock& lock, internal::PendingCall& call, internal::CallRequest& request, Refusal& refused);
  bool has_room(std::size_t frame_size, Refusal& refused) const;
  const Bound* bound_of(const internal::CallRequest& request);
  void bind(Bound& bound);
  Refusal unsendable(const Buffer& frame, std::uint16_t method) const;
  Refusal unbound(std::uint16_t method) const;
  static std::uint8_t flags_of(const internal::CallRequest& request) noexcept;
  bool outlived(const internal::CallRequest& request) const noexcept;
  bool put_call(const Sending& sending, Buffer& frame, Time now, Refusal& refused);
  void put_cancel(Lock& lock, std::uint32_t id) noexcept;
  void enqueue(const Sending& sending, Buffer& frame);
  void flush_async(Lock& lock) noexcept;
  void forget(internal::PendingCall& call) noexcept;

  // channel_maybe.cpp: calls that may be lost. Under the lock, but for the last.
  void hold_oneway(const Sending& sending, Buffer& frame);
  void drop_offline();
  bool send_datagram(Lock& lock, const Sending& sending, const internal::CallRequest& request) noexcept;
  void put_oneway(const Sending& sending, Buffer& frame);
  void on_heard(ClientStream& stream, std::uint64_t accepted) noexcept;

  // channel_wait.cpp: waiting and reading. Under the lock.
  void read(Lock& lock, internal::PendingCall& call, Time until, Time at) noexcept;
  bool park(Lock& lock, internal::PendingCall& call, Time until) noexcept;
  void leave(ClientStream& stream) noexcept;
  void note_stall(ClientStream& stream) noexcept;
  bool promote_next() noexcept;
  void list(Waiter& waiter) noexcept;
  void unlist(Waiter& waiter) noexcept;
  bool can_read(const internal::PendingCall& call) const noexcept;
  void fail_unsent(Lock& lock, internal::PendingCall& call) noexcept;

  // channel_state.cpp: connecting, losing the connection, time. Under the lock, or taking it.
  void begin_connecting();
  void begin_attempt();
  void connected(Link link);
  void open_stream(Lock& lock, Link link);
  void on_welcome(ClientStream& stream, const Welcome& welcome);
  void on_bound(std::uint16_t base, Encoding encoding);
  void on_goodbye() noexcept;
  void become_idle(const std::string& reason) noexcept;
  void on_down(ClientStream& stream, const Error& reason) noexcept;
  void retry_later(const Error& problem, bool lasting, std::vector<Failed>& failed);
  void send_queued(std::vector<Failed>& failed);
  void drop_queue(const Error& error, std::vector<Failed>& failed);
  bool unqueue(internal::PendingCall& call) noexcept;
  void wake_at(Time when) noexcept;
  Time expire_calls(Time now, std::vector<Failed>& failed);
  Time look_after_stream(Time now) noexcept;
  void flush_late(Lock& lock) noexcept;
  Error unreachable() const;
  void fail_all(std::vector<Failed>& failed) noexcept;

  const Url url_;
  const std::string address_;
  const ChannelOptions options_;
  const std::shared_ptr<Ciphers> ciphers_;  // null: nothing is encrypted
  const internal::Ref<TlsCredentials> tls_;
  internal::Ref<MessageTransport> messages_;  // or none of its own
  std::once_flag default_queue_;
  Loop& loop_;
  std::atomic<std::uint32_t> lives_{1};  // of the handles together

  // The interfaces that the server of this connection has in the same version, then nulls. Changed under the lock.
  std::array<std::atomic<const InterfaceInfo*>, max_interfaces> exact_{};

  ChannelCounts counts_;

  Mutex mutex_;  // for all that follows
  State state_ = State::idle;
  ConnectionObserver* observer_ = nullptr;
  ClientStream* stream_ = nullptr;  // counted; from connect to disconnect
  Slots slots_;
  std::uint64_t peer_max_frame_ = 0;
  std::deque<Queued> queue_;
  std::size_t queued_bytes_ = 0;
  std::vector<Bound> interfaces_;
  bool some_too_long_ = false;  // of interfaces_
  std::uint32_t next_number_ = 0;
  Waiter* first_waiter_ = nullptr;
  Waiter* last_waiter_ = nullptr;
  std::atomic<bool> watched_{false};  // some replies must be read though nobody waits; changed under the lock
  FlushTask flush_task_{*this};
  unsigned waiter_flushes_ = 0;  // times in a row that a waiter was faster than the flush put off
  Time flushed_at_;
  std::string problem_;  // why the last attempt failed
  std::chrono::milliseconds backoff_{0};

  // What there is to do, and when.
  Time wakes_at_ = never;
  Time calls_until_ = never;
  Time look_at_ = never;  // whether an unread stream is idle
  Time flush_at_ = never;
  Time connect_at_ = never;
  Time handshake_until_ = never;
};

}  // namespace rpc::net
