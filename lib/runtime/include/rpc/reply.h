// A completion handle: what a method is given to answer with, at once or later, from any thread.
//
//   virtual void sum(std::vector<int> v, [[rpc::async]] rpc::Reply<int> done) = 0;   // the interface, on both sides
//
//   calculator.sum({1, 2}, [](rpc::Result<int> sum) { show(sum.value()); });         // its client: any callable
//
//   void sum(std::vector<int> v, rpc::Reply<int> done) override {                    // its server
//     pool_.post([v = std::move(v), done = std::move(done)]() mutable { done(add(v)); });
//   }
#pragma once

#include <rpc/result.h>

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace rpc {

class Outgoing;
class Responder;
class ThisCall;

namespace internal {

class ServerCall;

/// What can be done with the one that is answered: a function that a client gave, or a call that a server serves.
struct ReplyActions {
  void (*answer)(void* target, Outcome outcome);
  void (*move)(void* from, void* to) noexcept;  ///< `from` is destroyed
  void (*destroy)(void* target) noexcept;
  bool told_when_dropped = true;  ///< a function, which hears that it was abandoned
};

/// The part of Reply that does not depend on its type.
class ReplyBase {
 public:
  ReplyBase() noexcept = default;
  explicit ReplyBase(Responder call) noexcept;
  ReplyBase(ReplyBase&& other) noexcept;
  ReplyBase& operator=(ReplyBase&& other) noexcept;
  ~ReplyBase();

  /// False when it was made of nothing, moved from, or has answered.
  explicit operator bool() const noexcept { return actions_ != nullptr; }

  /// Answers with a failure: an rpc::Error as it is, anything else as Code::failed with its type and text.
  void fail(const Error& error) { answer({.error = &error}); }
  void fail(const std::exception_ptr& exception);

  /// Stopped when the caller cancels, is gone, or its deadline passed; may be kept for longer. In a process that was
  /// not called from another one it never is. Needs <rpc/this_call.h>.
  template <class Call = ThisCall>
  auto stop_token() const {
    return Call(server_call()).stop_token();
  }

 protected:
  /// Room for a function of four pointers: a std::function, or a lambda that captures as much.
  static constexpr std::size_t room = 4 * sizeof(void*);

  /// Throws Error (internal) if it is empty.
  void answer(Outcome outcome);

  template <class Target>
  void aim(Target&& target, const ReplyActions& actions) {
    ::new (static_cast<void*>(target_)) std::remove_cvref_t<Target>(std::forward<Target>(target));
    actions_ = &actions;
  }

 private:
  friend class rpc::Outgoing;
  friend class ReplyNext;
  void take(ReplyBase& other) noexcept;
  void check() const;
  ServerCall* server_call() const noexcept;

  const ReplyActions* actions_ = nullptr;
  alignas(void*) std::byte target_[room];
};

/// A function that does not fit.
template <class F>
class Boxed {
 public:
  explicit Boxed(F&& function) : function_(new F(std::move(function))) {}
  Boxed(Boxed&& other) noexcept : function_(std::exchange(other.function_, nullptr)) {}
  ~Boxed() { delete function_; }

  template <class R>
  void operator()(R result) {
    (*function_)(std::move(result));
  }

 private:
  F* function_;
};

template <class T, class F>
inline constexpr ReplyActions function_actions = {
    .answer =
        [](void* target, Outcome outcome) {
          F& function = *static_cast<F*>(target);
          if (outcome.error != nullptr) {
            function(Result<T>(*outcome.error));
          } else if constexpr (std::is_void_v<T>) {
            function(Result<T>());
          } else {
            function(Result<T>(std::move(*static_cast<T*>(outcome.value))));
          }
        },
    .move =
        [](void* from, void* to) noexcept {
          ::new (to) F(std::move(*static_cast<F*>(from)));
          static_cast<F*>(from)->~F();
        },
    .destroy = [](void* target) noexcept { static_cast<F*>(target)->~F(); }};

}  // namespace internal

/// Move-only and one-shot: answering empties it. Dropped without an answer it fails the call with Code::abandoned. On a
/// server it keeps the bytes of the request, and so what views among the parameters point to, but not the object that
/// serves. One thread at a time may use it.
template <class T>
class Reply : public internal::ReplyBase {
 public:
  using value_type = T;

  Reply() noexcept = default;

  /// Answers by calling `function` with an rpc::Result<T>, exactly once, whatever happens. What it throws is logged.
  template <class F>
    requires(!std::is_same_v<F, Reply> && std::is_invocable_v<F&, Result<T>>)
  Reply(F function) {
    if constexpr (requires { function == nullptr; }) {
      if (function == nullptr) return;
    }
    if constexpr (sizeof(F) <= room && alignof(F) <= alignof(void*) && std::is_nothrow_move_constructible_v<F>) {
      this->aim(std::move(function), internal::function_actions<T, F>);
    } else {
      using Box = internal::Boxed<F>;
      this->aim(Box(std::move(function)), internal::function_actions<T, Box>);
    }
  }

  /// Answers: with a value, or with an Error. Throws Error (internal) when it is empty, for it may have answered
  /// before; not for the network, nor when the value cannot be encoded, which fails the call.
  // NOLINTNEXTLINE(performance-unnecessary-value-param): whoever is answered may move the value away
  void operator()(Result<T> result) { this->answer(internal::outcome_of(result)); }
  void operator()()
    requires std::is_void_v<T>
  {
    this->answer({});
  }

 private:
  friend class Incoming;
  explicit Reply(internal::ReplyBase&& base) noexcept : ReplyBase(std::move(base)) {}
};

}  // namespace rpc
