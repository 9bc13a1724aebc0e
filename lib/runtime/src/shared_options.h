// The options of a stub that need memory: the caller's stop token and trace, and its metadata ready to be sent.
//
//   frame.append(options->metadata.data(), options->metadata.size());
#pragma once

#include <rpc/options.h>
#include <rpc/ref.h>
#include <rpc/trace.h>
#include <rpc/wire/buffer.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <stop_token>

namespace rpc::internal {

class SharedOptions {
 public:
  SharedOptions() = default;

  /// The options of `base` (which may be null), changed by those that are set.
  static Ref<SharedOptions> make(const SharedOptions* base, const CallOptions& options);

  std::stop_token stop_token;
  Buffer metadata;  ///< (length, key, length, value)…
  std::optional<Trace> trace;

 private:
  friend void retain(SharedOptions*) noexcept;
  friend void release(SharedOptions*) noexcept;
  std::atomic<std::uint32_t> count_{1};
};

}  // namespace rpc::internal
