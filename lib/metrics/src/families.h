// Snapshots of servers and channels as families of Prometheus: the one place that knows their names.
//
//   Families families;
//   families.add(server.metrics());
//   return families.take();
#pragma once

#include <prometheus/metric_family.h>
#include <rpc/metrics.h>

#include <array>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace rpc::metrics {

class Families {
 public:
  void add(const ServerMetrics& server);
  void add(const std::string& target, const ChannelCounters& channel);
  void add(const QueueMetrics& queue);

  std::vector<prometheus::MetricFamily> take();

  /// A family without its samples.
  struct Kind {
    const char* name;
    prometheus::MetricType type;
    const char* help;
    std::array<const char*, 3> labels;  ///< as many as there are, then nulls
  };

 private:
  using Values = std::vector<std::string>;

  struct Samples {
    const Kind* kind = nullptr;
    std::map<Values, prometheus::ClientMetric> samples;
  };

  prometheus::ClientMetric& sample(const Kind& kind, Values labels);
  void count(const Kind& kind, Values labels, std::uint64_t value);
  void gauge(const Kind& kind, Values labels, std::uint64_t value);
  void histogram(const Kind& kind, Values labels, const Latencies& latencies);

  std::map<std::string, Samples> families_;
  std::set<std::string> queues_;  // those that were added, by their folders
};

}  // namespace rpc::metrics
