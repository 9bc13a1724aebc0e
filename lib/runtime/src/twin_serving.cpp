// Calls that a server's twin answers in two halves.
#include <rpc/pending.h>
#include <rpc/twin.h>

#include <exception>
#include <memory>
#include <optional>
#include <stop_token>
#include <utility>

#include "future_call.h"
#include "pending_access.h"
#include "server_call.h"

namespace rpc::internal {
namespace {

/// What the end of the caller's interest does to whoever works on the first half. Counts the call, since what runs in
/// here may end it.
struct AskToStop {
  Ref<PendingCall> call;
  void operator()() const noexcept {
    const Ref<PendingCall> alive = call;
    if (alive && !alive->completed()) static_cast<FutureCall&>(*alive).source().cancel(*alive);
  }
};

using TwinValues = std::unique_ptr<void, void (*)(void* values) noexcept>;

}  // namespace

/// One call, from the request to the reply; owns itself. Runs on as a continuation of the first half.
class TwinServing final : Continuation {
 public:
  static void start(Responder responder, void* twin, const TwinType& type, const TwinHalves& halves) noexcept {
    ServerCall* outer = exchange_current(&responder.server_call());
    try {
      auto serving = std::unique_ptr<TwinServing>(new TwinServing(twin, type, halves));
      serving->begin(responder);
      serving->responder_.emplace(std::move(responder));
      exchange_current(outer);
      goes_on(*serving.release());
    } catch (...) {
      responder.fail(std::current_exception());
      exchange_current(outer);
    }
  }

 private:
  TwinServing(void* twin, const TwinType& type, const TwinHalves& halves)
      : Continuation{&completed}, twin_(twin), type_(type), halves_(halves), values_(type.make(), type.destroy) {}

  void begin(const Responder& responder) {
    Decoder in = responder.arguments();
    pending_ = type_.begin(halves_.begin, twin_, in, values_.get());
    if (!pending_.valid())
      throw Error(Code::internal,
                  "the first half of the call gave an empty rpc::Pending, which nothing would complete");
    on_stop_.emplace(responder.server_call().stop_source().get_token(), AskToStop{PendingAccess::call_of(pending_)});
  }

  // From the attachment on another thread may be through with it.
  static void goes_on(TwinServing& serving) noexcept {
    if (!FutureAccess::attach(serving.pending_, serving)) completed(serving);
  }

  static void completed(Continuation& self) noexcept {
    const std::unique_ptr<TwinServing> serving(&static_cast<TwinServing&>(self));
    ServerCall* outer = exchange_current(&serving->responder_->server_call());
    serving->finish();
    exchange_current(outer);
  }

  void finish() noexcept {
    on_stop_.reset();  // it uses the token that is given away now
    try {
      const Outcome outcome = PendingAccess::outcome(pending_);
      if (outcome.error != nullptr) throw *outcome.error;
      type_.finish(halves_.finish, twin_, std::move(pending_), responder_->reply(), values_.get());
      values_.reset();  // what the call held is gone when the caller goes on
      responder_->send();
    } catch (...) {
      responder_->fail(std::current_exception());
    }
  }

  void* twin_;
  const TwinType& type_;
  TwinHalves halves_;
  TwinValues values_;
  std::optional<Responder> responder_;
  Pending pending_;
  std::optional<std::stop_callback<AskToStop>> on_stop_;
};

void serve_twin(Incoming& call, void* twin, const TwinType& type, const TwinHalves& halves) {
  TwinServing::start(call.hand_over(), twin, type, halves);
}

}  // namespace rpc::internal
