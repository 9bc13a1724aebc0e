// Awaits a call with asio: any completion token, on the program's own io_context. Needs asio 1.22 or newer, without
// Boost.
//
//   double target = co_await rpc::async_wait(thermostat.async_target(), asio::use_awaitable);
//
//   rpc::async_wait(thermostat.async_target(), asio::bind_executor(io, [](std::exception_ptr error, double target) { …
//   }));
#pragma once

#include <rpc/future.h>

#include <asio/associated_cancellation_slot.hpp>
#include <asio/associated_executor.hpp>
#include <asio/async_result.hpp>
#include <asio/execution/outstanding_work.hpp>
#include <asio/post.hpp>
#include <asio/prefer.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace rpc {

/// An asio executor as an rpc::Executor: future.via(rpc::PostTo{io.get_executor()}).
template <class E>
struct PostTo {
  E executor;

  template <class F>
  void execute(F f) const {
    asio::post(executor, std::move(f));
  }
};

namespace internal {

template <class T>
struct AsioSignature {
  using Type = void(std::exception_ptr, T);
};
template <>
struct AsioSignature<void> {
  using Type = void(std::exception_ptr);
};

template <class T, class Handler>
void hand_over(Handler& handler, Result<T> result) {
  const std::exception_ptr error = result ? nullptr : std::make_exception_ptr(result.error());
  if constexpr (std::is_void_v<T>) {
    std::move(handler)(error);
  } else {
    std::move(handler)(error, result ? std::move(*result) : T{});
  }
}

/// A handler until the call is complete; the io_context that it is to run on counts it as work.
template <class T, class Handler>
class AsioHandler {
  using Work = std::decay_t<decltype(asio::prefer(asio::get_associated_executor(std::declval<Handler&>()),
                                                  asio::execution::outstanding_work.tracked))>;

 public:
  explicit AsioHandler(Handler handler)
      : work_(asio::prefer(asio::get_associated_executor(handler), asio::execution::outstanding_work.tracked)),
        handler_(std::move(handler)) {}

  PostTo<Work> executor() const { return {work_}; }  // which never runs it within async_wait itself

  /// Asio's ways of cancelling all end the call here.
  void cancel_with_slot(Ref<PendingCall> call) {
    if (auto slot = asio::get_associated_cancellation_slot(handler_); slot.is_connected())
      slot.assign([call = std::move(call)](asio::cancellation_type) { abandon_call(*call); });
  }

  void operator()(Result<T> result) {
    if (auto slot = asio::get_associated_cancellation_slot(handler_); slot.is_connected()) slot.clear();
    hand_over<T>(handler_, std::move(result));
  }

 private:
  Work work_;
  Handler handler_;
};

}  // namespace internal

/// Completes with (std::exception_ptr error, T value), or (std::exception_ptr) for void, on the executor that belongs
/// to the token. The error is an rpc::Error; the value then T{}. Throws Error with Code::internal for an empty future.
template <class T, class Token>
auto async_wait(Future<T> future, Token&& token) {
  return asio::async_initiate<Token, typename internal::AsioSignature<T>::Type>(
      []<class Handler>(Handler&& handler, Future<T> pending) {
        internal::AsioHandler<T, std::decay_t<Handler>> next(std::forward<Handler>(handler));
        next.cancel_with_slot(internal::FutureAccess::call_of(pending));
        auto executor = next.executor();
        pending.via(std::move(executor)).then(std::move(next));
      },
      token, std::move(future));
}

}  // namespace rpc
