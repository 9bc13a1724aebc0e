// How far a message got, and who waits for it to get further. See <rpc/receipt.h> and ReceiptSource.
//
//   state->reach(MessageState::delivered);       // futures of `stored` and `delivered` are ready
#pragma once

#include <rpc/receipt.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace rpc::internal {

class ReceiptState {
 public:
  ReceiptState() noexcept;
  ReceiptState(const ReceiptState&) = delete;
  ReceiptState& operator=(const ReceiptState&) = delete;

  MessageState state() const noexcept;
  std::optional<Error> error() const;
  Future<void> future(MessageState stage);

  /// Never back. What waits for it runs on a thread of the engine.
  void reach(MessageState state) noexcept;
  void fail(const Error& error) noexcept;

  /// Whether anybody but the caller holds it, or waits for one of its futures.
  bool watched() noexcept;

 private:
  friend void retain(ReceiptState*) noexcept;
  friend void release(ReceiptState*) noexcept;
  class Stage;

  ~ReceiptState();
  std::vector<Ref<Stage>> take_ready() noexcept;

  std::atomic<std::uint32_t> count_{1};
  mutable std::mutex mutex_;
  MessageState reached_ = MessageState::sending;  // before it failed, if it did
  std::optional<Error> error_;
  std::vector<Ref<Stage>> waiting_;
};

}  // namespace rpc::internal
