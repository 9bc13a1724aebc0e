// One epoll and the thread that leads it: waits for connections to become readable and handles what they bring, user
// code included, right there. When user code keeps the leader, the leadership passes to another thread.
//
// A connection that is the only busy one may be waited for directly, in recv(), which saves a system call for each of
// its calls; then a second thread waits in epoll_wait() for all the others.
//
// Invariants of the leadership
//  - Nobody leads while waiting. Who has got something to handle claims the leadership first, and who has nothing more
//    to handle takes one of the two places to wait, or goes home if they are taken. The place at the epoll comes first.
//  - Everything a leader needs to go on is in the Loop and in the current source, nothing on its stack. So the new
//    leader continues with the very next frame.
//  - A leader that returns from user code leaves it. If that fails it was replaced: it waits until that is complete and
//    touches nothing of the loop again; all it still has is the count of the connection that taken_over() added for it.
#pragma once

#include "net/event_source.h"
#include "net/leadership.h"
#include "net/socket.h"
#include "pending_call.h"

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace rpc::net {

class Engine;

class Loop {
 public:
  explicit Loop(Engine& engine);

  /// Changes what the loop waits for on a descriptor, from `before` to `after` (EPOLLIN, EPOLLOUT; 0: nothing). Events
  /// come once for what arrives; the same interest again has what is there already reported anew.
  void interest(EventSource& source, int fd, std::uint32_t before, std::uint32_t after) noexcept;

  /// Has `task` run on an engine thread. It may be user code.
  void post(internal::Continuation& task) noexcept;

  /// Gives up a count of `source` as soon as no event of it can be waiting here.
  void retire(EventSource& source) noexcept;

  /// Whether this thread leads a loop, or did before the user code it is in.
  static bool in_batch() noexcept;

  /// If this thread leads a loop, has `connection` flushed at the end of the batch (and counts it). The flush happens
  /// as well when the leadership is taken meanwhile.
  static bool defer_flush(Connection& connection) noexcept;

  /// To be called before this thread blocks: if it leads a loop, somebody else goes on leading it.
  static void before_blocking() noexcept;

  /// Around user code on the leading thread. leave() is false if the leadership was taken meanwhile; it may be called
  /// again.
  void enter() noexcept;
  [[nodiscard]] bool leave() noexcept;

  /// Leads and waits until the leadership is lost or no place to wait is free.
  void lead();

  /// Called every tick by the watching thread: takes the leadership from a leader that was in the same piece of user
  /// code a tick ago. Returns whether the loop is busy.
  bool watch() noexcept;

 private:
  void claim() noexcept;
  void yield() noexcept;
  bool take_over(Leadership::Word word) noexcept;
  bool run_ready();
  bool run_batch(EventSource& source, std::uint32_t events, bool direct);
  bool run_tasks();
  void handle_wake() noexcept;
  void flush_deferred() noexcept;
  void release_retired() noexcept;
  bool wait() noexcept;
  void wait_for_events() noexcept;
  void wait_directly() noexcept;
  void choose_direct(EventSource& source) noexcept;
  void end_direct() noexcept;
  void wake() noexcept;
  bool leads() const noexcept;
  void start() noexcept;

  Engine& engine_;
  Fd epoll_;
  Fd wake_;
  Leadership leadership_;
  std::atomic<bool> started_{false};
  Leadership::Word watched_word_ = 0;  // the watching thread's

  // The leader's; events_ belongs to who waits at the epoll.
  std::array<epoll_event, 64> events_;
  int next_event_ = 0;
  int event_count_ = 0;
  bool epoll_taken_ = false;           // a thread waits at the epoll
  EventSource* current_ = nullptr;     // in the middle of a batch
  const EventSource* last_ = nullptr;  // whose batch was the last; only compared
  Connection* direct_ = nullptr;       // waited for directly; counted
  bool direct_taken_ = false;          // a thread does so
  bool direct_wanted_ = false;         // and may do so again
  bool direct_came_ = false;           // its recv() returned
  std::vector<internal::Continuation*> running_;
  std::size_t next_task_ = 0;

  std::mutex taking_;  // held while the leadership is taken; before a connection's lock

  std::mutex mutex_;  // for what follows; after a connection's lock
  std::vector<internal::Continuation*> tasks_;
  std::vector<Connection*> deferred_;
  std::vector<EventSource*> retired_;
  bool woken_ = false;
  std::atomic<bool> work_{false};  // one of the three lists has something; read without the lock by the leader
};

}  // namespace rpc::net
