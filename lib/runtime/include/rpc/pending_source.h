// The server's side of a call in two halves: Begin_m makes the token, whoever does the work signals it.
//
//   rpc::Pending Begin_history(std::string sensor, int days) override {
//     rpc::PendingSource source;
//     auto& readings = source.keep<std::vector<Reading>>();
//     rpc::Pending pending = source.pending();
//     archive_.post([&readings, sensor, days, source = std::move(source)]() mutable {
//       readings = read(sensor, days, source.stop_token());
//       source.signal();                                   // Finish_history runs in here
//     });
//     return pending;
//   }
//   std::vector<Reading> Finish_history(rpc::Pending pending) override {
//     return std::move(pending.kept<std::vector<Reading>>());
//   }
#pragma once

#include <rpc/error.h>
#include <rpc/pending.h>

#include <exception>
#include <stop_token>
#include <typeinfo>
#include <utility>

namespace rpc {

namespace internal {
class PendingState;
}

/// Makes one Pending and completes it, once. Move-only; one thread at a time may use one. Dropped before it was
/// signalled or failed, it fails the call with Code::abandoned. Using an empty one, which was moved from, and
/// completing a call a second time throw Error with Code::internal; completing one that nobody waits for any more does
/// nothing.
class PendingSource {
 public:
  PendingSource();
  PendingSource(PendingSource&& other) noexcept : state_(std::exchange(other.state_, nullptr)) {}
  PendingSource& operator=(PendingSource&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
  }
  ~PendingSource();

  /// The token. Once: a second time throws Error with Code::internal.
  Pending pending();

  /// Makes a T for Finish_m, which has it from Pending::kept<T>(). It lives as long as the source or the token. Once.
  template <class T, class... Arguments>
  T& keep(Arguments&&... arguments) {
    check_nothing_kept();
    T* object = new T(std::forward<Arguments>(arguments)...);
    keep_any(object, typeid(T), [](void* kept) noexcept { delete static_cast<T*>(kept); });
    return *object;
  }

  /// The first half is done. When a server waits for it, Finish_m runs on this thread and the reply is sent before this
  /// returns: hold no lock that Finish_m takes.
  void signal();

  /// There will be no result: the caller gets the error, or Code::failed with type and text of another exception, and
  /// Finish_m is not called.
  void fail(Error error);
  void fail(const std::exception_ptr& exception);

  /// Stopped when the caller cancels, is gone, or its deadline passed; and when the token was dropped.
  std::stop_token stop_token() const;

 private:
  internal::PendingState& state() const;
  void check_nothing_kept() const;
  void keep_any(void* object, const std::type_info& type, void (*destroy)(void* kept) noexcept) noexcept;

  internal::PendingState* state_;
};

}  // namespace rpc
