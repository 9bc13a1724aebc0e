// A counted pointer to something the runtime keeps hidden: works while T is incomplete.
//
//   Ref<ClientTransport> transport = …;   // retain(T*) and release(T*) are found in namespace rpc::internal
#pragma once

#include <utility>

namespace rpc {
class MessageTransport;
class TlsCredentials;
}  // namespace rpc

namespace rpc::internal {

class CallSource;
class ClientTransport;
class PendingCall;
class ReceiptState;
class SharedOptions;

void retain(CallSource* object) noexcept;
void release(CallSource* object) noexcept;
void retain(ClientTransport* object) noexcept;
void release(ClientTransport* object) noexcept;
void retain(PendingCall* object) noexcept;
void release(PendingCall* object) noexcept;
void retain(ReceiptState* object) noexcept;
void release(ReceiptState* object) noexcept;
void retain(MessageTransport* object) noexcept;
void release(MessageTransport* object) noexcept;
void retain(SharedOptions* object) noexcept;
void release(SharedOptions* object) noexcept;
void retain(TlsCredentials* object) noexcept;
void release(TlsCredentials* object) noexcept;

template <class T>
class Ref {
 public:
  Ref() noexcept = default;

  /// Takes over one count that the caller holds.
  static Ref adopt(T* object) noexcept {
    Ref ref;
    ref.object_ = object;
    return ref;
  }

  /// Adds a count of its own.
  static Ref share(T* object) noexcept {
    if (object != nullptr) retain(object);
    return adopt(object);
  }

  Ref(const Ref& other) noexcept : object_(other.object_) {
    if (object_ != nullptr) retain(object_);
  }
  Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Ref& operator=(Ref other) noexcept {
    std::swap(object_, other.object_);
    return *this;
  }
  ~Ref() {
    if (object_ != nullptr) release(object_);
  }

  T* get() const noexcept { return object_; }
  T& operator*() const noexcept { return *object_; }
  T* operator->() const noexcept { return object_; }
  explicit operator bool() const noexcept { return object_ != nullptr; }

  /// Gives the count to the caller.
  T* take() noexcept { return std::exchange(object_, nullptr); }

 private:
  T* object_ = nullptr;
};

}  // namespace rpc::internal
