// The result of a call that was started and not waited for.
//
//   rpc::Future<double> pending = thermostat.async_target();
//   if (pending.wait_for(10ms)) show(pending.get());                       // or get() at once, which waits
//   thermostat.async_target().then([](rpc::Result<double> target) { … });   // or a continuation
//   double target = co_await thermostat.async_target();                     // or from a coroutine
//   double shown = co_await thermostat.async_target().via(window);          // that goes on where window runs things
//
// A future that is dropped abandons its call. One thread at a time may use a future.
#pragma once

#include <rpc/duration.h>
#include <rpc/ref.h>
#include <rpc/result.h>

#include <coroutine>
#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace rpc {

class Decoder;
class Outgoing;
template <class T>
class Future;

namespace internal {

/// What runs when a call completes. Intrusive: it lies in a coroutine's frame, on a waiting stack or in the call.
struct Continuation {
  void (*run)(Continuation& self) noexcept;
  bool quick = false;  ///< Runs nothing of the user's, so any thread may run it at once.
};

/// A generated read function without its type.
using AnyRead = void (*)();

/// How the runtime handles a value whose type it does not know.
struct ValueType {
  void (*read)(AnyRead read, Decoder& reply, void* value) = nullptr;  ///< null: there is none

  // Of values that the runtime makes and keeps.
  std::size_t size = 0;
  std::size_t alignment = 1;
  void (*construct)(void* value) = nullptr;
  void (*destroy)(void* value) noexcept = nullptr;
};

template <class T>
void read_value(AnyRead read, Decoder& reply, void* value) {
  reinterpret_cast<void (*)(Decoder&, T&)>(read)(reply, *static_cast<T*>(value));
}

/// The type of a caller's value: less for the compiler to do.
template <class T>
inline constexpr ValueType callers_type{.read = &read_value<T>};

template <class T>
inline constexpr ValueType value_type{.read = &read_value<T>,
                                      .size = sizeof(T),
                                      .alignment = alignof(T),
                                      .construct = [](void* value) { ::new (value) T{}; },
                                      .destroy = [](void* value) noexcept { static_cast<T*>(value)->~T(); }};

template <>
inline constexpr ValueType value_type<void>{};

/// The executor of continuations that need none: whatever thread there is.
struct InPlace {
  template <class F>
  void execute(F&& f) const {
    f();
  }
};

/// Runs `f` on `executor`, which may be gone with its owner before this returns. Throws what the executor throws.
template <class E, class F>
  requires requires(E& executor, F f) { executor.execute(std::move(f)); }
void execute(E executor, F f) {
  executor.execute(std::move(f));
}
template <class E, class F>
  requires(!requires(E& executor, F f) { executor.execute(std::move(f)); }) &&
          requires(E& executor, F f) { executor(std::move(f)); }
void execute(E executor, F f) {
  executor(std::move(f));
}

/// What an executor is to take: a small function that can be copied.
struct Job {
  void operator()() const noexcept {}
};

/// Reports the exception being handled: nobody is left to catch it.
void log_lost_exception(const char* where) noexcept;

/// Runs `f`, which does not throw, here if the executor refuses it: better on the wrong thread than never.
template <class E, class F>
void execute_or_run(const E& executor, F f) noexcept {
  try {
    execute(executor, f);
  } catch (...) {
    log_lost_exception("the executor of a continuation, which therefore runs on the thread that completes the call");
    f();
  }
}

/// The part of Future that does not depend on the type. Owns one count of the call, or is empty.
class FutureBase {
 public:
  /// False when it was moved from, read, awaited, given a continuation or detached.
  bool valid() const noexcept { return static_cast<bool>(call_); }

  /// Whether get() would return at once.
  bool ready() const noexcept;

  /// Waits at most this long; true when ready.
  template <class Rep, class Period>
  bool wait_for(std::chrono::duration<Rep, Period> time) const {
    constexpr std::chrono::duration<double> years = std::chrono::hours(24 * 365 * 10);  // fits into nanoseconds
    return wait_at_most(time < years ? std::chrono::ceil<std::chrono::nanoseconds>(time)
                                     : std::chrono::nanoseconds::max());
  }

