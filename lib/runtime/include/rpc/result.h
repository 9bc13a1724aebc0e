// A value, or the reason why there is none: what a call gave, without an exception.
//
//   rpc::Result<double> target = pending.result();
//   if (target) show(*target); else log(target.error().what());
#pragma once

#include <rpc/error.h>

#include <optional>
#include <type_traits>
#include <utility>

namespace rpc {

namespace internal {

/// What a call gave, for code that does not know its type: the error if there is one, else the address of the value
/// (null for void).
struct Outcome {
  const Error* error = nullptr;
  void* value = nullptr;
};

}  // namespace internal

/// Holds either a T or an Error. `Result<void>` holds success or an Error.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(std::move(error)) {}

  /// From what converts to a T: "text" for a std::string.
  template <class U>
    requires(std::is_convertible_v<U, T> && !std::is_same_v<std::remove_cvref_t<U>, T> &&
             !std::is_same_v<std::remove_cvref_t<U>, Error> && !std::is_same_v<std::remove_cvref_t<U>, Result>)
  Result(U&& value) : value_(std::forward<U>(value)) {}

  bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  /// The value; throws the Error if there is none.
  T& value() & {
    check();
    return *value_;
  }
  const T& value() const& {
    check();
    return *value_;
  }
  T&& value() && {
    check();
    return std::move(*value_);
  }

  /// The value without a check: only after has_value().
  T& operator*() & noexcept { return *value_; }
  const T& operator*() const& noexcept { return *value_; }
  T&& operator*() && noexcept { return std::move(*value_); }
  T* operator->() noexcept { return &*value_; }
  const T* operator->() const noexcept { return &*value_; }

  /// The reason: only when there is no value.
  const Error& error() const noexcept { return *error_; }

 private:
  void check() const {
    if (error_) throw *error_;
  }

  std::optional<T> value_;
  std::optional<Error> error_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using value_type = void;

  Result() noexcept = default;
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  /// Throws the Error if the call failed.
  void value() const {
    if (error_) throw *error_;
  }

  const Error& error() const noexcept { return *error_; }

 private:
  std::optional<Error> error_;
};

namespace internal {

/// Where the result's value, or its error, is.
template <class T>
Outcome outcome_of(const Result<T>& result) noexcept {
  if (!result.has_value()) return {.error = &result.error()};
  if constexpr (std::is_void_v<T>) {
    return {};
  } else {
    return {.value = const_cast<T*>(&*result)};
  }
}

}  // namespace internal
}  // namespace rpc
