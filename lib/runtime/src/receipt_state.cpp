#include "receipt_state.h"

#include <rpc/message.h>

#include <algorithm>
#include <utility>

#include "future_call.h"
#include "net/engine.h"

namespace rpc {
namespace internal {

/// Completes one future. Continuations are the user's, and who handles messages has no time for them.
class ReceiptState::Stage final : public CallSource {
 public:
  explicit Stage(MessageState at) : at(at) {
    call_ = FutureCall::make(value_type<void>, nullptr, Ref<CallSource>::share(this), false).take();
  }

  /// The future's count of the call. Once.
  Ref<PendingCall> call() noexcept { return Ref<PendingCall>::adopt(call_); }

  /// Once: with what went wrong, if something did.
  void end(const Error* error) noexcept {
    if (ended_.exchange(true, std::memory_order_acq_rel)) return;
    if (Continuation* next = error != nullptr ? call_->fail(*error) : call_->complete())
      net::Engine::get().next_loop().post(*next);
  }

  bool ended() const noexcept { return ended_.load(std::memory_order_acquire); }

  void watch(PendingCall&) noexcept override {}
  void wait(PendingCall& call, Time until) noexcept override { call.await_completion(until); }
  bool withdraw(PendingCall&) noexcept override { return !ended_.exchange(true, std::memory_order_acq_rel); }
  void cancel(PendingCall&) noexcept override {}

  const MessageState at;

 private:
  PendingCall* call_;  // with the source's count until the end
  std::atomic<bool> ended_{false};
};

void retain(ReceiptState* object) noexcept { object->count_.fetch_add(1, std::memory_order_relaxed); }

void release(ReceiptState* object) noexcept {
  if (object->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete object;
}

ReceiptState::ReceiptState() noexcept = default;

ReceiptState::~ReceiptState() {
  if (waiting_.empty()) return;
  const Error error(Code::abandoned, "the queue was closed before it was known what became of the message");
  for (const Ref<Stage>& stage : waiting_) stage->end(&error);
}

MessageState ReceiptState::state() const noexcept {
  const std::lock_guard lock(mutex_);
  return error_ ? MessageState::failed : reached_;
}

std::optional<Error> ReceiptState::error() const {
  const std::lock_guard lock(mutex_);
  return error_;
}

Future<void> ReceiptState::future(MessageState at) {
  const Ref<Stage> stage = Ref<Stage>::adopt(new Stage(at));
  Future<void> future = FutureAccess::make<void>(stage->call());
  std::optional<Error> failed;
  {
    const std::lock_guard lock(mutex_);
    if (reached_ < at && !error_) {
      waiting_.push_back(stage);
      return future;
    }
    if (reached_ < at) failed = error_;
  }
  stage->end(failed ? &*failed : nullptr);
  return future;
}

bool ReceiptState::watched() noexcept {
  if (count_.load(std::memory_order_acquire) > 1) return true;
  const std::lock_guard lock(mutex_);
  std::erase_if(waiting_, [](const Ref<Stage>& stage) { return stage->ended(); });
  return !waiting_.empty();
}

void ReceiptState::reach(MessageState state) noexcept {
  std::vector<Ref<Stage>> ready;
  {
    const std::lock_guard lock(mutex_);
    if (error_ || reached_ >= state) return;
    reached_ = state;
    ready = take_ready();
  }
  for (const Ref<Stage>& stage : ready) stage->end(nullptr);
}

void ReceiptState::fail(const Error& error) noexcept {
  std::vector<Ref<Stage>> failed;
  {
    const std::lock_guard lock(mutex_);
    if (error_ || reached_ == MessageState::handled) return;
    error_ = error;
    failed.swap(waiting_);
  }
  for (const Ref<Stage>& stage : failed) stage->end(&error);
}

std::vector<Ref<ReceiptState::Stage>> ReceiptState::take_ready() noexcept {
  const auto ready = std::partition(waiting_.begin(), waiting_.end(),
                                    [this](const Ref<Stage>& stage) { return stage->at > reached_; });
  std::vector<Ref<Stage>> taken(std::make_move_iterator(ready), std::make_move_iterator(waiting_.end()));
  waiting_.erase(ready, waiting_.end());
  return taken;
}

void retain(MessageTransport* object) noexcept { object->count_.fetch_add(1, std::memory_order_relaxed); }

void release(MessageTransport* object) noexcept {
  if (object->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete object;
}

}  // namespace internal

MessageState Receipt::state() const noexcept { return state_->state(); }

std::optional<Error> Receipt::error() const { return state_->error(); }

Future<void> Receipt::reached(MessageState state) const { return state_->future(state); }

ReceiptSource::ReceiptSource() : state_(internal::Ref<internal::ReceiptState>::adopt(new internal::ReceiptState)) {}

void ReceiptSource::reach(MessageState state) const noexcept { state_->reach(state); }

void ReceiptSource::fail(const Error& error) const noexcept { state_->fail(error); }

bool ReceiptSource::watched() const noexcept { return state_->watched(); }

}  // namespace rpc
