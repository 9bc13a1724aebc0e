// Shows to Prometheus what servers and channels count; docs/metrics.md lists it. Link Farcall::metrics.
//
//   rpc::MetricsEndpoint endpoint("127.0.0.1:9464");
//   endpoint.add(server);                                  // curl http://127.0.0.1:9464/metrics
//   endpoint.add(channel);
#pragma once

#include <rpc/channel.h>
#include <rpc/server.h>

#include <memory>
#include <string>
#include <string_view>

namespace prometheus {
class Collectable;
}

namespace rpc {

/// For programs that have an endpoint, or a registry, of prometheus-cpp already: their exposer is given collectable().
/// All functions are thread-safe.
class MetricsCollector {
 public:
  MetricsCollector();
  MetricsCollector(const MetricsCollector&) = delete;
  MetricsCollector& operator=(const MetricsCollector&) = delete;
  ~MetricsCollector();

  /// Adds it for as long as it exists. What several servers count of one method is added up.
  void add(const Server& server);

  /// Adds it, and keeps a copy of it. What several channels to one address count is added up.
  void add(const Channel& channel);

  /// Adds a queue that no server was given, and keeps it; without one that of the process, which is opened. Throws
  /// Error (not_stored) if it cannot be.
  void add(QueueRef queue);

  /// Lives as long as this; exposers do not keep what they are given.
  const std::shared_ptr<prometheus::Collectable>& collectable() const noexcept { return collectable_; }

 private:
  class Collected;
  std::shared_ptr<Collected> collected_;
  std::shared_ptr<prometheus::Collectable> collectable_;
};

/// A small HTTP server with the metrics at the path /metrics, in Prometheus' text format.
class MetricsEndpoint : public MetricsCollector {
 public:
  /// Listens at "127.0.0.1:9464", "[::1]:9464" or "9464", which is the first of them: whoever can connect may read, and
  /// there is neither a password nor encryption, so that another address should be one that only Prometheus reaches.
  /// Port 0 has the system choose one. Throws Error (unavailable) if it cannot listen there.
  explicit MetricsEndpoint(std::string_view address);

  /// Takes up to two seconds: so often the HTTP server looks whether it is to end, and it has no option for that.
  ~MetricsEndpoint();

  /// Where it listens: "http://127.0.0.1:9464/metrics".
  const std::string& url() const noexcept { return url_; }

 private:
  class Listening;
  std::unique_ptr<Listening> listening_;
  std::string url_;
};

}  // namespace rpc
