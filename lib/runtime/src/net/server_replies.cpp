// The part of ServerConnection that any thread may use: replies, the list of running calls, timers, stopping.
#include "net/engine.h"
#include "net/server_connection.h"
#include "net/server_core.h"
#include "net/stop_task.h"

#include <algorithm>
#include <new>
#include <utility>

namespace rpc::net {

using internal::ServerCall;

namespace {

/// What a client gets to close the connection after a goodbye. Until it does, calls may come that it made before.
constexpr std::chrono::seconds time_to_leave{1};

/// The header of a reply ends where its body begins.
constexpr std::size_t reply_offset = internal::frame_header_room - header_size;

Error reply_too_large(std::size_t size, std::uint64_t limit) {
  return Error(Code::too_large, "a reply of " + std::to_string(size) +
                                    " bytes is longer than the client's Limits::max_frame of " + std::to_string(limit));
}

Error no_room(std::size_t size, std::size_t limit) {
  return Error(Code::overloaded, "a reply of " + std::to_string(size) + " bytes does not fit into the server's " +
                                     "Limits::max_send_buffer of " + std::to_string(limit) +
                                     ": earlier ones were not read");
}

std::chrono::nanoseconds time_of(const ServerCall& call) noexcept { return now() - call.request().read_at; }

/// A member function of a connection as a task.
struct Order final : internal::Continuation {
  Order(ServerConnection& connection, void (ServerConnection::*order)())
      : Continuation{&run_order}, connection(connection), order(order) {
    connection.retain();
  }

  static void run_order(Continuation& self) noexcept {
    Order& task = static_cast<Order&>(self);
    (task.connection.*task.order)();
    task.connection.release();
    delete &task;
  }

