// A call between its two halves: what Begin_m of an asynchronous twin gives, and Finish_m takes.
//
//   std::unique_ptr<home::AsyncThermostat> twin = thermostat.async_twin();
//   rpc::Pending pending = twin->Begin_adjust("hall", low);
//   while (!pending.wait_for(10ms)) draw_clock();
//   double now = twin->Finish_adjust(std::move(pending), low);    // the result, or what went wrong as an rpc::Error
//
// A pending that is dropped abandons its call. One thread at a time may use one.
#pragma once

#include <rpc/future.h>
#include <rpc/interface.h>

#include <cstdint>
#include <typeinfo>
#include <utility>

namespace rpc {

class PendingSource;

namespace internal {
struct PendingAccess;
}

/// Move-only, and good for one Finish_m: of the method whose Begin_m gave it, on any twin of that interface. Anything
/// else, an empty one too, throws Error with Code::internal that tells which. Finish_m waits if it is called early.
///
/// From the future it has valid(), ready(), wait_for() and wait_until(), cancel(), which asks the server to stop and
/// keeps waiting, abandon(), which ends the call here at once, and detach(), which lets it run on without anybody
/// waiting for it.
class [[nodiscard("a pending that is dropped abandons its call: finish it, or call detach()")]] Pending
    : public internal::FutureBase {
 public:
  Pending() noexcept = default;
  Pending(Pending&&) noexcept = default;
  Pending& operator=(Pending&&) noexcept = default;

  /// In a server's Finish_m: what PendingSource::keep<T>() made in Begin_m; it lives as long as this or the source.
  /// Waits for the signal, and throws the error that the source failed with instead. Throws Error with Code::internal
  /// if there is no T.
  template <class T>
  T& kept() const {
    return *static_cast<T*>(kept_any(typeid(T)));
  }

 private:
  friend class PendingSource;
  friend struct internal::PendingAccess;

  Pending(FutureBase&& call, const InterfaceInfo* interface, std::uint16_t method) noexcept
      : FutureBase(std::move(call)), interface_(interface), method_(method) {}
  explicit Pending(internal::Ref<internal::PendingCall> call) noexcept : FutureBase(std::move(call)) {}

  void* kept_any(const std::type_info& type) const;

  const InterfaceInfo* interface_ = nullptr;  // null: a PendingSource made it
  std::uint16_t method_ = 0;
};

}  // namespace rpc
