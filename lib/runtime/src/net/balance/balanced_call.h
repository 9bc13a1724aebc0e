// One call of a channel to several servers: what is kept of it to send it again, and its attempts.
//
//   Ref<BalancedCall> call = BalancedCall::make(balancer, pending, request);
//   Attempt& attempt = call->begin_attempt(peer, now);          // under the balancer's lock
//
// The caller's call is completed, or withdrawn, by whoever takes it out of here, see take(). Attempts are calls of
// their own on the channels of single servers; those that come too late find that the caller's is gone.
#pragma once

#include "net/balance/peer.h"
#include "net/timers.h"
#include "pending_call.h"

#include <rpc/ref.h>
#include <rpc/wire/buffer.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace rpc::net {

class Balancer;
class BalancedCall;

class Attempt final : public internal::RelayedCall {
 public:
  Attempt(BalancedCall& whole, std::shared_ptr<Peer> peer, Time at) noexcept;

  enum class State : std::uint8_t {
    starting,  ///< the thread that begins it has it
    sent,      ///< it may be waited for, cancelled and withdrawn
    over,
  };

  BalancedCall& whole;
  const std::shared_ptr<Peer> peer;
  const Time begun;

  // Under the balancer's lock.
  State state = State::starting;
  bool counts = true;                    ///< against most_attempts
  internal::PendingCall* won = nullptr;  ///< the caller's call, if this attempt took it

 private:
  friend class Balancer;
  static void read_reply(internal::AnyRead, Decoder& reply, void* self);
  internal::Continuation* ended() noexcept override;

  static const internal::ValueType type;
};

/// Counted: by the caller's call, by each attempt under way, by the lists of the balancer, and by who looks at it.
class BalancedCall {
 public:
  /// Of those that count: a server that is stopping may refuse the call as often as it likes.
  static constexpr std::size_t most_attempts = 3;

  static internal::Ref<BalancedCall> make(Balancer& balancer, internal::PendingCall& caller,
                                          internal::CallRequest& request);

  void retain() noexcept { references_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept;

  /// The call as it is sent at `now`. `waited_for`: by a thread that goes on to the wait() of the server's channel.
  internal::CallRequest request(Buffer& sent, Time now, bool waited_for) const noexcept;

  // What follows is under the balancer's lock.

  /// The call of the caller, for who asks first; then null. He gives its count back.
  internal::PendingCall* take() noexcept;
  bool taken() const noexcept { return caller_ == nullptr; }

  Attempt& begin_attempt(std::shared_ptr<Peer> peer, Time at);

  /// It was not sent after all. By the thread that began it, while `starting`.
  void drop_last_attempt() noexcept;

  bool sent_before() const noexcept { return count_ > 1; }

  /// Attempts that count.
  std::size_t attempts() const noexcept;
  std::size_t under_way() const noexcept;

  /// Their servers.
  struct Servers {
    std::array<Server, most_attempts> servers;
    std::size_t count = 0;
    operator std::span<const Server>() const noexcept { return {servers.data(), count}; }
  };
  Servers tried() const noexcept;

  /// Its attempts with State::sent.
  struct Sent {
    std::array<Attempt*, most_attempts> attempts;
    std::size_t count = 0;
    Attempt* const* begin() const noexcept { return attempts.data(); }
    Attempt* const* end() const noexcept { return attempts.data() + count; }
  };
  Sent sent() noexcept;

  Balancer& balancer;
  const InterfaceInfo& interface;
  const std::uint16_t method;
  const bool idempotent;
  const bool interruptible;      ///< the caller's call
  const bool waiter_keeps_time;  ///< the caller fails it at its deadline
  const Time made;
  const Time deadline;
  Buffer frame;

  bool watched = false;    ///< replies are to be read though nobody waits
  bool cancelled = false;  ///< not sent again
  bool queued = false;     ///< until a server has a connection
  bool starting = true;    ///< a thread is about to begin an attempt
  Time hedge_at = never;

 private:
  BalancedCall(Balancer& balancer, internal::PendingCall& caller, internal::CallRequest& request) noexcept;
  ~BalancedCall();
  Attempt& at(std::size_t number) noexcept { return number == 0 ? *first_ : *more_[number - 1]; }
  const Attempt& at(std::size_t number) const noexcept { return number == 0 ? *first_ : *more_[number - 1]; }

  internal::PendingCall* caller_;
  const Encoding encoding_;
  const bool ordered_;
  const bool has_metadata_;
  const bool inherited_;
  const int priority_;
  std::size_t count_ = 0;
  std::optional<Attempt> first_;
  std::vector<std::unique_ptr<Attempt>> more_;
  std::atomic<std::uint32_t> references_{1};
};

inline void retain(BalancedCall* call) noexcept { call->retain(); }
inline void release(BalancedCall* call) noexcept { call->release(); }

}  // namespace rpc::net
