#include "net/server_connection.h"

#include "net/engine.h"
#include "net/server_core.h"
#include "net/stop_task.h"

#include <sys/socket.h>

#include <ctime>
#include <new>
#include <utility>

namespace rpc::net {

using internal::ServerCall;

namespace {

/// No batch takes as long unless it is held up: it ends with the buffer, and a handler that blocks is taken out of it.
constexpr std::uint32_t long_batch_ms = 8192;

/// Good to some milliseconds, and much cheaper than the exact time.
Time coarse_now() noexcept {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
  return Time(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
}

}  // namespace

ServerConnection::ServerConnection(Link link, Loop& loop, std::shared_ptr<ServerCore> core, std::string peer,
                                   std::string identity, internal::Ref<DatagramPort> port)
    : Connection(std::move(link), loop, own_mutex_, call_header_size),
      core_(std::move(core)),
      peer_(std::move(peer)),
      identity_(std::move(identity)),
      port_(std::move(port)) {}

void ServerConnection::start() {
  const Lock lock(mutex_);
  handshake_until_ = now() + core_->limits().handshake_timeout;
  wake_at(handshake_until_);
  set_reading(true);
}

bool ServerConnection::take_reading() noexcept {
  if (!reading_) return false;
  read_at_ = now();
  fresh_ = true;
  return true;
}

// Calls one at a time: the thread is better off waiting for this connection alone.
Connection* ServerConnection::direct(bool alone) noexcept {
  if (alone && handled() == 1 && reading_ && !closed_) return habit_.next(read_at_) ? this : nullptr;
  habit_.restart();
  return nullptr;
}

bool ServerConnection::on_writable() noexcept {
  {
    Lock lock(mutex_);
    blocked_ = false;
    const bool paused = std::exchange(paused_, false);
    flush(lock);
    if (closed_ || !paused) return true;
    if (blocked_) return paused_ = true;
    choked_.store(false, std::memory_order_relaxed);
    set_reading(true);
  }
  return finish(process());
}

Next ServerConnection::handle(const Frame& frame) {
  if (state_.load(std::memory_order_relaxed) == State::handshake) return greet(frame);
  switch (frame.header.kind) {
    case Kind::call:
    case Kind::oneway: return call(frame);
    case Kind::bind: return bind(frame);
    case Kind::cancel: return cancel(frame);
    default: throw Error(Code::malformed, "the client sent a frame that only servers send, or a second hello");
  }
}

Next ServerConnection::greet(const Frame& frame) {
  if (frame.header.kind != Kind::hello) throw Error(Code::malformed, "the client did not begin with hello");
  const Hello hello = read_hello(frame);
  if (hello.oldest_version > protocol_version || hello.newest_version < protocol_version) {
    throw Error(Code::incompatible, "the server speaks version " + std::to_string(protocol_version) +
                                        " of the protocol, the client " + std::to_string(hello.oldest_version) +
                                        " to " + std::to_string(hello.newest_version));
  }
  check_max_frame(hello.max_frame);
  const Limits& limits = core_->limits();
  std::optional<DatagramOffer> offer;
  if (hello.datagrams && port_) offer = port_->admit(*this, fd_.get());
  if (offer) token_ = offer->token;
  Lock lock(mutex_);
  peer_max_frame_ = hello.max_frame;
  peer_leaves_ = hello.leaves;
  in_.set_max_body(limits.max_frame);
  state_ = State::open;
  handshake_until_ = never;
  send(lock, [&](Buffer& out) {
    put_welcome(out, {.max_in_flight = limits.max_in_flight, .max_frame = limits.max_frame, .datagrams = offer});
  });
  return Next::more;
}

Next ServerConnection::bind(const Frame& frame) {
  const Bind bind = read_bind(frame);
  const Registered* const registered = core_->find(bind.name);
  Lock lock(mutex_);
  const Bindings::Answer answer = bindings_.add(bind, registered);
  send(lock, [&](Buffer& out) {
    answer.refused == nullptr ? put_bound(out, bind.base, answer.encoding) : put_bound(out, bind.base, *answer.refused);
  });
  return Next::more;
}

Next ServerConnection::call(const Frame& frame) {
  const Target target = bindings_.find(frame.header.method);
  const Time deadline = deadline_of(frame);
  if (const Obstacle found = obstacle(frame, target, deadline); found != Obstacle::none)
    return refuse(frame, target, found);
  return dispatch(frame, target, deadline);
}

// Deadlines count from when the batch was read: what a call waited behind others of it is its server's doing.
Time ServerConnection::deadline_of(const Frame& frame) const noexcept {
  return frame.deadline_ms == 0 ? never : read_at_ + std::chrono::milliseconds(frame.deadline_ms);
}

ServerConnection::Obstacle ServerConnection::obstacle(const Frame& frame, const Target& target,
                                                      Time deadline) const noexcept {
  const bool tagged = (frame.header.flags & is_tagged) != 0;
  if (target.registered == nullptr || !(tagged || target.same_version)) return Obstacle::unbound;
  if (state_.load(std::memory_order_relaxed) == State::draining) return Obstacle::stopping;
  const bool near = frame.deadline_ms < long_batch_ms || !fresh_;
  if (deadline != never && near && coarse_now() >= deadline) return Obstacle::late;
  const bool room = running_count_.load(std::memory_order_relaxed) < core_->limits().max_in_flight;
  return room ? Obstacle::none : Obstacle::overloaded;
}

Error ServerConnection::refusal(const Frame& frame, Obstacle found) const {
  if (found == Obstacle::unbound) return bindings_.refusal(frame.header.method);
  if (found == Obstacle::stopping) return Error(Code::unavailable, "the server is stopping");
  if (found == Obstacle::late)
    return Error(Code::deadline_exceeded, "the deadline passed before the server could begin");
  return Error(Code::overloaded, "the server's Limits::max_in_flight allows " +
                                     std::to_string(core_->limits().max_in_flight) +
                                     " calls at a time on one connection");
}

Next ServerConnection::refuse(const Frame& frame, const Target& target, Obstacle found) {
  if (frame.header.kind == Kind::oneway) return ignore(found), Next::more;
  const Error error = refusal(frame, found);
  if (target.registered != nullptr) target.registered->stats[target.method].failed(error.code());
  Lock lock(mutex_);
  send_failure(lock, frame.header.call, error, peer_leaves_ ? is_unbegun : 0);
  lock.unlock();
  return hold_back();
}

internal::Request ServerConnection::request_of(const Frame& frame, const Target& target, Time read_at, Time deadline,
                                               Chunk& memory) noexcept {
  return {.connection = this,
          .info = target.registered->skeleton.info,
          .method = target.method,
          .id = frame.header.call,
          .oneway = frame.header.kind == Kind::oneway,
          .encoding = (frame.header.flags & is_tagged) != 0 ? Encoding::tagged : Encoding::exact,
          .body = {frame.body, frame.body_size},
          .metadata = {frame.metadata, frame.metadata_size},
          .deadline = deadline,
          .limits = &core_->limits(),
          .memory = &memory,
          .server = &target.registered->owner,
          .read_at = read_at,
          .stats = &target.registered->stats[target.method]};
}

Next ServerConnection::dispatch(const Frame& frame, const Target& target, Time deadline) {
  Chunk* const chunk = in_.chunk();
  ServerCall call(request_of(frame, target, read_at_, deadline, *chunk));
  current_.store(&call, std::memory_order_relaxed);
  if (!run(call, frame, target, loop_, &ServerCounters::frames_received)) return chunk->release(), Next::lost;
  return hold_back();
}

// The connection may be gone when the call was served.
bool ServerConnection::run(ServerCall& call, const Frame& frame, const Target& target, Loop& loop,
                           std::uint64_t ServerCounters::* received) noexcept {
  loop.enter();
  if ((frame.header.flags & is_unordered) != 0) Loop::before_blocking();
  if (admit(call, target, received)) serve(call, target.registered->skeleton, target.method);
  return loop.leave();
}

// As part of the call, so that a hook which blocks holds up no more than a handler which does.
bool ServerConnection::admit(ServerCall& call, const Target& target,
                             std::uint64_t ServerCounters::* received) noexcept {
  const Registered& registered = *target.registered;
  const bool oneway = call.request().oneway;
  if (core_->access().asks() && !registered.brings_messages) [[unlikely]] {
    const AccessRequest asked(*registered.skeleton.info, target.method, peer(), call.request().metadata);
    if (const std::optional<Error> denied = core_->access().denial(asked)) {
      if (oneway) core_->counts().add(&ServerCounters::ignored_denied);
      oneway ? finished(call, &*denied) : fail(call, *denied);
      return false;
    }
  }
  if (oneway) core_->counts().add(received);
  return true;
}

// The leader that is stuck keeps the connection and the bytes of its request; its call can be found from now on.
void ServerConnection::taken_over() noexcept {
  Connection::taken_over();
  in_.chunk()->retain();
  fresh_ = false;
  Lock lock(mutex_);
  if (ServerCall* call = current_.exchange(nullptr, std::memory_order_relaxed)) enlist(*call);
  queue_batch();
  flush(lock);
}

Next ServerConnection::cancel(const Frame& frame) {
  std::vector<std::stop_source> sources;
  {
    const Lock lock(mutex_);
    for (ServerCall* call = running_; call != nullptr; call = call->next) {
      if (call->request().id != frame.header.call || call->request().oneway) continue;
      sources.push_back(call->stop_source());
      break;
    }
  }
  StopTask::post(loop_, std::move(sources));
  return Next::more;
}

// A peer that does not read its replies gets no further calls served until it does. Nor does one that asks faster than
// another thread sends: only this thread knows whether more is to come.
Next ServerConnection::hold_back() noexcept {
  if (!choked_.load(std::memory_order_relaxed)) return Next::more;
  Lock lock(mutex_);
  flush(lock);
  const bool goes_down = blocked_ || flushing_;  // and whoever sees to that has the reading go on
  if (closed_ || !goes_down || !under_pressure()) return choked_.store(false, std::memory_order_relaxed), Next::more;
  paused_ = true;
  fresh_ = false;
  set_reading(false);
  return Next::pause;
}

void ServerConnection::end_batch(Next) noexcept {
  const bool partial = this->partial();
  idle();
  Lock lock(mutex_);
  queue_batch();
  flush(lock);
  note_pressure();
  if (closed_) return;
  ask_again();
  stalled_since_ = partial && !paused_ ? now() : never;
  if (stalled_since_ != never) wake_at(stalled_since_ + core_->limits().stall_timeout);
}

void ServerConnection::on_broken(const Error& reason) noexcept {
  const bool misbehaved = reason.code() != Code::unavailable;
  if (misbehaved) core_->log_closing(peer_, reason.what());
  std::vector<std::stop_source> sources;
  bool over = false;
  {
    Lock lock(mutex_);
    for (ServerCall* call = running_; call != nullptr; call = call->next) sources.push_back(call->stop_source());
    forget_kept();
    queue_batch();
    if (misbehaved) send_failure(lock, whole_connection, reason);
    flush(lock);
    close();
    over = this->over();
  }
  in_.clear();
  StopTask::post(loop_, std::move(sources));
  if (token_) port_->remove(*token_);
  if (over) core_->remove(*this);
}

}  // namespace rpc::net
