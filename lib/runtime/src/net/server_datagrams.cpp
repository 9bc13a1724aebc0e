// The part of ServerConnection that serves datagrams: on the thread that leads the loop of the port, which need not be
// the connection's reader.
#include "net/messages.h"
#include "net/server_connection.h"
#include "net/server_core.h"

namespace rpc::net {

using internal::ServerCall;

// It is never the `current_` call, so that it joins the running ones at once.
bool ServerConnection::serve_datagram(const Frame& frame, Time read_at, Loop& loop, Chunk& memory) noexcept {
  Lock lock(mutex_);
  const Target target = bindings_.find(frame.header.method);
  const Obstacle found = closed_ ? Obstacle::closed : obstacle(frame, target, never);
  if (found != Obstacle::none) return ignore(found), true;
  ServerCall call(request_of(frame, target, read_at, never, memory));
  enlist(call);
  lock.unlock();
  return run(call, frame, target, loop, &ServerCounters::datagrams_received);
}

// A client that asks more than it reads gets no further answers.
void ServerConnection::confirm_datagrams(std::uint64_t accepted) noexcept {
  Lock lock(mutex_);
  if (!under_pressure()) send(lock, [&](Buffer& out) { put_heard(out, accepted); });
}

void ServerConnection::ignore(Obstacle found) noexcept {
  ServerCounts& counts = core_->counts();
  switch (found) {
    case Obstacle::closed: return counts.add(&ServerCounters::ignored_forged);
    case Obstacle::unbound: return counts.add(&ServerCounters::ignored_unbound);
    case Obstacle::stopping: return counts.add(&ServerCounters::ignored_stopping);
    case Obstacle::overloaded: return counts.add(&ServerCounters::ignored_overloaded);
    case Obstacle::late:
    case Obstacle::none: return;
  }
}

}  // namespace rpc::net
