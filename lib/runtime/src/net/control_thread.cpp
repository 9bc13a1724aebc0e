#include "net/control_thread.h"

#include "net/engine.h"

#include <asio/error.hpp>
#include <asio/post.hpp>

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <future>
#include <semaphore>

namespace rpc::net::control {

namespace {

/// What the end of the process waits for user code that blocks the control thread.
constexpr std::chrono::seconds longest_wait{1};

/// Never destroyed, but stopped by exit(): what is being connected looks at error categories of asio, which are
/// destroyed soon after.
class ControlThread {
 public:
  static ControlThread& get() {
    static ControlThread& thread = *new ControlThread;
    return thread;
  }

  asio::io_context& context() noexcept { return context_; }

 private:
  ControlThread() {
    // Made before exit() is told of stop(), and so destroyed after it.
    asio::error::get_addrinfo_category();
    asio::error::get_misc_category();
    asio::error::get_netdb_category();
    context_.get_executor().on_work_started();  // and never finished
    start_engine_thread("rpc-control", [] { get().run(); });
    std::atexit([] { get().stop(); });
  }

  void run() {
    context_.run();
    ended_.release();
  }

  // The child of a fork() has no such thread to wait for, and user code may call exit() on the thread itself.
  void stop() {
    if (::getpid() != process_) return;
    context_.stop();
    if (!context_.get_executor().running_in_this_thread()) static_cast<void>(ended_.try_acquire_for(longest_wait));
  }

  asio::io_context context_{1};
  const pid_t process_ = ::getpid();
  std::binary_semaphore ended_{0};
};

}  // namespace

asio::io_context& context() { return ControlThread::get().context(); }

void run_there(const std::function<void()>& function) {
  if (context().stopped() || context().get_executor().running_in_this_thread()) return function();
  std::promise<void> done;
  asio::post(context(), [&] {
    function();
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace rpc::net::control
