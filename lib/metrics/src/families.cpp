#include "families.h"

#include <chrono>
#include <limits>
#include <utility>

namespace rpc::metrics {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricType;

constexpr Families::Kind server_calls{"farcall_server_calls_total",
                                      MetricType::Counter,
                                      "Calls that ended, by their outcome: ok, or the code of the error.",
                                      {"interface", "method", "code"}};
constexpr Families::Kind server_call_seconds{
    "farcall_server_call_seconds",
    MetricType::Histogram,
    "From when a request was read to when its reply was sent, or its handler was done; of messages the time of handlers.",
    {"interface", "method"}};
constexpr Families::Kind server_running{"farcall_server_calls_running",
                                        MetricType::Gauge,
                                        "Calls that wait for something or have run for longer than some milliseconds.",
                                        {"interface", "method"}};
constexpr Families::Kind server_connections{
    "farcall_server_connections", MetricType::Gauge, "Clients that are connected.", {}};
constexpr Families::Kind server_oneway{"farcall_server_oneway_received_total",
                                       MetricType::Counter,
                                       "Maybe calls that were dispatched, by the way they came.",
                                       {"path"}};
constexpr Families::Kind server_dropped{"farcall_server_dropped_total",
                                        MetricType::Counter,
                                        "Maybe calls and datagrams that were not dispatched.",
                                        {"reason"}};
constexpr Families::Kind server_probes{"farcall_server_probes_total",
                                       MetricType::Counter,
                                       "Datagrams by which clients find out whether datagrams arrive.",
                                       {}};
constexpr Families::Kind channel_oneway{"farcall_channel_oneway_sent_total",
                                        MetricType::Counter,
                                        "Maybe calls that were sent, by the way they went.",
                                        {"target", "path"}};
constexpr Families::Kind channel_dropped{
    "farcall_channel_dropped_total", MetricType::Counter, "Maybe calls that were not sent.", {"target", "reason"}};
constexpr Families::Kind channel_probes{"farcall_channel_probes_total",
                                        MetricType::Counter,
                                        "Datagrams that ask whether datagrams arrive, and the answers.",
                                        {"target", "what"}};
constexpr Families::Kind channel_attempts{"farcall_channel_attempts_total",
                                          MetricType::Counter,
                                          "Calls that a channel to several servers sent to one of them, by the reason.",
                                          {"target", "why"}};
constexpr Families::Kind channel_retries_refused{
    "farcall_channel_retries_refused_total", MetricType::Counter, "Calls not sent again: no budget.", {"target"}};
constexpr Families::Kind channel_ejections{"farcall_channel_ejections_total",
                                           MetricType::Counter,
                                           "Servers that got no calls for a while, since theirs failed.",
                                           {"target"}};
constexpr Families::Kind queue_messages{"farcall_queue_messages",
                                        MetricType::Gauge,
                                        "Messages in a queue that wait, or were put aside.",
                                        {"queue", "box", "state"}};
constexpr Families::Kind queue_bytes{
    "farcall_queue_bytes", MetricType::Gauge, "Bytes of the messages in a queue.", {"queue", "box"}};
constexpr Families::Kind queue_max_bytes{
    "farcall_queue_max_bytes", MetricType::Gauge, "Bytes that a queue may hold.", {"queue"}};

double seconds(std::chrono::nanoseconds time) { return std::chrono::duration<double>(time).count(); }

}  // namespace

ClientMetric& Families::sample(const Kind& kind, Values labels) {
  Samples& family = families_[kind.name];
  family.kind = &kind;
  const auto [found, is_new] = family.samples.try_emplace(labels);
  for (std::size_t i = 0; is_new && i < labels.size(); ++i)
    found->second.label.push_back({kind.labels[i], std::move(labels[i])});
  return found->second;
}

void Families::count(const Kind& kind, Values labels, std::uint64_t value) {
  sample(kind, std::move(labels)).counter.value += static_cast<double>(value);
}

void Families::gauge(const Kind& kind, Values labels, std::uint64_t value) {
  sample(kind, std::move(labels)).gauge.value += static_cast<double>(value);
}

