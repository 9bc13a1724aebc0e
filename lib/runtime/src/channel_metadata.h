// What all calls of a channel carry: pairs that its user has set, and perhaps a trace of their own.
//
//   metadata.set({{"authorization", token}});
//   if (metadata.any()) metadata.append_to(frame);
#pragma once

#include <rpc/options.h>
#include <rpc/wire/buffer.h>

#include <atomic>
#include <mutex>

namespace rpc::internal {

/// Thread-safe.
class ChannelMetadata {
 public:
  /// Takes the place of what was set before.
  void set(const MetadataRef& pairs);

  bool any() const noexcept { return any_.load(std::memory_order_acquire); }
  void append_to(Buffer& frame) const;

  void begin_traces(bool begin) noexcept { begins_traces_.store(begin, std::memory_order_relaxed); }
  bool begins_traces() const noexcept { return begins_traces_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> any_{false};
  std::atomic<bool> begins_traces_{false};
  mutable std::mutex mutex_;  // for what follows
  Buffer pairs_;
};

}  // namespace rpc::internal
