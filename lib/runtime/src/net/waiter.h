// A thread that waits for one call while another reads the connection.
//
//   Waiter waiter(call);
//   if (call.attach(waiter)) waiter.sleep(until);
#pragma once

#include "pending_call.h"

#include <atomic>
#include <cstdint>

namespace rpc::net {

class Waiter final : public internal::Continuation {
 public:
  explicit Waiter(internal::PendingCall& call) noexcept : Continuation{.run = &complete, .quick = true}, call(call) {}

  /// Until the call completes, or the waiter is made the reader, or `until`.
  void sleep(internal::Time until) noexcept;

  /// Sleeps until the completion that has begun is done.
  void await_completion() noexcept;

  /// Tells it that it is the connection's reader now. Under the channel's lock.
  void promote() noexcept { wake(promoted); }

  internal::PendingCall& call;

  // The channel's list; under its lock.
  Waiter* next = nullptr;
  Waiter* previous = nullptr;
  bool listed = false;
  bool reader = false;

 private:
  static constexpr std::uint32_t completed = 1;
  static constexpr std::uint32_t promoted = 2;

  static void complete(Continuation& self) noexcept { static_cast<Waiter&>(self).wake(completed); }
  void wake(std::uint32_t why) noexcept;

  std::atomic<std::uint32_t> why_{0};
};

}  // namespace rpc::net
