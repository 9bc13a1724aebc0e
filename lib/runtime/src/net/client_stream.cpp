#include "net/client_stream.h"

#include "net/channel_core.h"
#include "net/messages.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <algorithm>
#include <bit>
#include <utility>

namespace rpc::net {

ClientStream::ClientStream(Link link, Loop& loop, ChannelCore& core)
    : Connection(std::move(link), loop, core.mutex_, header_size), core_(core) {
  core_.retain();
}

void ClientStream::destroy() noexcept {
  ChannelCore& core = core_;
  delete this;
  core.release();
}

bool ClientStream::take_reading() noexcept {
  const Lock lock(mutex_);
  if (closed_ || reader_ != Reader::armed) return false;
  reader_ = Reader::loop;
  return true;
}

bool ClientStream::on_writable() noexcept {
  Lock lock(mutex_);
  blocked_ = false;
  flush(lock);
  return true;
}

void ClientStream::end_batch(Next) noexcept {
  const Lock lock(mutex_);
  core_.leave(*this);
}

void ClientStream::on_broken(const Error& reason) noexcept {
  const char* known = nullptr;
  {
    const Lock lock(mutex_);
    known = end_reason_;
  }
  core_.on_down(*this, known != nullptr ? Error(Code::unavailable, known) : reason);
}

// The socket was shut down, and somebody has to find that.
void ClientStream::expect_end() noexcept {
  if (reader_ != Reader::none) return;
  reader_ = Reader::armed;
  set_reading(true);
}

Next ClientStream::handle(const Frame& frame) {
  switch (frame.header.kind) {
    case Kind::reply: return answered(frame);
    case Kind::failure: return failed(frame);
    case Kind::welcome: return greeted(frame);
    case Kind::bound: return bound(frame);
    case Kind::heard: return heard(frame);
    case Kind::goodbye: return core_.on_goodbye(), Next::more;
    default: throw Error(Code::malformed, "the server sent a frame that only clients send");
  }
}

Next ClientStream::greeted(const Frame& frame) {
  if (up_) throw Error(Code::malformed, "the server sent a second welcome");
  const Welcome welcome = read_welcome(frame);
  check_max_frame(welcome.max_frame);
  in_.set_max_body(core_.options_.limits.max_frame);
  core_.on_welcome(*this, welcome);
  return Next::more;
}

// A refused interface refuses each call.
Next ClientStream::bound(const Frame& frame) {
  if (const std::optional<Encoding> encoding = read_bound(frame)) core_.on_bound(frame.header.method, *encoding);
  return Next::more;
}

// Replies are put off until there are some, to take their calls out under one lock.
Next ClientStream::answered(const Frame& frame) {
  replies_[reply_count_++] = {frame.header.call, frame.body, frame.body_size,
                              (frame.header.flags & is_tagged) != 0 ? Encoding::tagged : Encoding::exact, nullptr};
  return reply_count_ == most_replies ? finish_frames() : Next::more;
}

Next ClientStream::finish_frames() {
  if (taken_count_ != reply_count_) {
    const Lock lock(mutex_);
    for (; taken_count_ != reply_count_; ++taken_count_) {
      const Slots::Taken taken = core_.slots_.take(replies_[taken_count_].id);
      replies_[taken_count_].call = taken.call;
      if (taken.call != nullptr) core_.forget(*taken.call);
      unknown_reply_ |= !taken.known;
    }
  }
  return complete_taken();
}

Next ClientStream::complete_taken() {
  while (completed_count_ != taken_count_) {
    const Reply& reply = replies_[completed_count_++];
    if (reply.call == nullptr) continue;
    if (run(reply.call->complete(reply.body, reply.size, core_.options_.limits, reply.encoding)) == Next::lost)
      return Next::lost;
  }
  reply_count_ = taken_count_ = completed_count_ = 0;
  if (unknown_reply_) throw Error(Code::malformed, "the server answered a call that was not made");
  return Next::more;
}

Next ClientStream::failed(const Frame& frame) {
  if (const Next next = finish_frames(); next != Next::more) return next;
  Error error = read_failure(frame);
  if (frame.header.call == whole_connection) throw error;
  Slots::Taken taken;
  {
    const Lock lock(mutex_);
    taken = core_.slots_.take(frame.header.call);
    if (taken.call != nullptr) core_.forget(*taken.call);
  }
  if (!taken.known) throw Error(Code::malformed, "the server answered a call that was not made");
  if (taken.call == nullptr) return Next::more;
  taken.call->transport.unbegun = (frame.header.flags & is_unbegun) != 0;
  return run(taken.call->fail(std::move(error)));
}

// What the user attached runs here only if this is the loop's thread.
Next ClientStream::run(internal::Continuation* next) noexcept {
  if (next == nullptr) return Next::more;
  if (reader_ != Reader::loop) return loop_.post(*next), Next::more;
  loop_.enter();
  next->run(*next);
  return loop_.leave() ? Next::more : Next::lost;
}

Next ClientStream::heard(const Frame& frame) {
  core_.on_heard(*this, read_heard(frame));
  return Next::more;
}

Next ClientStream::receive_until(Time until, Time now, bool poll) noexcept {
  if (poll) return receive(MSG_DONTWAIT);
  if (core_.options_.spin.count() != 0 && spinning_.wanted()) {
    const bool hit = spin(std::min(until, internal::time_after(net::now(), core_.options_.spin)));
    spinning_.note(hit);
    if (hit) return receive(MSG_DONTWAIT);
    now = net::now();
  }
  std::uint32_t wanted = 0;
  if (until != never) {
    const auto left = std::chrono::floor<std::chrono::milliseconds>(until - now).count();
    wanted = std::bit_floor(static_cast<std::uint32_t>(std::clamp<std::int64_t>(left, 1, 1 << 30)));
  }
  // The limit is changed when it is too long, and when it has proved too short: calls in a row seldom need that.
  if (wanted != 0 && (recv_limit_ms_ == 0 || recv_limit_ms_ > wanted)) limit_recv(wanted);
  const Next next = receive(0);
  if (next == Next::pause && recv_limit_ms_ != wanted) limit_recv(wanted);
  return next;
}

void ClientStream::limit_recv(std::uint32_t milliseconds) noexcept {
  recv_limit_ms_ = milliseconds;
  const timeval limit{.tv_sec = milliseconds / 1000, .tv_usec = static_cast<suseconds_t>(milliseconds % 1000 * 1000)};
  ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

// Looks for data, or the end of the stream, without sleeping.
bool ClientStream::spin(Time until) noexcept {
  do {
    char byte;
    if (::recv(fd_.get(), &byte, 1, MSG_DONTWAIT | MSG_PEEK) >= 0) return true;
  } while (now() < until);
  return false;
}

}  // namespace rpc::net
