// One call being served by generated code: decode the arguments, call the server, write the reply.
//
//   case 0: return call.reply(server.target());  // double target()
//   case 2:  // rpc::Task<std::vector<Reading>> history(std::string sensor, int days)
//     …
//     call.detach();
//     return call.answer(server.history(std::move(sensor), days));
//   case 3:  // void sum(std::vector<int> v, rpc::Reply<int> done)
//     …
//     server.sum(std::move(v), call.reply_later<int>());
#pragma once

#include <rpc/error.h>
#include <rpc/interface.h>
#include <rpc/result.h>
#include <rpc/tagged/codec.h>
#include <rpc/task.h>
#include <rpc/view_memory.h>
#include <rpc/wire/buffer.h>
#include <rpc/wire/reader.h>
#include <rpc/wire/writer.h>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace rpc {

template <class T>
class Reply;
template <class T>
class SharedReply;

namespace internal {

class DetachedCall;
class ReplyBase;
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
  void fail(const std::exception_ptr& exception) noexcept;

  /// Answers with a value, as the call's ReplyWriter writes it, or with an error. Of several that share a call, each on
  /// a thread of its own, the first answers; for the others this throws Error (internal).
  void answer(internal::Outcome outcome) const;

  /// Another one for the same call, which is abandoned when all are gone.
  Responder share() const noexcept;

  internal::ServerCall& server_call() const noexcept;

 private:
  friend class Incoming;
  friend class internal::TwinServing;
  friend struct internal::Dispatch;
  Responder() noexcept = default;
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

  /// Moves the call out of the dispatch, to be answered through the reply that the method is given. An exception that
  /// leaves the dispatch fails the call if the reply was not kept.
  template <class T>
  Reply<T> reply_later() {
    return Reply<T>(reply_with(writer_of<T>()));
  }

  /// The same for a method that is given a function, which can be copied.
  template <class T>
  SharedReply<T> shared_reply() {
    return SharedReply<T>(share_with(writer_of<T>()));
  }

 private:
  friend struct internal::Dispatch;

  template <class T>
  static internal::ReplyWriter writer_of() noexcept {
    if constexpr (std::is_void_v<T>) {
      return {};
    } else {
      return internal::reply_writer<T>(&internal::write_result<T>);
    }
  }

  Responder hand_over(bool kept);
  Responder share_with(internal::ReplyWriter writer);
  internal::ReplyBase reply_with(internal::ReplyWriter writer);
  void answer_any(internal::AnyTask task, internal::ReplyWriter writer);

  internal::ServerCall* call_;  // null once handed over
  Responder later_;             // from detach() to answer(); with a reply, to the end of the dispatch
  internal::ReplyFrame reply_;
  internal::ViewMemory views_;
  Decoder arguments_;
};

/// A reply that can be copied, as what a std::function holds has to be. Any thread may call any copy; the first one
/// answers, for the others it throws Error (internal). The call is abandoned when all are gone.
template <class T>
class SharedReply {
 public:
  SharedReply(SharedReply&&) noexcept = default;
  SharedReply(const SharedReply& other) noexcept : call_(other.call_.share()) {}
  SharedReply& operator=(SharedReply other) noexcept {
    call_ = std::move(other.call_);
    return *this;
  }

  void operator()(const Result<T>& result) const { call_.answer(internal::outcome_of(result)); }

 private:
  friend class Incoming;
  explicit SharedReply(Responder call) noexcept : call_(std::move(call)) {}

  Responder call_;
};

}  // namespace rpc
