// Several calls awaited as one.
//
//   auto [front, back] = rpc::when_all(door.async_lock(), gate.async_lock()).get();   // both are ready now
//   front.get();                                                 // each has its own result, or its own error
//
//   auto [index, futures] = co_await rpc::when_any(std::move(replicas));
//   use(futures[index].get());                                   // the first; dropping the others abandons them
//
// Both give the futures back in their order. Until then they belong to the joint future: cancel() asks for all of
// them, abandoning or dropping it ends all of them, and get() throws only when it was abandoned. Deadlines are each
// call's own, so a joint future of calls with deadlines does not wait for ever.
#pragma once

#include <rpc/future.h>

#include <cstddef>
#include <memory>
#include <tuple>
#include <vector>

namespace rpc {

/// What when_any gives: all the futures, and the index of the one that was ready first.
template <class Futures>
struct FirstReady {
  std::size_t index;
  Futures futures;
};

namespace internal {

/// The futures that are being waited for, on the heap.
using OwnedFutures = std::unique_ptr<void, void (*)(void* futures) noexcept>;

/// The value of a joint call.
struct JointType {
  ValueType value;
  void (*make)(void* futures, std::size_t first, void* value) noexcept;  ///< from the futures, and which came first
};

/// A call that is complete when `needed` of the members are. The members lie in `futures`.
/// Throws Error with Code::internal if one of them is empty, or if there are fewer than needed.
Ref<PendingCall> join(const JointType& type, OwnedFutures futures, const std::vector<const FutureBase*>& members,
                      std::size_t needed);

template <class T>
std::vector<const FutureBase*> members_of(const std::vector<Future<T>>& futures) {
  std::vector<const FutureBase*> members;
  members.reserve(futures.size());
  for (const Future<T>& future : futures) members.push_back(&future);
  return members;
}
template <class... T>
std::vector<const FutureBase*> members_of(const std::tuple<Future<T>...>& futures) {
  return std::apply([](const auto&... future) { return std::vector<const FutureBase*>{&future...}; }, futures);
}

enum class Needed { all, one };

template <class Value, class Futures>
Future<Value> join(Futures futures, const JointType& type, Needed needed) {
  auto kept = std::make_unique<Futures>(std::move(futures));
  const std::vector<const FutureBase*> members = members_of(*kept);
  OwnedFutures owned(kept.release(), [](void* kept) noexcept { delete static_cast<Futures*>(kept); });
  return FutureAccess::make<Value>(join(type, std::move(owned), members, needed == Needed::all ? members.size() : 1));
}

template <class Value>
inline constexpr ValueType made_type{.size = sizeof(Value),
                                     .alignment = alignof(Value),
                                     .destroy = [](void* value) noexcept { static_cast<Value*>(value)->~Value(); }};

template <class Futures>
inline constexpr JointType all_of{.value = made_type<Futures>,
                                  .make = [](void* futures, std::size_t, void* value) noexcept {
                                    ::new (value) Futures(std::move(*static_cast<Futures*>(futures)));
                                  }};

template <class Futures>
inline constexpr JointType first_of{
    .value = made_type<FirstReady<Futures>>, .make = [](void* futures, std::size_t first, void* value) noexcept {
      ::new (value) FirstReady<Futures>{first, std::move(*static_cast<Futures*>(futures))};
    }};

}  // namespace internal

/// Ready when all of the futures are; at once if there are none.
template <class T>
Future<std::vector<Future<T>>> when_all(std::vector<Future<T>> futures) {
  using Futures = std::vector<Future<T>>;
  return internal::join<Futures>(std::move(futures), internal::all_of<Futures>, internal::Needed::all);
}
template <class... T>
Future<std::tuple<Future<T>...>> when_all(Future<T>... futures) {
  using Futures = std::tuple<Future<T>...>;
  return internal::join<Futures>(Futures(std::move(futures)...), internal::all_of<Futures>, internal::Needed::all);
}

/// Ready when one of the futures is, with its value or its error. Throws Error with Code::internal if there are none.
template <class T>
Future<FirstReady<std::vector<Future<T>>>> when_any(std::vector<Future<T>> futures) {
  using Futures = std::vector<Future<T>>;
  return internal::join<FirstReady<Futures>>(std::move(futures), internal::first_of<Futures>, internal::Needed::one);
}
template <class First, class... T>
Future<FirstReady<std::tuple<Future<First>, Future<T>...>>> when_any(Future<First> first, Future<T>... others) {
  using Futures = std::tuple<Future<First>, Future<T>...>;
  return internal::join<FirstReady<Futures>>(Futures(std::move(first), std::move(others)...),
                                             internal::first_of<Futures>, internal::Needed::one);
}

}  // namespace rpc
