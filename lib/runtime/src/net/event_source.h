// What a loop waits for: a descriptor that brings something to handle.
//
//   loop.interest(source, fd, 0, EPOLLIN);      // on_events() is called on the thread that leads the loop
#pragma once

#include <cstdint>

namespace rpc::net {

class Connection;

/// Counted: the loop has a count from the first interest until Loop::retire() has given it up.
class EventSource {
 public:
  // For the loop's leader. False: the leadership was lost, and the source counts for this thread once more.
  virtual bool on_events(std::uint32_t events) noexcept = 0;
  virtual bool resume() noexcept = 0;  ///< goes on with what the last leader was taken out of

  /// The leader is stuck in a handler: from now on it is not the reader.
  virtual void taken_over() noexcept = 0;

  /// For the leader after a batch: the connection that this is, if a thread shall wait for it alone. `alone`: no other
  /// source of the loop had a batch since its last one.
  virtual Connection* direct(bool /*alone*/) noexcept { return nullptr; }

  virtual void retain() noexcept = 0;
  virtual void release() noexcept = 0;

 protected:
  ~EventSource() = default;
};

}  // namespace rpc::net
