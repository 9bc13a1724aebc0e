// One connected socket, for both roles: frames in, frames out. Who reads it, and what the frames mean, is the derived
// class's.
//
// Invariants
//  - Reading is a role that one thread has at a time; only it touches `in_`, calls handle() and closes.
//  - `mutex_` guards all that is sent and is never held while user code runs.
//  - Between begin() and end() of the queue one thread, the flusher, sends without the lock; the descriptor is closed
//    only when nobody flushes.
//  - Whoever finds the connection broken and is not the reader shuts the socket down, so that the reader finds it too.
#pragma once

#include "net/control.h"
#include "net/event_source.h"
#include "net/in_buffer.h"
#include "net/loop.h"
#include "net/mutex.h"
#include "net/out_queue.h"
#include "net/socket.h"
#include "net/timers.h"

#include <rpc/error.h>

#include <atomic>
#include <cstdint>
#include <mutex>

namespace rpc::net {

/// How the handling of a frame, or of a batch, ended.
enum class Next : std::uint8_t {
  more,    ///< go on with the next frame; of a batch: all handled
  pause,   ///< leave the rest for later: too much waits to be sent
  lost,    ///< another thread reads now, touch nothing
  closed,  ///< the connection is closed
};

class Connection : public EventSource, public Timed {
 public:
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // EventSource.
  bool on_events(std::uint32_t events) noexcept override;
  bool resume() noexcept override;
  void taken_over() noexcept override;

  // For waiting directly. The leader begins, makes room, and ends it; the waiting thread leads nothing, and what
  // await() got is handled by on_received(), which is like on_events().
  void begin_direct() noexcept;
  bool make_room() noexcept;
  void await() noexcept;
  bool on_received() noexcept;
  void end_direct() noexcept;

  /// Sends what Loop::defer_flush() put off, and gives that count back.
  void flush_deferred() noexcept;

  void retain() noexcept override { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept override {
    if (count_.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy();
  }

 protected:
  using Lock = std::unique_lock<Mutex>;

  /// `header` is that of the frames this end is sent the most of. `mutex` outlives the connection's last use.
  Connection(Link link, Loop& loop, Mutex& mutex, std::size_t header);
  virtual ~Connection() = default;
  virtual void destroy() noexcept = 0;

  // The reader's.

  /// Data is there: whether the loop's leader becomes the reader.
  virtual bool take_reading() noexcept = 0;

  /// The socket takes bytes again; false if the leadership was lost.
  virtual bool on_writable() noexcept = 0;

  /// One frame. May throw Error, which breaks the connection.
  virtual Next handle(const Frame& frame) = 0;

  /// Does what handle() has put off to the end of the batch.
  virtual Next finish_frames() { return Next::more; }

  /// The batch of a loop's leader is handled.
  virtual void end_batch(Next how) noexcept = 0;

  /// The connection is over; `reason` is not for the peer. Calls close().
  virtual void on_broken(const Error& reason) noexcept = 0;

  /// Frames handled since the last bytes came.
  std::uint32_t handled() const noexcept { return handled_; }

  /// Handles what lies in `in_`.
  Next process() noexcept;
  Next handle_frames();

  /// Has more frames for process() than it has seen, if a cipher held some back.
  bool decrypt();

  /// Something has not arrived in full.
  bool partial() const noexcept { return in_.partial() || (cipher_ != nullptr && cipher_->partial()); }

  /// Gives memory back when nothing is in it.
  void idle() noexcept;

  /// One recv(); `flags` as for it. Next::pause: nothing came.
  Next receive(int flags) noexcept;
  Next take_in(ssize_t got, int error) noexcept;

  bool finish(Next how) noexcept;

  // Under the lock.

  /// Nothing waits to be sent.
  bool drained() const noexcept { return out_.empty() && (cipher_ == nullptr || !cipher_->wants_send()); }

  /// Sends what is queued unless somebody does already or the socket is full. Lets go of the lock meanwhile, so that
  /// the connection may be closed afterwards.
  void flush(Lock& lock) noexcept;

  /// After an append: sends at once, or with the batch if this thread is in one.
  void flush_soon(Lock& lock) noexcept;

  /// Puts the flush off to the end of this thread's batch; false if it has none.
  bool defer() noexcept;

  /// Sets whether the loop reads.
  void set_reading(bool reading) noexcept;

  /// Tells the loop what reading_ and blocked_ say.
  void update_interest() noexcept;

  /// Reader only: has the loop come back if more is there than was read.
  void ask_again() noexcept;

  /// Reader only: takes the connection out of the loop and closes it. The loop's count goes when it can.
  void close() noexcept;

  /// Anybody: the reader will find the connection at its end.
  void shut_down() noexcept;

  /// Called by it, under the lock: somebody must be reading.
  virtual void expect_end() noexcept {}

  /// Called by flush(), with the lock, when the queue has become empty or shorter.
  virtual void on_flushed() noexcept {}

  Fd fd_;
  const std::unique_ptr<Cipher> cipher_;  // null: nothing is encrypted
  Loop& loop_;
  Mutex& mutex_;
  InBuffer in_;

  // Guarded by mutex_.
  OutQueue out_;
  bool flushing_ = false;
  bool blocked_ = false;   // the socket takes no more
  bool deferred_ = false;  // in a loop's list
  bool reading_ = false;   // by the loop
  bool unread_ = false;    // the reader's: more may be there than one recv() gave
  bool closed_ = false;

 private:
  // The reader's; the second two between make_room() and on_received() the waiting thread's.
  std::uint32_t handled_ = 0;
  InBuffer::Space room_{};
  ssize_t got_ = 0;
  int error_ = 0;

  bool direct_ = false;         // a thread waits for this connection alone; changed by the leader, under the lock
  std::uint32_t interest_ = 0;  // what the loop waits for
  std::atomic<std::uint32_t> count_{1};
};

}  // namespace rpc::net
