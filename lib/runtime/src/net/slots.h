// The calls of a connection that wait for their replies, found by number.
//
//   std::optional<std::uint32_t> id = slots.put(call, deadline);   // nullopt: Limits::max_in_flight are in flight
//   …
//   Slots::Taken taken = slots.take(id);                            // a reply came
//
// A number is used again only after its reply came, also when nobody waits for it any more: so a late reply is never
// taken for another call's, and a client never has more calls at the server than the limit says.
#pragma once

#include "pending_call.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace rpc::net {

/// Guarded by the channel's lock.
class Slots {
 public:
  static constexpr std::uint32_t most = 0xffff;  // whole_connection is no call

  void set_limit(std::uint32_t limit) noexcept { limit_ = limit < most ? limit : most; }
  std::uint32_t limit() const noexcept { return limit_; }

  std::optional<std::uint32_t> put(internal::PendingCall& call, internal::Time deadline);

  /// Frees the number. `known` is false for one that is not in use; the call is null if it was withdrawn.
  struct Taken {
    internal::PendingCall* call = nullptr;
    bool known = false;
  };
  Taken take(std::uint32_t id) noexcept;

  /// Forgets the call, whose number stays in use. False if it is not there.
  bool withdraw(std::uint32_t id, internal::PendingCall& call) noexcept;

  /// When the transport is to fail the call.
  internal::Time deadline(std::uint32_t id) const noexcept;

  /// Adds the calls whose deadline has passed to `late`, withdrawn. Returns the next deadline.
  internal::Time expire(internal::Time now, std::vector<internal::PendingCall*>& late);

  /// Takes all calls and frees all numbers.
  void clear(std::vector<internal::PendingCall*>& calls);

  bool empty() const noexcept { return used_ == 0; }

 private:
  struct Slot {
    internal::PendingCall* call = nullptr;
    internal::Time deadline = internal::never;
    std::uint16_t generation = 0;
    bool used = false;
    std::uint32_t next_free = 0;
  };

  static constexpr std::uint32_t index_bits = 16;
  static std::uint32_t index_of(std::uint32_t id) noexcept { return id & 0xffff; }
  Slot* find(std::uint32_t id) noexcept;

  std::vector<Slot> slots_;
  std::uint32_t free_ = none;
  std::uint32_t used_ = 0;
  std::uint32_t limit_ = 1;

  static constexpr std::uint32_t none = 0xffffffff;
};

}  // namespace rpc::net
