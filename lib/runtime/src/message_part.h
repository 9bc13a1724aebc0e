// What a call has that serves a message: which attempt it is, and what its handler wants to become of it.
//
//   MessagePart part{.attempt = 2};
//   ServerCall call({…, .message = &part});
#pragma once

#include <chrono>
#include <optional>

namespace rpc::internal {

struct MessagePart {
  unsigned attempt = 1;
  bool discarded = false;
  std::optional<std::chrono::nanoseconds> retry_after{};
};

}  // namespace rpc::internal
