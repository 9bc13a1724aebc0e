#include <rpc/pending_source.h>
#include <rpc/twin.h>

#include <string>
#include <utility>

#include "failure.h"
#include "pending_access.h"
#include "pending_state.h"

namespace rpc {
namespace internal {
namespace {

std::string describe_method(const InterfaceInfo& interface, std::uint16_t method) {
  return std::string(interface.name) + "." + interface.methods[method].name;
}

/// "home::Thermostat.target"; who made the token, for messages.
std::string describe_origin(const InterfaceInfo* interface, std::uint16_t method) {
  return interface == nullptr ? "a PendingSource" : describe_method(*interface, method);
}

constexpr const char* empty_pending = "the rpc::Pending is empty: it was moved from, or never was of a call";

}  // namespace

void* end_call(const Stub& stub, std::uint16_t method, const Pending& pending) {
  const auto [interface, begun] = PendingAccess::origin(pending);
  const std::string call = "cannot finish a call of " + describe_method(stub.info(), method) + ": ";
  if (!pending.valid()) throw Error(Code::internal, call + empty_pending);
  if (interface != &stub.info() || begun != method)
    throw Error(Code::internal, call + "the rpc::Pending is of " + describe_origin(interface, begun));
  const Outcome outcome = PendingAccess::outcome(pending);
  if (outcome.error != nullptr) throw *outcome.error;
  return outcome.value;
}

}  // namespace internal

Pending begin_call(const Stub& stub, std::uint16_t method, internal::FutureBase&& call) noexcept {
  return internal::PendingAccess::make(std::move(call), stub.info(), method);
}

void* Pending::kept_any(const std::type_info& type) const {
  if (!valid()) throw Error(Code::internal, internal::empty_pending);
  if (interface_ != nullptr)
    throw Error(Code::internal, "the rpc::Pending is of " + internal::describe_method(*interface_, method_) +
                                    ", and only that of a PendingSource keeps something");
  const internal::Outcome outcome = this->outcome();
  if (outcome.error != nullptr) throw *outcome.error;
  const internal::FutureCall& call = static_cast<const internal::FutureCall&>(*call_);
  return static_cast<internal::PendingState&>(call.source()).kept(type);
}

PendingSource::PendingSource() : state_(new internal::PendingState) {}

PendingSource::~PendingSource() {
  if (state_ == nullptr) return;
  state_->abandon();
  internal::release(state_);
}

internal::PendingState& PendingSource::state() const {
  if (state_ == nullptr) throw Error(Code::internal, "the rpc::PendingSource is empty: it was moved from");
  return *state_;
}

Pending PendingSource::pending() {
  internal::Ref<internal::PendingCall> call = state().take_call();
  if (!call) throw Error(Code::internal, "the rpc::PendingSource gave its rpc::Pending away before");
  return Pending(std::move(call));
}

void PendingSource::check_nothing_kept() const {
  if (state().keeps_something()) throw Error(Code::internal, "the rpc::PendingSource keeps something already");
}

void PendingSource::keep_any(void* object, const std::type_info& type, void (*destroy)(void* kept) noexcept) noexcept {
  state_->keep(object, type, destroy);
}

void PendingSource::signal() { state().signal(); }

void PendingSource::fail(Error error) { state().fail(std::move(error)); }

void PendingSource::fail(const std::exception_ptr& exception) { state().fail(internal::failure_of(exception)); }

std::stop_token PendingSource::stop_token() const { return state().stop_token(); }

}  // namespace rpc