// Only where there was a call: of most methods of most programs there never is one.
void Families::histogram(const Kind& kind, Values labels, const Latencies& latencies) {
  if (latencies.total() == 0) return;
  ClientMetric::Histogram& to = sample(kind, std::move(labels)).histogram;
  to.bucket.resize(latencies.counts.size());
  std::uint64_t up_to = 0;
  for (std::size_t i = 0; i < latencies.counts.size(); ++i) {
    const bool last = i + 1 == latencies.counts.size();
    up_to += latencies.counts[i];
    to.bucket[i].upper_bound = last ? std::numeric_limits<double>::infinity() : seconds(Latencies::upper_bound(i));
    to.bucket[i].cumulative_count += up_to;
  }
  to.sample_count += up_to;
  to.sample_sum += seconds(latencies.sum);
}

void Families::add(const ServerMetrics& server) {
  for (const MethodMetrics& each : server.methods) {
    count(server_calls, {each.interface, each.method, "ok"}, each.succeeded);
    for (const auto& [code, failed] : each.failed) count(server_calls, {each.interface, each.method, code}, failed);
    gauge(server_running, {each.interface, each.method}, each.running);
    histogram(server_call_seconds, {each.interface, each.method}, each.latency);
  }
  gauge(server_connections, {}, server.connections);
  const ServerCounters& counters = server.counters;
  count(server_oneway, {"datagram"}, counters.datagrams_received);
  count(server_oneway, {"frame"}, counters.frames_received);
  count(server_probes, {}, counters.probes_received);
  count(server_dropped, {"foreign"}, counters.ignored_foreign);
  count(server_dropped, {"truncated"}, counters.ignored_truncated);
  count(server_dropped, {"forged"}, counters.ignored_forged);
  count(server_dropped, {"replayed"}, counters.ignored_replayed);
  count(server_dropped, {"unbound"}, counters.ignored_unbound);
  count(server_dropped, {"overloaded"}, counters.ignored_overloaded);
  count(server_dropped, {"stopping"}, counters.ignored_stopping);
  count(server_dropped, {"denied"}, counters.ignored_denied);
  count(server_dropped, {"overrun"}, counters.overrun);
  for (const QueueMetrics& each : server.queues) add(each);
}

void Families::add(const std::string& target, const ChannelCounters& channel) {
  count(channel_oneway, {target, "datagram"}, channel.datagrams_sent);
  count(channel_oneway, {target, "frame"}, channel.frames_sent);
  count(channel_dropped, {target, "offline"}, channel.dropped_offline);
  count(channel_dropped, {target, "congested"}, channel.dropped_congested);
  count(channel_dropped, {target, "refused"}, channel.dropped_refused);
  count(channel_probes, {target, "sent"}, channel.probes_sent);
  count(channel_probes, {target, "answered"}, channel.probes_answered);
  count(channel_attempts, {target, "first"}, channel.attempts - channel.retries - channel.hedges);
  count(channel_attempts, {target, "retry"}, channel.retries);
  count(channel_attempts, {target, "hedge"}, channel.hedges);
  count(channel_retries_refused, {target}, channel.retries_refused);
  count(channel_ejections, {target}, channel.ejections);
}

// A queue may be that of several servers and channels.
void Families::add(const QueueMetrics& queue) {
  if (!queues_.insert(queue.folder).second) return;
  gauge(queue_max_bytes, {queue.folder}, queue.max_bytes);
  for (const auto& [name, box] : {std::pair("outbox", &queue.outbox), std::pair("inbox", &queue.inbox)}) {
    gauge(queue_messages, {queue.folder, name, "waiting"}, box->waiting);
    gauge(queue_messages, {queue.folder, name, "dead"}, box->dead);
    gauge(queue_bytes, {queue.folder, name}, box->bytes);
  }
}

std::vector<prometheus::MetricFamily> Families::take() {
  std::vector<prometheus::MetricFamily> made;
  for (auto& [name, family] : std::exchange(families_, {})) {
    prometheus::MetricFamily& each = made.emplace_back();
    each.name = name;
    each.help = family.kind->help;
    each.type = family.kind->type;
    for (auto& [labels, sample] : family.samples) each.metric.push_back(std::move(sample));
  }
  return made;
}

}  // namespace rpc::metrics