  ServerConnection& connection;
  void (ServerConnection::*order)();
};

}  // namespace

void ServerConnection::send_failure(Lock& lock, std::uint32_t call, const Error& error, std::uint8_t flags) noexcept {
  send(lock, [&](Buffer& out) { put_failure(out, call, error, flags); });
}

void ServerConnection::reply(ServerCall& call, Buffer& frame) noexcept {
  const std::size_t body = frame.size() - internal::frame_header_room;
  if (body > peer_max_frame_) return fail(call, reply_too_large(body, peer_max_frame_));
  const std::uint32_t id = call.request().id;
  const std::uint8_t flags = call.request().encoding == Encoding::tagged ? is_tagged : 0;
  put_header(frame.data() + reply_offset, Kind::reply, flags, 0, id, frame.size() - reply_offset);
  if (reply_in_batch(call, frame)) return;
  Lock lock(mutex_);
  if (!end(lock, call)) return;
  const std::size_t limit = core_->limits().max_send_buffer;
  if (out_.size() + body > limit) {
    call.request().stats->failed(Code::overloaded, time_of(call));
    return send_failure(lock, id, no_room(body, limit));
  }
  try {
    out_.append(frame, reply_offset);
  } catch (const std::bad_alloc&) {
    return shut_down();
  }
  call.request().stats->succeeded(time_of(call));
  flush_soon(lock);
  note_pressure();
}

// A call that is still `current_` is being ended by the thread that dispatched it. If that leads on, nobody else can
// touch the call or the batch: this takes neither lock nor system call.
bool ServerConnection::end_in_batch(ServerCall& call) noexcept {
  if (current_.load(std::memory_order_relaxed) != &call || !loop_.leave()) return false;
  current_.store(nullptr, std::memory_order_relaxed);
  ended_.add(*call.request().stats, read_at_);
  return true;
}

bool ServerConnection::reply_in_batch(ServerCall& call, const Buffer& frame) {
  if (frame.size() > large_frame || !end_in_batch(call)) return false;
  try {
    batch_.append(frame.data() + reply_offset, frame.size() - reply_offset);
  } catch (const std::bad_alloc&) {
    const Lock lock(mutex_);
    shut_down();
    return true;
  }
  if (batch_.size() < flush_at) return true;
  Lock lock(mutex_);
  queue_batch();
  flush(lock);
  note_pressure();
  return true;
}

void ServerConnection::queue_batch() noexcept {
  ended_.count(read_at_);
  if (batch_.empty()) return;
  try {
    if (!closed_) out_.append_batch(batch_);
  } catch (const std::bad_alloc&) {
    shut_down();
  }
  batch_.clear();
}

void ServerConnection::fail(ServerCall& call, const Error& error) noexcept {
  const std::uint32_t id = call.request().id;
  Lock lock(mutex_);
  if (!end(lock, call)) return;
  call.request().stats->failed(error.code(), time_of(call));
  send_failure(lock, id, error);
}

void ServerConnection::finished(ServerCall& call, const Error* error) noexcept {
  if (error == nullptr && end_in_batch(call)) return;
  Lock lock(mutex_);
  internal::CallStats& stats = *call.request().stats;
  error != nullptr ? stats.failed(error->code(), time_of(call)) : stats.succeeded(time_of(call));
  if (end(lock, call)) close_if_drained();
}

// The call is answered. False, and without the lock, if the connection is closed and nobody waits for the answer.
bool ServerConnection::end(Lock& lock, ServerCall& call) noexcept {
  const bool known = forget(call);
  if (!closed_) return true;
  if (known && !call.request().oneway) call.request().stats->failed(Code::unavailable, time_of(call));
  const bool last = over();
  lock.unlock();
  if (last) core_->remove(*this);
  return false;
}

void ServerConnection::handed_over(ServerCall& from, ServerCall& to) noexcept {
  Lock lock(mutex_);
  to.take_stop_source(from);
  if (closed_ && to.kept()) {
    end(lock, from);
    return;
  }
  forget(from);
  enlist(to);
}

// The server's own object may keep them, and would then never be gone if the server waited for them.
void ServerConnection::forget_kept() noexcept {
  for (ServerCall *call = running_, *next = nullptr; call != nullptr; call = next) {
    next = call->next;
    if (!call->kept()) continue;
    call->request().stats->failed(Code::unavailable, time_of(*call));
    forget(*call);
  }
}

// False if it was forgotten before.
bool ServerConnection::forget(ServerCall& call) noexcept {
  ServerCall* self = &call;
  if (current_.compare_exchange_strong(self, nullptr, std::memory_order_relaxed)) return true;
  if (call.previous == nullptr && running_ != &call) return false;
  (call.previous != nullptr ? call.previous->next : running_) = call.next;
  if (call.next != nullptr) call.next->previous = call.previous;
  call.next = call.previous = nullptr;
  --running_count_;
  call.request().stats->end_running();
  return true;
}

void ServerConnection::enlist(ServerCall& call) noexcept {
  call.next = running_;
  if (running_ != nullptr) running_->previous = &call;
  running_ = &call;
  ++running_count_;
  call.request().stats->begin_running();
  wake_at(call.request().deadline);
}

bool ServerConnection::under_pressure() const noexcept { return out_.size() > core_->limits().max_send_buffer / 4; }

void ServerConnection::note_pressure() noexcept {
  if (under_pressure()) choked_.store(true, std::memory_order_relaxed);
}

void ServerConnection::wake_at(Time when) noexcept {
  if (when >= wakes_at_) return;
  wakes_at_ = when;
  Engine::get().timers().schedule(*this, when);
}

Time ServerConnection::on_time(Time now) noexcept {
  std::vector<std::stop_source> late;
  Time next = never;
  const char* problem = nullptr;
  {
    const Lock lock(mutex_);
    if (closed_) return never;
    const Limits& limits = core_->limits();
    const Time stalled_at = stalled_since_ == never ? never : stalled_since_ + limits.stall_timeout;
    if (handshake_until_ <= now) problem = "no handshake within Limits::handshake_timeout";
    if (stalled_at <= now) problem = "it paused in the middle of a message for Limits::stall_timeout";
    if (problem != nullptr) shut_down();
    next = std::min(handshake_until_, stalled_at);
    if (left_by_ > now) next = std::min(next, left_by_);
    close_if_drained();
    for (ServerCall* call = running_; call != nullptr; call = call->next) {
      if (call->tick != 0) continue;
      if (call->request().deadline > now) {
        next = std::min(next, call->request().deadline);
      } else {
        call->tick = 1;
        late.push_back(call->stop_source());
      }
    }
    wakes_at_ = next = problem != nullptr ? never : next;
  }
  if (problem != nullptr) core_->log_closing(peer_, problem);
  StopTask::post(loop_, std::move(late));
  return next;
}

void ServerConnection::post(void (ServerConnection::*order)()) { loop_.post(*new Order(*this, order)); }

void ServerConnection::drain() { post(&ServerConnection::drain_now); }

void ServerConnection::cancel_all() { post(&ServerConnection::cancel_all_now); }

// On the loop's thread nothing is in the middle of a dispatch: the calls that run are all in the list.
void ServerConnection::drain_now() {
  Lock lock(mutex_);
  if (closed_) return;
  if (state_ == State::handshake) return shut_down();
  state_ = State::draining;
  if (peer_leaves_) wake_at(left_by_ = now() + time_to_leave);
  send(lock, [](Buffer& out) { put_bare(out, Kind::goodbye, 0); });
  close_if_drained();
}

void ServerConnection::cancel_all_now() {
  std::vector<std::stop_source> sources;
  {
    const Lock lock(mutex_);
    for (ServerCall* call = running_; call != nullptr; call = call->next) sources.push_back(call->stop_source());
  }
  StopTask::post(loop_, std::move(sources));
}

void ServerConnection::disconnect() noexcept {
  const Lock lock(mutex_);
  shut_down();
}

// Reading goes on where the loop sees that the socket takes bytes: only the loop's leader may handle frames.
void ServerConnection::on_flushed() noexcept {
  if (paused_ && !blocked_) {
    blocked_ = true;
    update_interest();
  }
  close_if_drained();
}

void ServerConnection::close_if_drained() noexcept {
  if (state_ != State::draining || running_count_ != 0 || flushing_ || !drained()) return;
  if (left_by_ <= now()) shut_down();
}

}  // namespace rpc::net
