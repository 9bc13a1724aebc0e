#include <rpc/stub.h>
#include <rpc/wire/writer.h>

#include <cstring>
#include <memory>
#include <utility>

#include "shared_options.h"

namespace rpc {
namespace internal {
namespace {

void write_metadata(Buffer& block, const MetadataRef& entries) {
  std::uint32_t size = 0;
  block.resize(sizeof size);
  const Limits limits;
  Encoder out(block, limits);
  Writer at = out.begin();
  for (const MetadataEntry& entry : entries) {
    at.room(2 * max_length_size + entry.key.size() + entry.value.size());
    at.put_length(entry.key.size());
    at.put_bytes(entry.key.data(), entry.key.size());
    at.put_length(entry.value.size());
    at.put_bytes(entry.value.data(), entry.value.size());
  }
  out.commit(at);
  size = static_cast<std::uint32_t>(block.size() - sizeof size);
  std::memcpy(block.data(), &size, sizeof size);
}

}  // namespace

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
    write_metadata(made->metadata, options.metadata);
  } else if (base != nullptr && !base->metadata.empty()) {
    made->metadata.append(base->metadata.data(), base->metadata.size());
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
  if (options.stop_token.get() != nullptr || options.metadata.size() != 0) {
    shared_ = internal::SharedOptions::make(shared_.get(), options);
  }
}

}  // namespace rpc
