// Calls that a task answers.
#include <rpc/skeleton.h>

#include <coroutine>
#include <utility>

#include "server_call.h"

namespace rpc {

using internal::AnyTask;
using internal::ReplyWriter;

/// The coroutine that drives one detached call. this_call() is right in it and in the task.
class Serving {
 public:
  class promise_type : public internal::ScopedPromise {
   public:
    promise_type(Responder& call, AnyTask&, ReplyWriter&) noexcept : ScopedPromise(call.server_call()), call_(call) {}

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

namespace {

Serving serve(Responder call, AnyTask task, ReplyWriter writer) {
  if (!task) throw Error(Code::internal, "the service gave an empty task");
  void* value = co_await task;
  Encoder& reply = call.reply();
  if (writer.call != nullptr) writer.call(writer.write, reply, value);
  task = {};  // what the handler holds is gone when the caller goes on
  call.send();
}

}  // namespace

void Incoming::answer_any(AnyTask task, ReplyWriter writer) {
  serve(std::move(later_), std::move(task), writer);
  internal::exchange_current(nullptr);  // the call may be over
}

}  // namespace rpc
