// The server's side of one call, and what it asks of the connection it came from.
//
//   internal::ServerCall call({.connection = this, .id = id, .body = …, .server = &binding.owner});
//   internal::serve(call, binding.skeleton, method);     // answers now, or later from a coroutine
#pragma once

#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/limits.h>
#include <rpc/peer.h>
#include <rpc/wire/encoding.h>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>

namespace rpc {
class Buffer;
}

namespace rpc::internal {

class ServerCall;
struct MessagePart;
class CallStats;

/// The bytes a request lies in: a counted chunk that was read from the connection.
class RequestMemory {
 public:
  virtual void retain() noexcept = 0;
  virtual void release() noexcept = 0;

 protected:
  ~RequestMemory() = default;
};

/// The connection as a received call sees it. Thread-safe; counted, since a call may be answered after a disconnect.
class ServerTransport {
 public:
  /// Sends the reply: `frame` has frame_header_room free bytes, then the body; may be moved away. The call is over
  /// for the connection: it forgets it. Not called for oneway calls, fail() neither; finished() is.
  virtual void reply(ServerCall& call, Buffer& frame) noexcept = 0;
  virtual void fail(ServerCall& call, const Error& error) noexcept = 0;

  /// `error` is null unless it failed.
  virtual void finished(ServerCall& call, const Error* error) noexcept = 0;

  /// The call left the dispatch and lives on at `to`, which from now on the connection must find for cancel, deadline
  /// and disconnect. Calls to.take_stop_source(from) under the lock under which cancels look calls up.
  virtual void handed_over(ServerCall& from, ServerCall& to) noexcept = 0;

  /// Ends the connection now: nobody gets a reply any more.
  virtual void disconnect() noexcept = 0;

  /// The other end. Constant.
  virtual Peer peer() const noexcept = 0;

  virtual void retain() noexcept = 0;
  virtual void release() noexcept = 0;

 protected:
  ~ServerTransport() = default;
};

/// What the connection knows about a request.
struct Request {
  ServerTransport* connection = nullptr;
  const InterfaceInfo* info = nullptr;
  std::uint16_t method = 0;  ///< index into info->methods
  std::uint32_t id = 0;
  bool oneway = false;
  Encoding encoding = Encoding::exact;  ///< of the body, and of the reply to be
  std::span<const std::byte> body;
  std::span<const std::byte> metadata;  ///< the block without its size; empty if there is none
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
  const Limits* limits = nullptr;                   ///< lives as long as the connection
  RequestMemory* memory = nullptr;                  ///< body and metadata lie in it
  const std::shared_ptr<void>* server = nullptr;    ///< keeps the server object alive; copied when handed over
  MessagePart* message = nullptr;                   ///< of a message; lives until it is answered
  std::chrono::steady_clock::time_point read_at{};  ///< not of messages
  CallStats* stats = nullptr;                       ///< of the method; the connection's
};

/// One running call. On the reading thread's stack at first; moved to the heap when a coroutine takes it.
class ServerCall {
 public:
  explicit ServerCall(const Request& request) noexcept : request_(request) {}

  ServerCall(const ServerCall&) = delete;
  ServerCall& operator=(const ServerCall&) = delete;
  ~ServerCall() = default;

  const Request& request() const noexcept { return request_; }

  /// The source of the handler's stop token, made when first asked for. Any thread; to cancel a call, take it under
  /// the lock that keeps the call registered, then request_stop() without the lock (it runs user code).
  std::stop_source stop_source();

  void take_stop_source(ServerCall& from) noexcept;

  /// Whether the call was handed over and may be kept: a coroutine's. The others live on the reading thread's stack.
  bool shared() const noexcept { return count_.load(std::memory_order_relaxed) != 0; }

  /// Whether objects of the user's keep it, in a rpc::Reply: a connection that is closed does not wait for those.
  bool kept() const noexcept { return kept_; }

  void retain() noexcept { count_.fetch_add(1, std::memory_order_relaxed); }
  void release() noexcept;

  /// For the connection's register of running calls; only it reads and writes them.
  ServerCall* next = nullptr;
  ServerCall* previous = nullptr;
  std::uint64_t tick = 0;

 protected:
  ServerCall(const Request& request, std::uint32_t count, bool kept) noexcept
      : request_(request), kept_(kept), count_(count) {}

 private:
  Request request_;
  const bool kept_ = false;
  std::atomic<std::uint32_t> count_{0};
  std::mutex stop_mutex_;
  std::stop_source stop_{std::nostopstate};
};

/// Runs the method on this thread with this_call() set, and sees to it that the call is answered: by the reply the
/// dispatch wrote, by a failure if an exception left it, or later by the Responder it handed the call to.
void serve(ServerCall& call, const Skeleton& skeleton, std::uint16_t method) noexcept;

}  // namespace rpc::internal
