// What a call has that serves a message: which attempt it is, and what its handler wants to become of it.
//
//   MessagePart part{received};
//   ServerCall call({…, .message = &part});
#pragma once

#include <rpc/message.h>

#include <chrono>
#include <optional>

namespace rpc::internal {

struct MessagePart {
  const ReceivedMessage& message;
  bool discarded = false;
  std::optional<std::chrono::nanoseconds> retry_after{};
};

}  // namespace rpc::internal
