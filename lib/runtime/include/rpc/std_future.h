// A call's result as a std::future, for code that knows no other.
//
//   std::future<double> target = rpc::to_std_future(thermostat.async_target());
//
// Costs an allocation that rpc::Future does without. Dropping a std::future does not abandon the call.
#pragma once

#include <rpc/future.h>

#include <future>
#include <utility>

namespace rpc {

/// Ready when the call is; get() throws rpc::Error if it failed. Throws Error with Code::internal for an empty future.
template <class T>
std::future<T> to_std_future(Future<T> future) {
  std::promise<T> promise;
  std::future<T> result = promise.get_future();
  future.then([promise = std::move(promise)](Result<T> outcome) mutable {
    if (!outcome) {
      promise.set_exception(std::make_exception_ptr(outcome.error()));
    } else if constexpr (std::is_void_v<T>) {
      promise.set_value();
    } else {
      promise.set_value(std::move(*outcome));
    }
  });
  return result;
}

}  // namespace rpc
