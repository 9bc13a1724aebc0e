// Several calls in flight that complete another one: what is behind when_all and when_any.
//
//   Ref<PendingCall> call = Join::start(type, std::move(futures), members, needed);
#pragma once

#include <rpc/when.h>

#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

#include "future_call.h"

namespace rpc::internal {

/// Counted: by the joint call, and by each member that has yet to arrive. The joint call is completed, or withdrawn,
/// by whoever sets taken_; nobody touches the futures without it.
class Join final : public CallSource {
 public:
  static Ref<PendingCall> start(const JointType& type, OwnedFutures futures,
                                const std::vector<const FutureBase*>& members, std::size_t needed);

  void watch(PendingCall&) noexcept override {}  // each member is, since a continuation is attached to it
  void wait(PendingCall& call, Time until) noexcept override;
  bool withdraw(PendingCall& call) noexcept override;
  void cancel(PendingCall& call) noexcept override;

 private:
  /// One of the calls: what runs when it completes.
  struct Member : Continuation {
    Member() noexcept : Continuation{.run = &arrived} {}
    Join* join = nullptr;
    std::size_t index = 0;
    Ref<PendingCall> call;  // outlives its future, which may be dropped while another thread completes it
  };

  Join(const JointType& type, OwnedFutures futures, std::size_t members, std::size_t needed);

  static void arrived(Continuation& member) noexcept;
  void arrive(std::size_t index) noexcept;
  void open_gate() noexcept;
  void let_go() noexcept;

  const JointType& type_;
  OwnedFutures futures_;
  std::vector<Member> members_;
  PendingCall* joint_ = nullptr;
  std::atomic<std::size_t> missing_;
  std::size_t first_ = 0;
  std::atomic<int> gate_{2};  // the members that are needed have arrived; all are attached
  std::atomic<bool> taken_{false};
};

}  // namespace rpc::internal