  /// Waits until then at the latest; true when ready.
  template <class Clock, class Duration>
  bool wait_until(std::chrono::time_point<Clock, Duration> then) const {
    const auto now = Clock::now();
    return then > now ? wait_for(then - now) : ready();
  }

  /// Asks the server to stop and keeps waiting: the future becomes ready with what the server makes of it.
  void cancel() const noexcept;

  /// Ends the call here at once: the future is ready, with Code::cancelled if the reply had not come yet.
  void abandon() noexcept;

  /// Lets the call run on without anybody waiting for it.
  void detach() noexcept { call_ = {}; }

 protected:
  FutureBase() noexcept = default;
  explicit FutureBase(Ref<PendingCall> call) noexcept : call_(std::move(call)) {}
  FutureBase(FutureBase&& other) noexcept = default;
  FutureBase& operator=(FutureBase&& other) noexcept {
    if (call_) drop();
    call_ = std::move(other.call_);
    return *this;
  }
  ~FutureBase() {
    if (call_) drop();
  }

  bool wait_at_most(std::chrono::nanoseconds time) const;
  Outcome outcome() const;
  void check_valid() const;

  /// Lets `next` run when the call completes. False if it is completed already.
  bool attach(Continuation& next) const noexcept;

  /// Memory that lives as long as the call, for one continuation; null if it has not that much.
  void* room(std::size_t size, std::size_t alignment) const noexcept;

  /// Abandons the call unless it is completed, and empties the future.
  void drop() noexcept;

  Ref<PendingCall> call_;

 private:
  friend struct FutureAccess;
};

/// What joins futures, or hands them to another library, may do with them.
struct FutureAccess {
  /// The call of a future. Throws Error with Code::internal for an empty one.
  static Ref<PendingCall> call_of(const FutureBase& future) {
    future.check_valid();
    return future.call_;
  }
  static bool attach(const FutureBase& future, Continuation& next) noexcept { return future.attach(next); }

  template <class T>
  static Future<T> make(Ref<PendingCall> call) noexcept {
    return Future<T>(std::move(call));
  }
};

/// Ends the call here as cancelled. False if it is complete, or about to be.
bool abandon_call(PendingCall& call) noexcept;

}  // namespace internal

/// What can run a function somewhere: it has execute(f), or it can be called with f. A cheap copyable handle. It runs
/// each function once, on a thread that may run user code; what it drops is a continuation that never runs, a coroutine
/// that never goes on.
template <class E>
concept Executor =
    std::is_copy_constructible_v<E> && requires(E& executor) { internal::execute(executor, internal::Job{}); };

template <class T, class E>
class Via;

/// Move-only. Empty after its result was taken; reading an empty future throws Error with Code::internal.
template <class T>
class [[nodiscard("a future that is dropped abandons its call: keep it, or call detach()")]] Future
    : public internal::FutureBase {
 public:
  using value_type = T;

  Future() noexcept = default;
  Future(Future&&) noexcept = default;
  Future& operator=(Future&&) noexcept = default;

  /// Waits for the result and gives it; throws Error when the call failed.
  T get() {
    const Future taken = std::move(*this);
    const internal::Outcome outcome = taken.outcome();
    if (outcome.error != nullptr) throw *outcome.error;
    if constexpr (!std::is_void_v<T>) return std::move(*static_cast<T*>(outcome.value));
  }

  /// Waits for the result and gives it, or why there is none. Does not throw for a failed call.
  Result<T> result() {
    const Future taken = std::move(*this);
    return taken.read_result();
  }

  /// Calls f(Result<T>) exactly once: on the thread that completes the call, or at once on this one if it is ready.
  /// What f throws is logged. The future is empty afterwards; the call runs on until it is done.
  template <class F>
  void then(F f) {
    then_on(internal::InPlace{}, std::move(f));
  }

  /// The same future, but what follows it, a continuation or a coroutine, runs on `executor`.
  template <Executor E>
  Via<T, E> via(E executor) {
    return Via<T, E>(std::move(*this), std::move(executor));
  }

  /// Waits in a coroutine, which goes on on the thread that completes the call. Takes the result, like get().
  auto operator co_await() noexcept { return Awaiter<internal::InPlace>(std::move(*this), {}); }

 private:
  friend class Outgoing;
  friend struct internal::FutureAccess;
  template <class U, class E>
  friend class Via;
  template <class E>
  class Awaiter;
  template <class F, class E>
  struct Then;

  template <class F, class E>
  void then_on(E executor, F f);

  explicit Future(internal::Ref<internal::PendingCall> call) noexcept : FutureBase(std::move(call)) {}

  Result<T> read_result() const {
    const internal::Outcome outcome = this->outcome();
    if (outcome.error != nullptr) return Result<T>(*outcome.error);
    if constexpr (std::is_void_v<T>) {
      return Result<T>();
    } else {
      return Result<T>(std::move(*static_cast<T*>(outcome.value)));
    }
  }
};

