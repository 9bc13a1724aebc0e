// The part of ChannelCore that waits for replies: leader/follower reading by the waiting callers themselves.
#include "net/channel_core.h"
#include "net/loop.h"

#include <algorithm>
#include <utility>

namespace rpc::net {

using internal::PendingCall;

namespace {

constexpr std::uint64_t in_flight = 1 | 2;  // in a slot or in the queue

/// The timers fail a call a little after its deadline; a reader looks for that here.
constexpr std::chrono::milliseconds timer_slack{2};

/// How soon an unread connection is looked at again, to see a disconnect.
constexpr std::chrono::milliseconds look_later{50};

}  // namespace

void ChannelCore::wait(PendingCall& call, Time until) noexcept {
  if (call.completed()) return;
  Time at = now();
  const bool poll = until <= at;
  if (!poll) Loop::before_blocking();
  if (call.interruptible()) watch(call);
  Lock lock(mutex_);
  if (stream_ != nullptr && !stream_->out_.empty()) {
    if (flush_task_.posted || flush_at_ != never) ++waiter_flushes_;
    flush_at_ = never;
    flushed_at_ = at;
    stream_->flush(lock);
  }
  bool reader = false;
  do {
    if (reader || can_read(call)) {
      read(lock, call, until, poll ? never : at);
      reader = false;
    } else if (!poll) {
      reader = park(lock, call, until);
    }
  } while (!call.completed() && ((at = now()) < until || reader));
  if (reader) leave(*stream_);
  if (!call.completed()) fail_unsent(lock, call);
}

// A call that is in neither place is being completed by another thread right now.
bool ChannelCore::can_read(const PendingCall& call) const noexcept {
  if (stream_ == nullptr || !stream_->up_ || call.interruptible() || (call.transport.tick & in_flight) == 0)
    return false;
  return stream_->reader_ == Reader::none || stream_->reader_ == Reader::armed;
}

// A blocking call that still has no connection at its deadline fails for that reason, not for the deadline.
void ChannelCore::fail_unsent(Lock& lock, PendingCall& call) noexcept {
  const auto found =
      std::find_if(queue_.begin(), queue_.end(), [&](const Queued& queued) { return queued.call == &call; });
  if (found == queue_.end() || !found->waiter_keeps_time) return;
  unqueue(call);
  forget(call);
  const Error error = unreachable();
  lock.unlock();
  internal::run(call.fail(error));
}

// The thread is the reader from here to leave(), or until the connection is closed.
void ChannelCore::read(Lock& lock, PendingCall& call, Time until, Time at) noexcept {
  const bool poll = at == never;
  ClientStream& stream = *stream_;
  stream.retain();
  stream.reader_ = Reader::caller;
  stream.used_ = true;
  stream.set_reading(false);
  const Time deadline = slots_.deadline(call.transport.id);
  Time bound = std::min(until, deadline == never ? never : deadline + timer_slack);
  lock.unlock();
  Next next = stream.process();
  while (next == Next::more && !call.completed()) {
    next = stream.receive_until(bound, at, poll);
    if (next == Next::more) {
      next = stream.process();
      if (next == Next::more && stream.partial()) {
        const Lock partial(mutex_);
        note_stall(stream);
      }
    } else if (next == Next::pause) {
      at = now();
      if (at >= until) break;
      bound = std::min(until, std::max(bound, at + timer_slack / 2));
      next = Next::more;
    }
  }
  lock.lock();
  if (next != Next::closed) leave(stream);
  lock.unlock();
  stream.release();
  lock.lock();
}

// Passes the reading on: to a caller that waits, to the loop if replies are expected that nobody waits for, else to
// nobody. What has arrived is handled, so the next reader begins with the socket. After a goodbye, and with all
// replies, that one finds the end.
void ChannelCore::leave(ClientStream& stream) noexcept {
  if (state_ == State::draining && slots_.empty()) stream.shut_down();
  note_stall(stream);
  stream.idle();
  if (stream.up_ && promote_next()) {
    stream.reader_ = Reader::caller;
    return stream.set_reading(false);
  }
  if (slots_.empty() && queue_.empty()) watched_.store(false, std::memory_order_relaxed);
  const bool ending = state_ == State::draining || state_ == State::closed;
  const bool loop_reads = stream.reader_ == Reader::loop || watched_.load(std::memory_order_relaxed) || ending;
  stream.reader_ = loop_reads ? Reader::armed : Reader::none;
  stream.set_reading(loop_reads);
  if (loop_reads) stream.ask_again();
  if (!loop_reads && look_at_ == never) wake_at(look_at_ = now() + look_later);
}

// The time-out of a peer that pauses in the middle of a message begins anew with everything that comes.
void ChannelCore::note_stall(ClientStream& stream) noexcept {
  const bool partial = stream.partial();
  stream.stalled_since_ = partial ? now() : never;
  if (partial) wake_at(stream.stalled_since_ + options_.limits.stall_timeout);
}

bool ChannelCore::promote_next() noexcept {
  Waiter* waiter = first_waiter_;
  if (waiter == nullptr) return false;
  unlist(*waiter);
  waiter->reader = true;
  waiter->promote();
  return true;
}

void ChannelCore::list(Waiter& waiter) noexcept {
  waiter.listed = true;
  waiter.previous = last_waiter_;
  (last_waiter_ != nullptr ? last_waiter_->next : first_waiter_) = &waiter;
  last_waiter_ = &waiter;
}

void ChannelCore::unlist(Waiter& waiter) noexcept {
  if (!std::exchange(waiter.listed, false)) return;
  (waiter.previous != nullptr ? waiter.previous->next : first_waiter_) = waiter.next;
  (waiter.next != nullptr ? waiter.next->previous : last_waiter_) = waiter.previous;
  waiter.next = waiter.previous = nullptr;
}

// Sleeps until the call completes or this thread is to read. Returns whether it has become the reader, which it then is
// even if the call completed at the same moment.
bool ChannelCore::park(Lock& lock, PendingCall& call, Time until) noexcept {
  Waiter waiter(call);
  if (!call.attach(waiter)) return false;
  if (!call.interruptible()) list(waiter);
  lock.unlock();
  waiter.sleep(until);
  if (!call.detach(waiter)) waiter.await_completion();
  lock.lock();
  unlist(waiter);
  return waiter.reader;
}

}  // namespace rpc::net
