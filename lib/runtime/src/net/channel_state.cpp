// The part of ChannelCore that makes the connection, loses it, and keeps the time.
#include "net/channel_core.h"
#include "net/control.h"
#include "net/engine.h"
#include "net/messages.h"

#include <algorithm>
#include <new>
#include <utility>

namespace rpc::net {

using internal::PendingCall;

namespace {

/// Between attempts to connect; doubles from the first to the last.
constexpr std::chrono::milliseconds first_backoff{5};
constexpr std::chrono::milliseconds last_backoff{500};

constexpr std::chrono::milliseconds look_soon{5};
constexpr std::chrono::milliseconds look_later{50};

}  // namespace

void ChannelCore::connect_early() {
  const Lock lock(mutex_);
  if (state_ == State::idle) begin_connecting();
}

void ChannelCore::begin_connecting() {
  state_ = State::connecting;
  backoff_ = {};
  problem_.clear();
  begin_attempt();
}

void ChannelCore::begin_attempt() {
  retain();
  control::connect(url_, ciphers_, options_.limits.handshake_timeout, [this](Link link) {
    connected(std::move(link));
    release();
  });
}

void ChannelCore::connected(Link link) {
  std::vector<Failed> failed;
  {
    Lock lock(mutex_);
    if (state_ == State::closed) return;
    if (link.failed()) {
      retry_later(Error(Code::unavailable, link.problem.text), link.problem.lasting, failed);
    } else {
      open_stream(lock, std::move(link));
    }
  }
  fail_all(failed);
}

void ChannelCore::open_stream(Lock& lock, Link link) {
  stream_ = new ClientStream(std::move(link), loop_, *this);
  stream_->retain();
  handshake_until_ = now() + options_.limits.handshake_timeout;
  wake_at(handshake_until_);
  Buffer& out = stream_->out_.gather();
  const bool datagrams = url_.scheme == Url::Scheme::tcp && max_datagram(options_.limits) != 0;
  put_hello(out, {.max_frame = options_.limits.max_frame, .datagrams = datagrams, .leaves = true});
  stream_->out_.gathered(0);
  stream_->set_reading(true);
  stream_->flush(lock);
}

void ChannelCore::on_welcome(ClientStream& stream, const Welcome& welcome) {
  std::vector<Failed> failed;
  {
    Lock lock(mutex_);
    handshake_until_ = never;
    peer_max_frame_ = welcome.max_frame;
    slots_.set_limit(std::min(options_.limits.max_in_flight, welcome.max_in_flight));
    stream.up_ = true;
    stream.offer_ = welcome.datagrams;
    if (state_ == State::connecting) state_ = State::up;
    some_too_long_ = false;
    for (Bound& bound : interfaces_) bind(bound);
    if (observer_ != nullptr && state_ == State::up) observer_->on_up();
    send_queued(failed);
    stream.flush(lock);
  }
  fail_all(failed);
}

void ChannelCore::send_queued(std::vector<Failed>& failed) {
  const Time at = now();
  while (!queue_.empty()) {
    Queued queued = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= queued.frame.size();
    if (queued.call == nullptr && unsendable(queued.frame, queued.method)) {
      counts_.add(&ChannelCounters::dropped_refused);
    } else if (queued.call == nullptr) {
      put_oneway(queued, queued.frame);
    } else if (Refusal refused; !put_call(queued, queued.frame, at, refused)) {
      forget(*queued.call);
      failed.push_back({queued.call, std::move(*refused)});
    }
  }
}

// Calls that are made from here on are in the exact encoding, if that is bound.
void ChannelCore::on_bound(std::uint16_t base, Encoding encoding) {
  const Lock lock(mutex_);
  for (Bound& bound : interfaces_) {
    if (bound.base != base) continue;
    bound.served = true;
    if (encoding != Encoding::exact) continue;
    const auto free = std::ranges::find(exact_, nullptr, [](const auto& each) { return each.load(); });
    if (free != exact_.end()) free->store(bound.interface);
  }
}

// The server answers what it has, then closes. New calls wait for another connection.
void ChannelCore::on_goodbye() noexcept {
  const Lock lock(mutex_);
  if (state_ != State::up) return;
  state_ = State::draining;
  if (observer_ != nullptr) observer_->on_leaving();
}

void ChannelCore::on_down(ClientStream& stream, const Error& reason) noexcept {
  std::vector<Failed> failed;
  {
    const Lock lock(mutex_);
    std::vector<PendingCall*> calls;
    slots_.clear(calls);
    const Error error(reason.code(), "the connection to " + url_.text() + " was lost: " + reason.what());
    for (PendingCall* call : calls) {
      forget(*call);
      failed.push_back({call, error});
    }
    const bool was_up = stream.up_;
    stream.close();
    stream_ = nullptr;
    handshake_until_ = never;
    for (auto& each : exact_) each.store(nullptr);
    if (state_ != State::closed && !was_up) {
      const bool refused = stream.cipher_ != nullptr && stream.cipher_->problem().lasting;
      retry_later(reason, refused || reason.code() == Code::incompatible, failed);
    } else if (state_ != State::closed) {
      become_idle(error.what());
      if (!queue_.empty()) begin_connecting();
    }
  }
  fail_all(failed);
  stream.release();
}

void ChannelCore::become_idle(const std::string& reason) noexcept {
  state_ = State::idle;
  if (observer_ != nullptr) observer_->on_idle(reason);
}

void ChannelCore::retry_later(const Error& problem, bool lasting, std::vector<Failed>& failed) {
  problem_ = problem.what();
  const bool wanted =
      std::any_of(queue_.begin(), queue_.end(), [](const Queued& queued) { return queued.call != nullptr; });
  if (lasting || !wanted) {
    become_idle(problem_);
    return drop_queue(Error(problem.code(), url_.text() + ": " + problem.what()), failed);
  }
  backoff_ = std::clamp(2 * backoff_, first_backoff, last_backoff);
  connect_at_ = now() + backoff_;
  wake_at(connect_at_);
}

void ChannelCore::drop_queue(const Error& error, std::vector<Failed>& failed) {
  for (Queued& queued : std::exchange(queue_, {})) {
    if (queued.call == nullptr) {
      counts_.add(&ChannelCounters::dropped_offline);
    } else {
      forget(*queued.call);
      failed.push_back({queued.call, error});
    }
  }
  queued_bytes_ = 0;
}

bool ChannelCore::unqueue(PendingCall& call) noexcept {
  const auto found =
      std::find_if(queue_.begin(), queue_.end(), [&](const Queued& queued) { return queued.call == &call; });
  if (found == queue_.end()) return false;
  queued_bytes_ -= found->frame.size();
  queue_.erase(found);
  return true;
}

Error ChannelCore::unreachable() const {
  const std::string reason = problem_.empty() ? "the server has not answered yet" : problem_;
  return Error(Code::unavailable, "no connection to " + url_.text() + " within the call's deadline: " + reason);
}

// Continuations are the user's: they run on a loop.
void ChannelCore::fail_all(std::vector<Failed>& failed) noexcept {
  for (Failed& each : failed) {
    if (internal::Continuation* next = each.call->fail(std::move(each.error))) loop_.post(*next);
  }
}

void ChannelCore::wake_at(Time when) noexcept {
  if (when >= wakes_at_) return;
  wakes_at_ = when;
  Engine::get().timers().schedule(*this, when);
}

Time ChannelCore::on_time(Time now) noexcept {
  std::vector<Failed> failed;
  Time next = never;
  {
    Lock lock(mutex_);
    wakes_at_ = never;
    if (calls_until_ <= now) calls_until_ = expire_calls(now, failed);
    if (connect_at_ <= now) {
      connect_at_ = never;
      if (state_ == State::connecting) begin_attempt();
    }
    next = std::min({calls_until_, connect_at_});
    if (stream_ != nullptr) next = std::min(next, look_after_stream(now));
    wakes_at_ = next;
    if (flush_at_ <= now) flush_late(lock);
  }
  fail_all(failed);
  return next;
}

Time ChannelCore::expire_calls(Time now, std::vector<Failed>& failed) {
  std::vector<PendingCall*> late;
  Time next = slots_.expire(now, late);
  for (PendingCall* call : late) {
    forget(*call);
    failed.push_back(
        {call, Error(Code::deadline_exceeded, "no reply from " + url_.text() + " within the call's deadline")});
  }
  for (std::size_t i = 0; i < queue_.size();) {
    Queued& queued = queue_[i];
    if (queued.call == nullptr || queued.waiter_keeps_time || queued.deadline > now) {
      if (queued.call != nullptr && !queued.waiter_keeps_time) next = std::min(next, queued.deadline);
      ++i;
      continue;
    }
    PendingCall& call = *queued.call;
    failed.push_back({&call, unreachable()});
    unqueue(call);
    forget(call);
  }
  return next;
}

// Ends what stalls, and has a loop read what nobody does: replies that nobody waits for, or a disconnect.
Time ChannelCore::look_after_stream(Time now) noexcept {
  ClientStream& stream = *stream_;
  const auto stall_at = [&] { return internal::time_after(stream.stalled_since_, options_.limits.stall_timeout); };
  if (stall_at() <= now || handshake_until_ <= now) {
    stream.end_reason_ = handshake_until_ <= now ? "no handshake within Limits::handshake_timeout"
                                                 : "it paused in the middle of a message for Limits::stall_timeout";
    stream.stalled_since_ = handshake_until_ = never;
    stream.shut_down();
  }
  if (look_at_ <= now) {
    look_at_ = never;
    if (stream.reader_ == Reader::caller || std::exchange(stream.used_, false)) {
      look_at_ = now + (slots_.empty() ? look_later : look_soon);
    } else if (stream.reader_ == Reader::none) {
      stream.reader_ = Reader::armed;
      stream.set_reading(true);
    }
  }
  return std::min({handshake_until_, stall_at(), look_at_, flush_at_ <= now ? never : flush_at_});
}

// The caller that gathered calls did not come to wait for them.
void ChannelCore::flush_late(Lock& lock) noexcept {
  flush_at_ = never;
  waiter_flushes_ = 0;
  if (stream_ != nullptr) stream_->flush(lock);
}

}  // namespace rpc::net