/// A future and where to go on with its result.
template <class T, class E>
class [[nodiscard("a future that is dropped abandons its call: keep it, or call then()")]] Via {
 public:
  /// Has `executor` call f(Result<T>) once the call is complete. What f throws is logged.
  template <class F>
  void then(F f) {
    future_.then_on(std::move(executor_), std::move(f));
  }

  /// Waits in a coroutine, which goes on on the executor even if the call is complete already.
  auto operator co_await() noexcept {
    return typename Future<T>::template Awaiter<E>(std::move(future_), std::move(executor_));
  }

 private:
  friend class Future<T>;
  Via(Future<T> future, E executor) : future_(std::move(future)), executor_(std::move(executor)) {}

  Future<T> future_;
  E executor_;
};

template <class T>
template <class E>
class Future<T>::Awaiter : private internal::Continuation {
  static constexpr bool in_place = std::is_same_v<E, internal::InPlace>;

 public:
  Awaiter(Future future, E executor) noexcept
      : Continuation{&resume}, future_(std::move(future)), executor_(std::move(executor)) {}

  bool await_ready() const noexcept { return !future_.valid() || (in_place && future_.ready()); }
  bool await_suspend(std::coroutine_handle<> waiting) noexcept(in_place) {
    waiting_ = waiting;
    if (future_.attach(*this)) return true;
    if constexpr (!in_place) internal::execute(executor_, Go{waiting});
    return !in_place;
  }
  T await_resume() { return future_.get(); }

 private:
  struct Go {
    std::coroutine_handle<> waiting;
    void operator()() const noexcept {
      try {
        waiting.resume();
      } catch (...) {
        internal::log_lost_exception("a coroutine that waited for a call");
      }
    }
  };

  static void resume(Continuation& continuation) noexcept {
    const Awaiter& self = static_cast<Awaiter&>(continuation);
    internal::execute_or_run(self.executor_, Go{self.waiting_});
  }

  Future future_;
  std::coroutine_handle<> waiting_;
  [[no_unique_address]] E executor_;
};

/// f with the future it belongs to: in the call's own memory if it fits.
template <class T>
template <class F, class E>
struct Future<T>::Then : internal::Continuation {
  Then(F&& function, E&& where, bool heap)
      : Continuation{&go}, f(std::move(function)), executor(std::move(where)), on_heap(heap) {}

  static void go(Continuation& continuation) noexcept {
    Then& self = static_cast<Then&>(continuation);
    internal::execute_or_run(self.executor, [&self]() noexcept { call(self); });
  }

  static void call(Then& self) noexcept {
    const Future alive = std::move(self.owner);  // may hold the memory that `self` lies in
    try {
      self.f(alive.read_result());
    } catch (...) {
      internal::log_lost_exception("a continuation of a call");
    }
    if (self.on_heap) {
      delete &self;
    } else {
      self.~Then();
    }
  }

  F f;
  [[no_unique_address]] E executor;
  Future owner;
  bool on_heap;
};

template <class T>
template <class F, class E>
void Future<T>::then_on(E executor, F f) {
  static_assert(std::is_invocable_v<F&, Result<T>>, "the continuation takes a Result<T>");
  using Next = Then<F, E>;
  check_valid();
  void* room = this->room(sizeof(Next), alignof(Next));
  Next* next = room != nullptr ? ::new (room) Next(std::move(f), std::move(executor), false)
                               : new Next(std::move(f), std::move(executor), true);
  next->owner = std::move(*this);
  if (!next->owner.attach(*next)) next->run(*next);
}

}  // namespace rpc
