// One call being made by generated code: arguments in, then one of wait, start, send_maybe, store and send_message.
//
//   rpc::Outgoing call = stub_.call(2);
//   write_history_arguments(call.arguments(), sensor, days);
//   return call.wait<std::vector<Reading>>();
#pragma once

#include <rpc/stub.h>
#include <rpc/tagged/codec.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

#include <cstddef>
#include <cstdint>

namespace rpc {

template <class T>
class Reply;
struct Message;

namespace internal {
class ReplyBase;
struct CallRequest;

/// A reply that is the result alone.
template <class T>
inline void read_result(Decoder& reply, T& result) {
  if (reply.tagged()) return tagged::read_result(reply, Tagged<T>::type, &result);
  Reader at = reply.begin();
  at.read(result);
  reply.finish(at);
}

}  // namespace internal

/// Lives on the stack of the calling function. Used once. A reply of several values has a read function, which decodes
/// all of it, finish() included.
class Outgoing {
 public:
  Outgoing(const Stub& stub, std::uint16_t method);

  /// In this encoding, whatever the channel would choose.
  Outgoing(const Stub& stub, std::uint16_t method, Encoding encoding);
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;
  ~Outgoing();

  Encoder& arguments() noexcept { return arguments_; }

  /// Sends the call and waits for its reply, at most until its deadline. Throws Error.
  template <class T>
  T wait() {
    return wait(&internal::read_result<T>);
  }
  template <class T>
  T wait(void (*read)(Decoder& reply, T& value)) {
    T value{};  // rpc::local fields, which nobody reads from the wire, have their defaults
    wait_into(&value, &internal::callers_type<T>, reinterpret_cast<internal::AnyRead>(read));
    return value;
  }
  void wait() { wait_into(nullptr, &internal::value_type<void>, nullptr); }

  /// Sends the call. Whatever goes wrong from here on is in the future.
  template <class T>
  Future<T> start() {
    return start(&internal::read_result<T>);
  }
  template <class T>
  Future<T> start(void (*read)(Decoder& reply, T& value)) {
    return Future<T>(start_any(&internal::value_type<T>, reinterpret_cast<internal::AnyRead>(read)));
  }
  Future<void> start() { return Future<void>(start_any(&internal::value_type<void>, nullptr)); }

  /// Sends the call and answers `reply` once, with what comes back or with what goes wrong: on the thread that
  /// completes the call, or on this one if it cannot even be sent. If this throws, `reply` is as it was.
  template <class T>
  void start(Reply<T>& reply) {
    start_for(reply, &internal::value_type<T>, reinterpret_cast<internal::AnyRead>(&internal::read_result<T>));
  }
  void start(Reply<void>& reply);

  /// Sends the call if it can be sent now, and forgets it. Never blocks; throws Error only when it is too large.
  void send_maybe();

  /// Of a message: returns when it is stored durably. Throws Error.
  void store();

  /// Of a message: returns at once. Whatever goes wrong is in the receipt.
  Receipt send_message();

 private:
  void wait_into(void* value, const internal::ValueType* type, internal::AnyRead read);
  void start_for(internal::ReplyBase& reply, const internal::ValueType* type, internal::AnyRead read);
  internal::Ref<internal::PendingCall> start_any(const internal::ValueType* type, internal::AnyRead read);
  internal::CallRequest request();
  internal::CallRequest awaited_request();
  Message message();

  const Stub& stub_;
  Buffer frame_;
  const std::size_t metadata_size_;  // in front of the arguments, the u32 with it included; 0: there is none
  Encoder arguments_;
  std::uint16_t method_;
};

}  // namespace rpc
