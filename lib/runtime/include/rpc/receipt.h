// How far a message got.
//
//   rpc::Receipt receipt = thermostat.async_record(reading);
//   receipt.stored().get();                  // it will not be lost from here on
//   co_await receipt.handled();              // the server's handler returned; throws why it never will
#pragma once

#include <rpc/error.h>
#include <rpc/future.h>
#include <rpc/ref.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace rpc {

/// In this order, and `failed` instead of any of them.
enum class MessageState : std::uint8_t {
  sending,    ///< On its way into the queue.
  stored,     ///< In the sender's queue: a crash does not lose it.
  delivered,  ///< In the receiver's queue.
  handled,    ///< The handler returned.
  failed,     ///< It could not be stored, was refused, expired, or its handler failed too often.
};

/// Cheap to copy; any thread may use one. The message goes its way without it, too. Only this process can tell how far
/// its messages got: when it ends before, its receipts end with it, and the messages do not.
class Receipt {
 public:
  explicit Receipt(internal::Ref<internal::ReceiptState> state) noexcept : state_(std::move(state)) {}

  MessageState state() const noexcept;

  /// Why it failed, if it did.
  std::optional<Error> error() const;

  /// Each is ready when the message got that far, or fails with the reason why it never will. Code::abandoned: the
  /// queue was closed before, and the message goes on when it is opened again.
  Future<void> stored() const { return reached(MessageState::stored); }
  Future<void> delivered() const { return reached(MessageState::delivered); }
  Future<void> handled() const { return reached(MessageState::handled); }

 private:
  Future<void> reached(MessageState state) const;

  internal::Ref<internal::ReceiptState> state_;
};

}  // namespace rpc
