// One epoll and the thread that leads it: waits for connections to become readable and handles what they bring, user
// code included, right there. When user code keeps the leader, the leadership passes to another thread.
//
// Invariants of the leadership
//  - `word_` says who leads: bit 0 is set while the leader is inside user code, the rest counts up with every entry.
//    The leader knows its word; the leadership can be taken only by exchanging exactly that word while bit 0 is set.
//  - Everything a leader needs to go on is in the Loop and in the current connection, nothing on its stack. So the new
//    leader continues with the very next frame.
//  - A leader that returns from user code exchanges its word too. If that fails it was replaced: it waits until that is
//    complete and touches nothing of the loop again; all it still has is the count of the connection that taken_over()
//    added for it.
#pragma once

#include "net/socket.h"
#include "pending_call.h"

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace rpc::net {

class Connection;
class Engine;

class Loop {
 public:
  explicit Loop(Engine& engine);

  /// Changes what the loop waits for on a connection, from `before` to `after` (EPOLLIN, EPOLLOUT; 0: nothing). Events
  /// come once for what arrives; the same interest again has what is there already reported anew.
  void interest(Connection& connection, int fd, std::uint32_t before, std::uint32_t after) noexcept;

  /// Has `task` run on an engine thread. It may be user code.
  void post(internal::Continuation& task) noexcept;

  /// Gives up a count of `connection` as soon as no event of it can be waiting here.
  void retire(Connection& connection) noexcept;

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

  /// Leads until the leadership is lost.
  void lead();

  /// Called every tick by the watching thread: takes the leadership from a leader that was in the same piece of user
  /// code a tick ago. Returns whether the loop is busy.
  bool watch() noexcept;

 private:
  bool take_over(std::uint64_t word) noexcept;
  bool run_ready();
  bool run_tasks();
  void handle_wake() noexcept;
  void flush_deferred() noexcept;
  void release_retired() noexcept;
  void wait() noexcept;
  void wake() noexcept;
  bool leads() const noexcept;
  void start() noexcept;

  Engine& engine_;
  Fd epoll_;
  Fd wake_;
  std::atomic<std::uint64_t> word_{0};
  std::atomic<bool> parked_{true};
  std::atomic<bool> started_{false};
  std::uint64_t watched_word_ = 0;  // the watching thread's

  // The leader's.
  std::array<epoll_event, 64> events_;
  int next_event_ = 0;
  int event_count_ = 0;
  Connection* current_ = nullptr;  // in the middle of a batch
  std::vector<internal::Continuation*> running_;
  std::size_t next_task_ = 0;

  std::mutex taking_;  // held while the leadership is taken; before a connection's lock

  std::mutex mutex_;  // for what follows; after a connection's lock
  std::vector<internal::Continuation*> tasks_;
  std::vector<Connection*> deferred_;
  std::vector<Connection*> retired_;
  bool woken_ = false;
  std::atomic<bool> work_{false};  // one of the three lists has something; read without the lock by the leader
};

}  // namespace rpc::net
