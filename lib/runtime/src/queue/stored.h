// A message that waits in a queue, as it lies in memory.
//
//   Stored stored = to_store(message, sequence, now);
//   lane.add(std::move(stored));
#pragma once

#include <rpc/message.h>

#include "pending_call.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rpc::queue {

using internal::never;
using internal::Time;

inline constexpr int priorities = most_urgent + 1;

/// The order in a lane: urgent ones first, then as they were sent.
using Key = std::uint64_t;

inline Key key_of(int priority, std::uint64_t sequence) noexcept {
  return static_cast<Key>(most_urgent - priority) << 56 | sequence;
}

struct Stored {
  std::int64_t id = 0;  ///< of its row; 0: in memory only
  std::uint64_t sequence = 0;
  int priority = 0;
  unsigned attempts = 0;              ///< that failed
  std::chrono::milliseconds life{0};  ///< when it was stored; 0: for ever
  Time expires = never;
  Time again_at{};  ///< its handler does not begin before
  std::string interface;
  std::string method;
  std::vector<std::byte> metadata;
  std::vector<std::byte> body;
  bool is_corrupted = false;  ///< the disk has changed it

  Key key() const noexcept { return key_of(priority, sequence); }
};

/// What a message counts for the quota: its row has more than its bytes.
inline std::size_t size_of(const Stored& stored) noexcept {
  return 96 + stored.interface.size() + stored.method.size() + stored.metadata.size() + stored.body.size();
}

}  // namespace rpc::queue
