// What a server counts, for programs that look at it while it runs: farcallctl top, for one. A server offers it
// together with rpc::Reflection:
//
//   rpc::Server server({.reflection = true});
//
//   rpc::MonitorClient monitor(rpc::connect("tcp://127.0.0.1:7000"));      // <rpc/monitor.rpc.h>
//   const rpc::ServerMetrics metrics = monitor.metrics();
#pragma once

#include <rpc/metrics.h>

namespace rpc {

class [[rpc::interface]] Monitor {
 public:
  virtual ~Monitor() = default;

  /// Server::metrics() of the server.
  [[rpc::idempotent]] virtual ServerMetrics metrics() = 0;
};

}  // namespace rpc
