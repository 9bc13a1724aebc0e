// The io_context of the control plane and its thread. Included by the few files that see asio.
//
//   asio::post(control::context(), [] { … });          // on the control thread, later
//   control::run_there([&] { acceptor.close(); });     // on the control thread, now
#pragma once

#include <asio/io_context.hpp>

#include <functional>

namespace rpc::net::control {

/// Runs on its own thread from the first use until the process exits.
asio::io_context& context();

/// Runs the function on the control thread and waits for it. In a process that exits, whose control thread has ended
/// already, on the calling thread.
void run_there(const std::function<void()>& function);

}  // namespace rpc::net::control
