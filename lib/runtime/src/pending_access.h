// What the runtime may do with a Pending that its user may not.
#pragma once

#include <rpc/pending.h>

#include <cstdint>
#include <utility>

namespace rpc::internal {

struct PendingAccess {
  static Pending make(FutureBase&& call, const InterfaceInfo& interface, std::uint16_t method) noexcept {
    return Pending(std::move(call), &interface, method);
  }

  /// Of which method it is; none: a PendingSource made it.
  static std::pair<const InterfaceInfo*, std::uint16_t> origin(const Pending& pending) noexcept {
    return {pending.interface_, pending.method_};
  }

  /// Waits.
  static Outcome outcome(const Pending& pending) { return pending.outcome(); }

  static const Ref<PendingCall>& call_of(const Pending& pending) noexcept { return pending.call_; }
};

}  // namespace rpc::internal
