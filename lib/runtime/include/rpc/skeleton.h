// One call being served by generated code: decode the arguments, call the server, write the reply.
//
//   case 0: return call.reply(server.target());  // double target()
//   case 2:  // rpc::Task<std::vector<Reading>> history(std::string sensor, int days)
//     …
//     call.detach();
//     return call.answer(server.history(std::move(sensor), days));
#pragma once

#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/tagged/codec.h>
#include <rpc/task.h>
#include <rpc/view_memory.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

#include <exception>
#include <optional>
#include <utility>

namespace rpc {

namespace internal {

class DetachedCall;
class TwinServing;
struct Dispatch;

/// A generated write function without its type.
using AnyWrite = void (*)();

/// Such a function and how it is called; none for a reply without values.
struct ReplyWriter {
  void (*call)(AnyWrite write, Encoder& reply, void* value) = nullptr;
  AnyWrite write = nullptr;
};

template <class T>
ReplyWriter reply_writer(void (*write)(Encoder& reply, const T& value)) noexcept {
  return {
      .call = [](AnyWrite any, Encoder& reply,
                 void* value) { reinterpret_cast<void (*)(Encoder&, const T&)>(any)(reply, *static_cast<T*>(value)); },
      .write = reinterpret_cast<AnyWrite>(write)};
}

/// A reply that is the result alone. Inline, since a call takes a quarter of what a small result does.
template <class T>
inline void write_result(Encoder& reply, const T& result) {
  if (reply.tagged()) return tagged::write_result(reply, Tagged<T>::type, &result);
  Writer at = reply.begin();
  at.write(result);
  reply.commit(at);
}

/// A reply that is being written, behind the room for the frame's header.
class ReplyFrame {
 public:
  ReplyFrame() = default;
  ReplyFrame(const ReplyFrame&) = delete;
  ReplyFrame& operator=(const ReplyFrame&) = delete;
  ~ReplyFrame();

  /// Begins the reply, or begins it anew.
  Encoder& open(const Limits& limits, Encoding encoding);
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
  friend class internal::TwinServing;
  friend struct internal::Dispatch;
  Responder() noexcept = default;
  internal::ServerCall& server_call() const noexcept;
  explicit Responder(internal::DetachedCall* call) noexcept : call_(call) {}
  internal::DetachedCall* call_ = nullptr;
};

/// A call inside its dispatch. When the dispatch returns, what was written to reply() is sent; an exception that
/// leaves it fails the call. A method without results still says reply(), which is then empty.
class Incoming {
 public:
  explicit Incoming(internal::ServerCall& call) noexcept;
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;

  /// Views that are read from it last as long as the call, also when it is handed over.
  Decoder& arguments() noexcept { return arguments_; }
  Encoder& reply();

  /// A reply of one value.
  template <class T>
  void reply(const T& result) {
    internal::write_result(reply(), result);
  }

  /// Moves the call out of the dispatch, to be answered later.
  Responder hand_over();

  /// The same for a call that answer() will answer: what the thread starts from here on may keep this_call().
  void detach();

  /// Answers a detached call with what `task` gives, when it gives it. What it throws fails the call, and so does an
  /// exception that leaves the dispatch between detach() and here.
  template <class T>
  void answer(Task<T> task) {
    answer_any(std::move(task), internal::reply_writer<T>(&internal::write_result<T>));
  }
  template <class T>
  void answer(Task<T> task, void (*write)(Encoder& reply, const T& value)) {
    answer_any(std::move(task), internal::reply_writer<T>(write));
  }
  void answer(Task<void> task) { answer_any(std::move(task), {}); }

 private:
  friend struct internal::Dispatch;

  void answer_any(internal::AnyTask task, internal::ReplyWriter writer);

  internal::ServerCall* call_;  // null once handed over
  Responder later_;             // from detach() to answer()
  internal::ReplyFrame reply_;
  internal::ViewMemory views_;
  Decoder arguments_;
};

}  // namespace rpc
