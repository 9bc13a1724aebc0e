// The io_context of the control plane and its thread. Included by the few files that see asio.
#pragma once

#include <asio/io_context.hpp>

namespace rpc::net::control {

/// Runs on its own thread from the first use to the end of the process.
asio::io_context& context();

}  // namespace rpc::net::control
