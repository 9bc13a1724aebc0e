// One call being served by generated code: decode the arguments, call the server, write the reply.
//
//   case 0: {  // double target()
//     const double result = server.target();
//     write_target_reply(call.reply(), result);
//     return;
//   }
//   case 2:    // rpc::Task<std::vector<Reading>> history(std::string sensor, int days)
//     serve_history(server, call.hand_over());
//     return;
#pragma once

#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/task.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace rpc {

namespace internal {

class DetachedCall;
struct Dispatch;

/// A reply that is being written, behind the room for the frame's header.
class ReplyFrame {
 public:
  ReplyFrame() = default;
  ReplyFrame(const ReplyFrame&) = delete;
  ReplyFrame& operator=(const ReplyFrame&) = delete;
  ~ReplyFrame();

  /// Begins the reply, or begins it anew.
  Encoder& open(const Limits& limits);
  bool opened() const noexcept { return encoder_.has_value(); }
  Buffer& buffer() noexcept { return buffer_; }

 private:
  Buffer buffer_;
  std::optional<Encoder> encoder_;
};

}  // namespace internal

/// A call that outlives its dispatch: answered later, from any thread, once. Move-only; one thread at a time. Dropped
/// without an answer it fails the call with Code::abandoned. Keeps the request's memory alive.
class Responder {
 public:
  Responder(Responder&& other) noexcept : call_(std::exchange(other.call_, nullptr)) {}
  Responder& operator=(Responder&& other) noexcept {
    std::swap(call_, other.call_);
    return *this;
  }
  ~Responder();

  Decoder arguments() const noexcept;
  Encoder& reply();

  /// Sends what was written to reply().
  void send();

  /// Answers with a failure: an rpc::Error as it is, anything else as Code::failed with its type and text. Logged
  /// when the call was answered already.
  void fail(std::exception_ptr exception) noexcept;

 private:
  friend class Incoming;
  friend class Serving;
  internal::ServerCall& server_call() const noexcept;
  explicit Responder(internal::DetachedCall* call) noexcept : call_(call) {}
  internal::DetachedCall* call_;
};

/// A call inside its dispatch. When the dispatch returns, what was written to reply() is sent; an exception that
/// leaves it fails the call. A method without results still says reply(), which is then empty.
class Incoming {
 public:
  explicit Incoming(internal::ServerCall& call) noexcept : call_(&call) {}
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  Decoder arguments() const noexcept;
  Encoder& reply();

  /// Moves the call out of the dispatch, to be answered later.
  Responder hand_over();

 private:
  friend struct internal::Dispatch;

  internal::ServerCall* call_;  // null once handed over
  internal::ReplyFrame reply_;
};

/// The coroutine that drives one handed-over call. Its first parameter is the server, its second the Responder:
///
///   rpc::Serving serve_history(ThermostatService& server, rpc::Responder call) {
///     …
///     const auto result = co_await server.history(std::move(sensor), days);
///     write_history_reply(call.reply(), result);
///     call.send();
///   }
class Serving {
 public:
  class promise_type : public internal::ScopedPromise {
   public:
    template <class Server>
    promise_type(Server&, Responder& call) noexcept : ScopedPromise(call.server_call()), call_(call) {}

    Serving get_return_object() const noexcept { return {}; }

    std::suspend_never initial_suspend() noexcept {
      scope_.enter();
      return {};
    }
    std::suspend_never final_suspend() noexcept {
      scope_.leave();
      return {};
    }

    void return_void() const noexcept {}
    void unhandled_exception() const noexcept { call_.fail(std::current_exception()); }

   private:
    Responder& call_;
  };
};

}  // namespace rpc
