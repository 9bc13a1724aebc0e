// A coroutine that gives a T: what a service's asynchronous methods return. It starts when it is awaited, and
// this_call() is right in it wherever it goes on.
//
//   rpc::Task<std::vector<Reading>> history(std::string sensor, int days) override {
//     co_return co_await archive_.async_history(sensor, days);
//   }
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace rpc {

template <class T = void>
class Task;

namespace internal {

class ServerCall;

/// Replaces what this_call() means on this thread; gives what it meant.
ServerCall* exchange_current(ServerCall* call) noexcept;

/// The call that a coroutine was created in, while the coroutine runs on whatever thread.
class CallScope {
 public:
  CallScope() noexcept;
  explicit CallScope(ServerCall& call) noexcept;
  CallScope(const CallScope&) = delete;
  CallScope& operator=(const CallScope&) = delete;
  ~CallScope();

  void enter() noexcept { outer_ = exchange_current(own_); }
  void leave() noexcept { exchange_current(std::exchange(outer_, nullptr)); }

 private:
  ServerCall* own_;
  ServerCall* outer_ = nullptr;
};

template <class Awaitable>
decltype(auto) awaiter_of(Awaitable&& awaitable) {
  if constexpr (requires { std::forward<Awaitable>(awaitable).operator co_await(); }) {
    return std::forward<Awaitable>(awaitable).operator co_await();
  } else if constexpr (requires { operator co_await(std::forward<Awaitable>(awaitable)); }) {
    return operator co_await(std::forward<Awaitable>(awaitable));
  } else {
    return std::forward<Awaitable>(awaitable);
  }
}

/// Awaits `awaitable` and leaves the scope for the time of the suspension.
template <class Awaitable>
class ScopedAwaiter {
 public:
  ScopedAwaiter(Awaitable&& awaitable, CallScope& scope)
      : inner_(awaiter_of(std::forward<Awaitable>(awaitable))), scope_(scope) {}

  bool await_ready() { return inner_.await_ready(); }

  template <class Promise>
  auto await_suspend(std::coroutine_handle<Promise> waiting) {
    left_ = true;
    scope_.leave();  // before: another thread may go on with the coroutine while await_suspend still runs
    return inner_.await_suspend(waiting);
  }

  decltype(auto) await_resume() {
    if (left_) scope_.enter();
    return inner_.await_resume();
  }

 private:
  decltype(awaiter_of(std::declval<Awaitable>())) inner_;
  CallScope& scope_;
  bool left_ = false;
};

/// A promise whose coroutine keeps its call across suspensions.
class ScopedPromise {
 public:
  template <class Awaitable>
  auto await_transform(Awaitable&& awaitable) {
    return ScopedAwaiter<Awaitable>(std::forward<Awaitable>(awaitable), scope_);
  }

 protected:
  ScopedPromise() noexcept = default;
  explicit ScopedPromise(ServerCall& call) noexcept : scope_(call) {}

  CallScope scope_;
};

/// What the promises of all tasks share.
class TaskPromise : public ScopedPromise {
 public:
  auto initial_suspend() noexcept {
    struct Start {
      CallScope& scope;
      bool await_ready() const noexcept { return false; }
      void await_suspend(std::coroutine_handle<>) const noexcept {}
      void await_resume() const noexcept { scope.enter(); }
    };
    return Start{scope_};
  }

  auto final_suspend() noexcept {
    struct Finish {
      TaskPromise& promise;
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<>) const noexcept {
        promise.scope_.leave();
        return promise.waiting_;
      }
      void await_resume() const noexcept {}
    };
    return Finish{*this};
  }

  void unhandled_exception() noexcept { exception_ = std::current_exception(); }
  void waited_by(std::coroutine_handle<> waiting) noexcept { waiting_ = waiting; }

  /// What the task gave, null if it is void. Throws what the task threw.
  void* value() const {
    if (exception_) std::rethrow_exception(exception_);
    return value_;
  }

 protected:
  void give(void* value) noexcept { value_ = value; }

 private:
  std::coroutine_handle<> waiting_;
  std::exception_ptr exception_;
  void* value_ = nullptr;
};

template <class T>
class ValuePromise : public TaskPromise {
 public:
  Task<T> get_return_object() noexcept;

  template <class Value>
    requires std::is_convertible_v<Value&&, T>
  void return_value(Value&& value) {
    give(&kept_.emplace(std::forward<Value>(value)));
  }

 private:
  std::optional<T> kept_;
};

template <>
class ValuePromise<void> : public TaskPromise {
 public:
  Task<void> get_return_object() noexcept;
  void return_void() const noexcept {}
};

/// The part of Task that does not depend on the type. Awaited, it gives the address of the value.
class AnyTask {
 public:
  AnyTask() noexcept = default;
  AnyTask(std::coroutine_handle<> coroutine, TaskPromise& promise) noexcept
      : coroutine_(coroutine), promise_(&promise) {}
  AnyTask(AnyTask&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)), promise_(other.promise_) {}
  AnyTask& operator=(AnyTask&& other) noexcept {
    AnyTask taken(std::move(other));
    std::swap(coroutine_, taken.coroutine_);
    std::swap(promise_, taken.promise_);
    return *this;
  }
  ~AnyTask() {
    if (coroutine_) coroutine_.destroy();
  }

  explicit operator bool() const noexcept { return static_cast<bool>(coroutine_); }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) const noexcept {
    promise_->waited_by(waiting);
    return coroutine_;
  }
  void* await_resume() const { return promise_->value(); }

 private:
  std::coroutine_handle<> coroutine_;
  TaskPromise* promise_ = nullptr;
};

}  // namespace internal

/// Move-only. Awaited once: co_await std::move(task), or directly what a coroutine returned. Destroying a task that
/// is suspended destroys its coroutine.
template <class T>
class [[nodiscard("a task does nothing until it is awaited")]] Task : private internal::AnyTask {
 public:
  using value_type = T;
  using promise_type = internal::ValuePromise<T>;

  Task() noexcept = default;
  Task(Task&&) noexcept = default;
  Task& operator=(Task&&) noexcept = default;

  auto operator co_await() && noexcept { return Awaiter{*this}; }

 private:
  friend promise_type;
  friend class Incoming;

  struct Awaiter {
    const AnyTask& task;
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiting) const noexcept {
      return task.await_suspend(waiting);
    }
    T await_resume() const {
      if constexpr (std::is_void_v<T>) {
        task.await_resume();
      } else {
        return std::move(*static_cast<T*>(task.await_resume()));
      }
    }
  };

  explicit Task(promise_type& promise) noexcept
      : AnyTask(std::coroutine_handle<promise_type>::from_promise(promise), promise) {}
};

namespace internal {

template <class T>
Task<T> ValuePromise<T>::get_return_object() noexcept {
  return Task<T>(*this);
}

inline Task<void> ValuePromise<void>::get_return_object() noexcept { return Task<void>(*this); }

}  // namespace internal
}  // namespace rpc
