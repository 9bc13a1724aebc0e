// A call whose result is awaited through a Future: one allocation with the call, the value and a continuation in it.
//
//   Ref<PendingCall> call = FutureCall::make(type, read, source, stoppable);   // counts: the future's, the source's
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <stop_token>

#include "pending_call.h"

namespace rpc::internal {

/// What a stop request does: ends the call here.
struct EndCall {
  PendingCall& call;
  CallSource& source;
  void operator()() const noexcept;
};

using StopCallback = std::stop_callback<EndCall>;

class FutureCall final : public PendingCall {
 public:
  /// What room() has.
  static constexpr std::size_t room_size = 64;

  static Ref<FutureCall> make(const ValueType& type, AnyRead read, Ref<CallSource> source, bool interruptible);

  CallSource& source() const noexcept { return *source_; }

  /// From now on a stop request ends the call; at once if it was made before.
  void end_when_stopped(const std::stop_token& token);

  /// The memory for one continuation; null if it does not fit.
  void* room(std::size_t size, std::size_t alignment) noexcept {
    return size <= room_.size() && alignment <= alignof(std::max_align_t) ? room_.data() : nullptr;
  }

  void retain() noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept {
    // Whoever sees that he is the last need not say so to anybody.
    if (count_.load(std::memory_order_acquire) == 1 || count_.fetch_sub(1, std::memory_order_acq_rel) == 1) destroy();
  }

 private:
  FutureCall(const ValueType& type, AnyRead read, void* value, Ref<CallSource> source, bool interruptible) noexcept
      : PendingCall(type, read, value, Storage::own, interruptible), source_(std::move(source)) {}
  ~FutureCall() = default;
  void destroy() noexcept;

  Ref<CallSource> source_;
  std::atomic<std::uint32_t> count_{2};
  std::optional<StopCallback> on_stop_;
  alignas(std::max_align_t) std::array<std::byte, room_size> room_;
};

inline void retain(FutureCall* call) noexcept { call->retain(); }
inline void release(FutureCall* call) noexcept { call->release(); }

}  // namespace rpc::internal
