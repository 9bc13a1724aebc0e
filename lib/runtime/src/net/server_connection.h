// The server's end of one connection: binds interfaces, runs calls on the thread that read them, sends what they gave.
//
// A call that is being dispatched lies on the leader's stack and is known only as `current_`. It joins `running_`,
// where cancel and deadline find it, when the leader turns out to be stuck in it or when a coroutine takes it along.
#pragma once

#include "net/binding.h"
#include "net/connection.h"
#include "net/datagram_port.h"
#include "net/read_habit.h"
#include "server_call.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace rpc::net {

class ServerCore;

class ServerConnection final : public Connection, public internal::ServerTransport {
 public:
  /// `identity` is what was verified of the peer, see rpc::Peer. `port` takes the client's datagrams; null: there are
  /// none.
  ServerConnection(Link link, Loop& loop, std::shared_ptr<ServerCore> core, std::string peer, std::string identity,
                   internal::Ref<DatagramPort> port);

  /// The loop begins to read.
  void start();

  /// No new calls; closes once the running ones are answered. On a thread of the loop, soon.
  void drain();

  /// Asks the running calls to stop. On a thread of the loop, soon.
  void cancel_all();

  /// A call that came as a datagram, on the thread that leads `loop`, with its bytes in `memory`, where they have been
  /// since `read_at`. False: it does no longer.
  bool serve_datagram(const Frame& frame, Time read_at, Loop& loop, Chunk& memory) noexcept;

  /// Tells the client how many of its calls were accepted as datagrams.
  void confirm_datagrams(std::uint64_t accepted) noexcept;

  // ServerTransport.
  void reply(internal::ServerCall& call, Buffer& frame) noexcept override;
  void fail(internal::ServerCall& call, const Error& error) noexcept override;
  void finished(internal::ServerCall& call, const Error* error) noexcept override;
  void handed_over(internal::ServerCall& from, internal::ServerCall& to) noexcept override;
  void disconnect() noexcept override;
  Peer peer() const noexcept override { return {.address = peer_, .identity = identity_}; }
  void retain() noexcept override { Connection::retain(); }
  void release() noexcept override { Connection::release(); }

  void taken_over() noexcept override;
  Connection* direct(bool alone) noexcept override;
  Time on_time(Time now) noexcept override;

 private:
  enum class State : std::uint8_t { handshake, open, draining };

  /// Why a call cannot be dispatched.
  enum class Obstacle : std::uint8_t { none, closed, unbound, stopping, late, overloaded };

  void destroy() noexcept override { delete this; }
  bool take_reading() noexcept override;
  bool on_writable() noexcept override;
  Next handle(const Frame& frame) override;
  Next finish_frames() override { return hold_back(); }  // also where a new leader goes on
  void end_batch(Next how) noexcept override;
  void on_broken(const Error& reason) noexcept override;
  void on_flushed() noexcept override;

  Next greet(const Frame& frame);
  Next bind(const Frame& frame);
  Next call(const Frame& frame);
  Next dispatch(const Frame& frame, const Target& target, Time deadline);

  /// On the thread that leads `loop`. False: it does no longer. A call without a reply is counted as `received` if it
  /// is allowed.
  bool run(internal::ServerCall& call, const Frame& frame, const Target& target, Loop& loop,
           std::uint64_t ServerCounters::* received) noexcept;
  bool admit(internal::ServerCall& call, const Target& target, std::uint64_t ServerCounters::* received) noexcept;
  Next refuse(const Frame& frame, const Target& target, Obstacle found);
  Next cancel(const Frame& frame);
  Next hold_back() noexcept;
  Obstacle obstacle(const Frame& frame, const Target& target, Time deadline) const noexcept;
  Error refusal(const Frame& frame, Obstacle found) const;
  void ignore(Obstacle found) noexcept;
  internal::Request request_of(const Frame& frame, const Target& target, Time read_at, Time deadline,
                               Chunk& memory) noexcept;
  Time deadline_of(const Frame& frame) const noexcept;

  void post(void (ServerConnection::*order)());
  void drain_now();
  void cancel_all_now();

  bool end_in_batch(internal::ServerCall& call) noexcept;
  bool reply_in_batch(internal::ServerCall& call, const Buffer& frame);

  // Under the lock.
  void queue_batch() noexcept;
  bool forget(internal::ServerCall& call) noexcept;
  void forget_kept() noexcept;
  bool end(Lock& lock, internal::ServerCall& call) noexcept;
  void enlist(internal::ServerCall& call) noexcept;
  template <class Put>
  void send(Lock& lock, Put put) noexcept;
  void send_failure(Lock& lock, std::uint32_t call, const Error& error, std::uint8_t flags = 0) noexcept;
  bool under_pressure() const noexcept;
  void note_pressure() noexcept;
  void close_if_drained() noexcept;
  void wake_at(Time when) noexcept;

  /// Closed and no call running: the server need not wait for it.
  bool over() const noexcept { return closed_ && running_count_ == 0; }

  const std::shared_ptr<ServerCore> core_;
  const std::string peer_;
  const std::string identity_;
  const internal::Ref<DatagramPort> port_;
  Mutex own_mutex_;

  // The reader's.
  std::optional<Token> token_;  // of datagrams
  Buffer batch_;                // replies of this batch; in taken_over() and at its end they go to the queue
  internal::RunOfCalls ended_;  // in this batch
  Time read_at_;                // when the batch was read
  bool fresh_ = true;           // the batch has not been held up
  ReadHabit habit_;
  std::uint64_t peer_max_frame_ = 0;
  bool peer_leaves_ = false;

  // Set by the leader before it enters a handler, taken back under the lock.
  std::atomic<internal::ServerCall*> current_{nullptr};

  std::atomic<State> state_{State::handshake};  // changed by threads of the loop
  std::atomic<bool> choked_{false};             // the peer does not read its replies: see hold_back()
  std::atomic<std::size_t> running_count_{0};   // changed under the lock

  Bindings bindings_;  // changed by the reader, under the lock; read by it, or under the lock

  // Guarded by the lock.
  internal::ServerCall* running_ = nullptr;  // a list through next and previous
  bool paused_ = false;                      // frames stay unread until some of what waits was sent
  Time handshake_until_ = never;
  Time stalled_since_ = never;
  Time left_by_{};  // after a goodbye the client is to close until then
  Time wakes_at_ = never;
};

template <class Put>
void ServerConnection::send(Lock& lock, Put put) noexcept {
  if (closed_) return;
  try {
    Buffer& out = out_.gather();
    const std::size_t before = out.size();
    put(out);
    out_.gathered(before);
  } catch (const std::bad_alloc&) {
    return shut_down();
  }
  flush_soon(lock);
  note_pressure();
}

}  // namespace rpc::net
