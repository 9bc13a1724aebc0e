#include "join.h"

#include <rpc/error.h>

#include <utility>

namespace rpc::internal {

Ref<PendingCall> join(const JointType& type, OwnedFutures futures, const std::vector<const FutureBase*>& members,
                      std::size_t needed) {
  return Join::start(type, std::move(futures), members, needed);
}

Join::Join(const JointType& type, OwnedFutures futures, std::size_t members, std::size_t needed)
    : type_(type), futures_(std::move(futures)), members_(members), missing_(needed) {
  if (needed == 0) gate_ = 1;
}

Ref<PendingCall> Join::start(const JointType& type, OwnedFutures futures, const std::vector<const FutureBase*>& members,
                             std::size_t needed) {
  if (needed > members.size()) throw Error(Code::internal, "when_any of no futures would never be ready");
  const auto join = Ref<Join>::adopt(new Join(type, std::move(futures), members.size(), needed));
  for (std::size_t i = 0; i < members.size(); ++i) {
    join->members_[i].join = join.get();
    join->members_[i].index = i;
    join->members_[i].call = FutureAccess::call_of(*members[i]);
  }
  Ref<FutureCall> joint = FutureCall::make(type.value, nullptr, Ref<CallSource>::share(join.get()), false);
  join->joint_ = joint.get();
  for (std::size_t i = 0; i < members.size(); ++i) {
    retain(join.get());
    if (!FutureAccess::attach(*members[i], join->members_[i])) arrived(join->members_[i]);
  }
  join->open_gate();
  return Ref<PendingCall>::adopt(joint.take());
}

void Join::arrived(Continuation& self) noexcept {
  const Member& member = static_cast<Member&>(self);
  const auto join = Ref<Join>::adopt(member.join);
  join->arrive(member.index);
}

void Join::arrive(std::size_t index) noexcept {
  if (missing_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  first_ = index;
  open_gate();
}

void Join::open_gate() noexcept {
  if (gate_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  if (taken_.exchange(true, std::memory_order_acq_rel)) return;
  let_go();
  type_.make(futures_.get(), first_, joint_->value());
  futures_.reset();
  run(joint_->complete());
}

// A member that cannot be let go has completed: it arrives, and finds that nobody waits for it.
void Join::let_go() noexcept {
  for (Member& member : members_) {
    if (member.call->detach(member)) release(this);
  }
}

bool Join::withdraw(PendingCall&) noexcept {
  if (taken_.exchange(true, std::memory_order_acq_rel)) return false;
  let_go();
  futures_.reset();
  return true;
}

void Join::cancel(PendingCall&) noexcept {
  for (const Member& member : members_) {
    if (!member.call->completed()) static_cast<FutureCall&>(*member.call).source().cancel(*member.call);
  }
}

void Join::wait(PendingCall& call, Time until) noexcept { call.await_completion(until); }

}  // namespace rpc::internal
