#include "pending_state.h"

#include <string>
#include <utility>

#include "failure.h"

namespace rpc::internal {

PendingState::PendingState() {
  call_ =
      Ref<PendingCall>::adopt(FutureCall::make(value_type<void>, nullptr, Ref<CallSource>::share(this), false).take());
  open_ = call_.get();
}

PendingState::~PendingState() {
  if (kept_ != nullptr) destroy_(kept_);
}

bool PendingState::complete() {
  End end = End::none;
  if (end_.compare_exchange_strong(end, End::completed, std::memory_order_acq_rel)) return true;
  if (end == End::withdrawn) return false;
  throw Error(Code::internal, "this rpc::PendingSource was signalled, or failed, before");
}

void PendingState::signal() {
  if (complete()) run(open_->complete());
}

void PendingState::fail(Error error) {
  if (complete()) run(open_->fail(std::move(error)));
}

// The call and its source own each other until the token is taken.
void PendingState::abandon() noexcept {
  End end = End::none;
  if (end_.compare_exchange_strong(end, End::completed, std::memory_order_acq_rel))
    run(open_->fail(Error(Code::abandoned, "the server dropped the rpc::PendingSource of the call without a signal")));
  call_ = {};
}

bool PendingState::withdraw(PendingCall&) noexcept {
  End end = End::none;
  if (!end_.compare_exchange_strong(end, End::withdrawn, std::memory_order_acq_rel)) return false;
  stop_.request_stop();
  return true;
}

void PendingState::cancel(PendingCall&) noexcept { stop_.request_stop(); }

void PendingState::keep(void* object, const std::type_info& type, void (*destroy)(void* kept) noexcept) noexcept {
  kept_ = object;
  type_ = &type;
  destroy_ = destroy;
}

void* PendingState::kept(const std::type_info& type) const {
  if (kept_ != nullptr && *type_ == type) return kept_;
  const std::string kept = kept_ == nullptr ? "nothing" : demangled(*type_);
  throw Error(Code::internal, "the rpc::PendingSource of this call keeps " + kept + ", not " + demangled(type));
}

}  // namespace rpc::internal
