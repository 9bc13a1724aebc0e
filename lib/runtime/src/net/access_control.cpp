#include "net/access_control.h"

#include "failure.h"
#include "metadata.h"

#include <rpc/limits.h>

#include <chrono>
#include <exception>
#include <string>
#include <utility>

namespace rpc {

namespace {

std::string name_of(const AccessRequest& call) { return std::string(call.interface) + "." + std::string(call.method); }

}  // namespace

std::optional<std::string_view> AccessRequest::metadata(std::string_view key) const noexcept {
  return internal::find_pair(metadata_, Limits(), key);
}

void net::AccessControl::use(std::unique_ptr<const internal::Authorizer> hook) {
  const std::lock_guard lock(mutex_);
  hooks_.push_back(std::move(hook));
  hook_.store(hooks_.back().get(), std::memory_order_release);
}

std::optional<Error> net::AccessControl::denial(const AccessRequest& call) const {
  const internal::Authorizer* const hook = hook_.load(std::memory_order_acquire);
  if (hook == nullptr) return std::nullopt;
  try {
    const Verdict verdict = hook->decide(call);
    if (verdict.allowed()) return std::nullopt;
    return Error(Code::denied, name_of(call) + " is not allowed: " + verdict.reason());
  } catch (...) {
    log_broken(call);
  }
  return Error(Code::denied, "the server cannot tell whether " + name_of(call) + " is allowed");
}

// Callers do not get to see what was thrown: it was not meant for them.
void net::AccessControl::log_broken(const AccessRequest& call) const {
  const std::string problem = internal::failure_of(std::current_exception()).what();
  {
    const std::lock_guard lock(mutex_);
    if (!lines_.admit(std::chrono::steady_clock::now())) return;
  }
  internal::log(Severity::error, "the hook that was to allow " + name_of(call) + " threw: " + problem,
                {{"interface", call.interface}, {"method", call.method}, {"peer", call.peer.address}});
}

}  // namespace rpc
