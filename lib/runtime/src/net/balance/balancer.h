// The transport of a channel to several servers: chooses one for each call, and sends it elsewhere when that is right.
//
//   Ref<ClientTransport> transport = Balancer::make("tcp://a:1,b:2", parse_urls("tcp://a:1,b:2"), options);
//
// Invariants
//  - The caller's call is linked to its BalancedCall until somebody takes it out, under the lock: to complete it, or to
//    withdraw it. Nobody else touches it.
//  - A call that is linked has an attempt under way, or is in the queue, or is in the hands of the thread that begins
//    its next attempt. There is one such thread at a time.
//  - The lock is the last one: nothing of a peer's channel is called under it, and observers take it under that
//    channel's lock.
#pragma once

#include "net/balance/balanced_call.h"
#include "net/balance/group.h"
#include "net/balance/peer.h"
#include "net/counts.h"
#include "net/mutex.h"
#include "net/timers.h"
#include "net/url.h"
#include "pending_call.h"

#include <rpc/channel.h>

#include <atomic>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rpc::net {

class Balancer final : public internal::ClientTransport, public Timed {
 public:
  /// And begins to connect.
  static internal::Ref<internal::ClientTransport> make(std::string_view text, const std::vector<Url>& urls,
                                                       const ChannelOptions& options);

  // ClientTransport.
  void start(internal::PendingCall& call, internal::CallRequest& request) noexcept override;
  void send_oneway(internal::CallRequest& request) override;
  void watch(internal::PendingCall& call) noexcept override;
  const Limits& limits() const noexcept override { return options_.limits; }
  Encoding encoding_of(const InterfaceInfo&) const noexcept override {
    return options_.encoding.value_or(Encoding::tagged);
  }
  MessageTransport& queue() override;
  std::string_view address() const noexcept override { return text_; }
  ChannelCounters counters() const noexcept override;
  void wait(internal::PendingCall& call, Time until) noexcept override;
  bool withdraw(internal::PendingCall& call) noexcept override;
  void cancel(internal::PendingCall& call) noexcept override;
  void destroy() noexcept override;

  // Timed, and the count that peers, calls, timers and look-ups hold.
  Time on_time(Time now) noexcept override;
  void retain() noexcept override { lives_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept override;

  // Of a peer's channel, under its lock.
  void peer_is_up(Peer& peer) noexcept;
  void peer_is_leaving(Peer& peer) noexcept;
  void peer_is_idle(Peer& peer, std::string_view reason) noexcept;

  // Of a look-up: the addresses that the name with this number has now, or why nobody knows.
  void looked_up(std::size_t name, std::vector<Url> urls, const std::string& problem);

  // Of attempts. answered() is true, and the caller's call `won`, for the first reply.
  bool answered(Attempt& attempt) noexcept;
  internal::Continuation* ended(Attempt& attempt) noexcept;

 private:
  using Lock = std::unique_lock<Mutex>;
  using Call = internal::Ref<BalancedCall>;

  /// A host name whose addresses are servers.
  struct Name {
    Url url;
    bool looking = false;
    Time look_at;
    Time looked_at{};
    std::string problem{};
  };

  /// What work() found under the lock, and does without it.
  struct Todo {
    std::vector<Call> late;
    std::optional<Error> why_late;
    std::vector<Call> queued;
    std::vector<Call> hedged;
    std::vector<Call> answered;  // kept in hedges_ until now
    std::vector<std::shared_ptr<Peer>> unconnected;
    std::vector<std::shared_ptr<Peer>> retired;
    std::vector<std::size_t> names;
  };

  struct Work final : internal::Continuation {
    explicit Work(Balancer& balancer) noexcept : Continuation{&run_work}, balancer(balancer) {}
    static void run_work(Continuation& self) noexcept;
    Balancer& balancer;
    bool posted = false;
  };

  Balancer(std::string_view text, const ChannelOptions& options);
  ~Balancer() override = default;

  // balancer.cpp: calls.
  enum class Why : std::uint8_t { first, queued, retry, hedge };
  void dispatch(BalancedCall& call, Why why) noexcept;
  void try_dispatch(BalancedCall& call, Why why);
  Attempt* choose(BalancedCall& call, Why why, Time at);  // under the lock
  void settle(BalancedCall& call, Attempt& attempt, Why why) noexcept;
  void not_sent(BalancedCall& call, Attempt& attempt) noexcept;
  void plan_hedge(BalancedCall& call, Time at);  // under the lock
  internal::Continuation* go_on(BalancedCall& call, const Attempt& failed) noexcept;
  bool may_retry(const BalancedCall& call, const Attempt& failed) noexcept;  // under the lock
  void account(Attempt& attempt, Outcome outcome) noexcept;                  // under the lock
  void take_back(const BalancedCall::Sent& sent, Outcome outcome) noexcept;
  void fail(BalancedCall& call, const Error& error) noexcept;
  void fail_unsent(internal::PendingCall& call) noexcept;
  bool wait_once(internal::PendingCall& call, Time until) noexcept;

  // balancer_work.cpp: servers, time. Under the lock, but for those that have to do with channels and calls.
  void add_peers(const std::vector<std::shared_ptr<Peer>>& peers);  // without
  void request_work() noexcept;
  void wake_at(Time when) noexcept;
  void work();  // without
  Todo take_todo(Time at);
  void take_queue(Time at, Todo& todo);
  void take_hedges(Time at, Todo& todo);
  std::shared_ptr<Peer> take_retired(std::shared_ptr<Peer>& peer);
  Time next_time() const;
  void enqueue(BalancedCall& call);
  void unqueue(BalancedCall& call) noexcept;
  void look_up(std::size_t name);  // without
  Error unreachable() const;

  const std::string text_;
  const ChannelOptions options_;
  const internal::Ref<TlsCredentials> tls_;  // what options_ refers to
  Loop& loop_;
  std::atomic<std::uint32_t> lives_{1};  // of the handles together
  ChannelCounts counts_;

  mutable Mutex mutex_;  // for all that follows
  bool closed_ = false;
  Group group_;
  std::vector<std::shared_ptr<Peer>> peers_;  // by their numbers; some are null
  std::vector<Name> names_;
  ChannelCounters past_;  // of peers that are gone
  std::deque<Call> queue_;
  std::size_t queued_bytes_ = 0;
  std::deque<Call> hedges_;  // whose time is to come, in the order of it
  Work work_{*this};
  Time wakes_at_ = never;
  Time readmit_at_ = never;
};

}  // namespace rpc::net
