#include "channel_metadata.h"

#include <utility>

#include "metadata.h"

namespace rpc::internal {

void ChannelMetadata::set(const MetadataRef& pairs) {
  Buffer block;
  for (const MetadataEntry& each : pairs) append_pair(block, each.key, each.value);
  const std::lock_guard lock(mutex_);
  pairs_ = std::move(block);
  any_.store(!pairs_.empty(), std::memory_order_release);
}

void ChannelMetadata::append_to(Buffer& frame) const {
  const std::lock_guard lock(mutex_);
  if (!pairs_.empty()) frame.append(pairs_.data(), pairs_.size());
}

}  // namespace rpc::internal
