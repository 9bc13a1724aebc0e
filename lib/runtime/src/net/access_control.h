// A server's hook for who may call what.
//
//   control.use(std::move(hook));
//   if (std::optional<Error> denied = control.denial({info, method, peer, metadata})) …
#pragma once

#include "log.h"

#include <rpc/access.h>
#include <rpc/error.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace rpc::net {

/// Thread-safe.
class AccessControl {
 public:
  /// From now on this one is asked.
  void use(std::unique_ptr<const internal::Authorizer> hook);

  /// Whether there is a hook at all.
  bool asks() const noexcept { return hook_.load(std::memory_order_acquire) != nullptr; }

  /// Why the call may not be made, if so. A hook that throws says no.
  std::optional<Error> denial(const AccessRequest& call) const;

 private:
  void log_broken(const AccessRequest& call) const;

  std::atomic<const internal::Authorizer*> hook_{nullptr};
  mutable std::mutex mutex_;                                        // for what follows
  std::vector<std::unique_ptr<const internal::Authorizer>> hooks_;  // threads may still be in those that were replaced
  mutable internal::LogLimit lines_{10};
};

}  // namespace rpc::net
