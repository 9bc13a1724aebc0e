// A call that left its dispatch: kept by its Responders and its coroutines, answered once.
//
//   auto* call = new DetachedCall(request, owner, kept);   // counted for its first Responder
//   if (call->claim()) …                                   // this thread answers it
#pragma once

#include <rpc/skeleton.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "call_memory.h"
#include "server_call.h"

namespace rpc::internal {

class DetachedCall final : public ServerCall {
 public:
  DetachedCall(const Request& request, std::shared_ptr<void> server, bool kept) noexcept
      : ServerCall(request, 1, kept), server_(std::move(server)) {
    request.connection->retain();
    if (request.memory != nullptr) request.memory->retain();
  }

  ~DetachedCall() {
    server_.reset();
    if (request().memory != nullptr) request().memory->release();
    request().connection->release();
  }

  static void* operator new(std::size_t size) { return take_call_memory(size, alignment); }
  static void operator delete(void* memory, std::size_t size) noexcept { give_call_memory(memory, size, alignment); }

  /// True for the first who asks: it is his to answer.
  bool claim() noexcept { return !answered_.exchange(true, std::memory_order_acq_rel); }
  bool answered() const noexcept { return answered_.load(std::memory_order_acquire); }

  /// Those who may still answer.
  void add_responder() noexcept { responders_.fetch_add(1, std::memory_order_relaxed); }
  bool has_others() const noexcept { return responders_.load(std::memory_order_acquire) != 1; }
  bool last_responder_gone() noexcept { return responders_.fetch_sub(1, std::memory_order_acq_rel) == 1; }

  /// No more code of the server's object runs for the call. To be said before the call is over for its connection, so
  /// that a server which has waited for its calls is the last to hold the object; and when the dispatch of a kept call
  /// ends, since the object may itself be what keeps the reply.
  void release_server() noexcept { server_.reset(); }

  ReplyFrame reply;
  ViewMemory views;
  ReplyWriter writer;

 private:
  static constexpr std::align_val_t alignment{alignof(std::max_align_t)};

  std::shared_ptr<void> server_;
  std::atomic<std::uint32_t> responders_{1};
  std::atomic<bool> answered_{false};
};

/// Sends the reply, which is empty if nothing was written.
void answer(ServerCall& call, ReplyFrame& reply);

/// Nobody hears of it if the call was a oneway one: then it is logged.
void answer_failure(ServerCall& call, const Error& error) noexcept;

/// `views` keeps what views of the arguments cannot point to in the request.
Decoder arguments_of(const ServerCall& call, ViewMemory& views) noexcept;

}  // namespace rpc::internal
