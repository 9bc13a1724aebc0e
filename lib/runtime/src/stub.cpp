#include <rpc/stub.h>

#include <memory>
#include <utility>

#include "metadata.h"
#include "shared_options.h"

namespace rpc {
namespace internal {

void retain(SharedOptions* object) noexcept { object->count_.fetch_add(1, std::memory_order_relaxed); }

void release(SharedOptions* object) noexcept {
  if (object->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete object;
}

Ref<SharedOptions> SharedOptions::make(const SharedOptions* base, const CallOptions& options) {
  auto made = std::make_unique<SharedOptions>();
  if (options.stop_token.get() != nullptr) {
    made->stop_token = *static_cast<const std::stop_token*>(options.stop_token.get());
  } else if (base != nullptr) {
    made->stop_token = base->stop_token;
  }
  if (options.metadata.size() != 0) {
    for (const MetadataEntry& each : options.metadata) append_pair(made->metadata, each.key, each.value);
  } else if (base != nullptr && !base->metadata.empty()) {
    made->metadata.append(base->metadata.data(), base->metadata.size());
  }
  if (options.trace) {
    made->trace = options.trace;
  } else if (base != nullptr) {
    made->trace = base->trace;
  }
  return Ref<SharedOptions>::adopt(made.release());
}

}  // namespace internal

Stub::Stub(Channel channel, const CallOptions& options, const InterfaceInfo& info)
    : channel_(std::move(channel)), info_(&info) {
  set(options);
}

Stub Stub::with(const CallOptions& options) const {
  Stub changed = *this;
  changed.set(options);
  return changed;
}

void Stub::set(const CallOptions& options) {
  if (options.deadline.count() != 0) deadline_ = options.deadline;
  if (options.priority != 0) priority_ = options.priority;
  if (options.independent) independent_ = true;
  if (!options.ordered) ordered_ = false;
  if (options.stop_token.get() != nullptr || options.metadata.size() != 0 || options.trace) {
    shared_ = internal::SharedOptions::make(shared_.get(), options);
  }
}

}  // namespace rpc
