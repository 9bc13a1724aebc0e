#include <prometheus/collectable.h>
#include <rpc/message.h>
#include <rpc/metrics_endpoint.h>

#include <mutex>
#include <optional>
#include <vector>

#include "families.h"
#include "net/broker.h"
#include "net/server_core.h"
#include "pending_call.h"

namespace rpc {

class MetricsCollector::Collected final : public prometheus::Collectable {
 public:
  void add(std::weak_ptr<const net::ServerCore> server) {
    const std::lock_guard lock(mutex_);
    servers_.push_back(std::move(server));
  }

  void add(const Channel& channel) {
    const std::lock_guard lock(mutex_);
    channels_.push_back(channel);
  }

  void add(MessageTransport& queue) {
    const std::lock_guard lock(mutex_);
    queues_.push_back(internal::Ref<MessageTransport>::share(&queue));
  }

  std::vector<prometheus::MetricFamily> Collect() const override {
    metrics::Families families;
    const std::lock_guard lock(mutex_);
    for (const std::weak_ptr<const net::ServerCore>& each : servers_) {
      if (const std::shared_ptr<const net::ServerCore> server = each.lock()) families.add(server->metrics());
    }
    for (const Channel& each : channels_)
      families.add(net::without_password(each.transport().address()), each.counters());
    for (const internal::Ref<MessageTransport>& each : queues_) {
      if (const std::optional<QueueMetrics> queue = each->metrics()) families.add(*queue);
    }
    return families.take();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::weak_ptr<const net::ServerCore>> servers_;
  std::vector<Channel> channels_;
  std::vector<internal::Ref<MessageTransport>> queues_;
};

MetricsCollector::MetricsCollector() : collected_(std::make_shared<Collected>()), collectable_(collected_) {}

MetricsCollector::~MetricsCollector() = default;

void MetricsCollector::add(const Server& server) { collected_->add(server.core_); }

void MetricsCollector::add(const Channel& channel) { collected_->add(channel); }

void MetricsCollector::add(QueueRef queue) { collected_->add(queue.get() != nullptr ? *queue.get() : default_queue()); }

}  // namespace rpc
