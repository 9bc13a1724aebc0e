#include <rpc/future.h>

#include "future_call.h"

namespace rpc::internal {
namespace {

// Every future's call was made by Outgoing::start.
FutureCall& future_call(const Ref<PendingCall>& call) noexcept { return static_cast<FutureCall&>(*call); }

}  // namespace

bool abandon_call(PendingCall& call) noexcept {
  if (!static_cast<FutureCall&>(call).source().withdraw(call)) return false;
  run(call.fail(Error(Code::cancelled, "the caller abandoned the call")));
  return true;
}

bool FutureBase::attach(Continuation& next) const noexcept {
  if (call_->completed()) return false;
  future_call(call_).source().watch(*call_);
  return call_->attach(next);
}

bool FutureBase::ready() const noexcept { return call_ && call_->completed(); }

bool FutureBase::wait_at_most(std::chrono::nanoseconds time) const {
  check_valid();
  if (!call_->completed()) future_call(call_).source().wait(*call_, time_after(std::chrono::steady_clock::now(), time));
  return call_->completed();
}

Outcome FutureBase::outcome() const {
  check_valid();
  if (!call_->completed()) future_call(call_).source().wait(*call_, never);
  return {.error = call_->error(), .value = call_->value()};
}

void FutureBase::check_valid() const {
  if (!call_) throw Error(Code::internal, "the future is empty: it was moved from, or its result was taken before");
}

void* FutureBase::room(std::size_t size, std::size_t alignment) const noexcept {
  return future_call(call_).room(size, alignment);
}

void FutureBase::cancel() const noexcept {
  if (call_ && !call_->completed()) future_call(call_).source().cancel(*call_);
}

void FutureBase::abandon() noexcept {
  if (call_ && !call_->completed() && !abandon_call(*call_)) call_->await_completion();
}

void FutureBase::drop() noexcept {
  // A withdrawn call is never completed, so the transport's count is ours to give back.
  if (!call_->completed() && future_call(call_).source().withdraw(*call_)) release(call_.get());
  call_ = {};
}

}  // namespace rpc::internal
