// What a PendingSource and its Pending share: a call that no connection completes, but the user's code.
//
//   PendingState* state = new PendingState;      // counts: the source's, and its call's
//   Pending pending(state->take_call());
#pragma once

#include <atomic>
#include <stop_token>
#include <typeinfo>

#include "future_call.h"

namespace rpc::internal {

/// Completed, or withdrawn, by whoever first sets how it ended; the count of the call that a source owns goes with
/// that.
class PendingState final : public CallSource {
 public:
  PendingState();

  /// The future's count of the call; empty after the first time.
  Ref<PendingCall> take_call() noexcept { return std::move(call_); }

  /// Both throw when the call was completed before. They do nothing when nobody waits for it any more.
  void signal();
  void fail(Error error);

  /// The source is gone: fails the call if nothing completed it.
  void abandon() noexcept;

  std::stop_token stop_token() const noexcept { return stop_.get_token(); }

  bool keeps_something() const noexcept { return kept_ != nullptr; }
  void keep(void* object, const std::type_info& type, void (*destroy)(void* kept) noexcept) noexcept;
  void* kept(const std::type_info& type) const;

  void watch(PendingCall&) noexcept override {}
  void wait(PendingCall& call, Time until) noexcept override { call.await_completion(until); }
  bool withdraw(PendingCall& call) noexcept override;
  void cancel(PendingCall& call) noexcept override;

 private:
  enum class End : std::uint8_t { none, completed, withdrawn };

  ~PendingState() override;

  /// Whether it is this caller that completes the call. Throws if another did, unless it withdrew it.
  bool complete();

  std::atomic<End> end_{End::none};
  std::stop_source stop_;
  Ref<PendingCall> call_;        // until the token takes it
  PendingCall* open_ = nullptr;  // the same, with the source's count until the end
  void* kept_ = nullptr;
  const std::type_info* type_ = nullptr;
  void (*destroy_)(void* kept) noexcept = nullptr;
};

}  // namespace rpc::internal
