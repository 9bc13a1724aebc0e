#include "telemetry.rpc.h"

#include <mutex>

#include "corpus/corpus.h"

namespace corpus {

namespace {

/// What may be lost arrives here all the same, but perhaps on other threads.
class Counting : public telemetry::Sink {
 public:
  void log(const std::vector<telemetry::Log>& records) override {
    const std::lock_guard lock(mutex_);
    for (const telemetry::Log& record : records) totals_.logs += record.level == telemetry::Log::warning ? 1 : 0;
  }

  void metric(telemetry::Metric metric) override {
    const std::lock_guard lock(mutex_);
    const auto* histogram = std::get_if<telemetry::Histogram<8>>(&metric.data);
    totals_.metrics += histogram != nullptr ? histogram->counts[7] : 0;
  }

  void spans(const std::vector<telemetry::Span>& records) override {
    const std::lock_guard lock(mutex_);
    for (const telemetry::Span& span : records) {
      totals_.spans += span.events.size();
      totals_.span_ids.emplace(std::get<std::string>(span.attributes.at("host")), span.parent.value_or(span.id));
    }
  }

  telemetry::Totals flush() override {
    const std::lock_guard lock(mutex_);
    return totals_;
  }

 private:
  std::mutex mutex_;
  telemetry::Totals totals_;
};

TEST_P(Corpus, Telemetry) {
  auto sink = connect<telemetry::Sink, telemetry::SinkClient>(std::make_shared<Counting>());
  EXPECT_EQ(sink.flush().spans, 0U);  // and now it is connected, so that nothing is dropped
  const telemetry::Time now{std::chrono::nanoseconds(1)};
  telemetry::Log log;
  log.level = telemetry::Log::warning;
  log.text = "disk almost full";
  sink.log({log, telemetry::Log()});

  telemetry::Metric metric;
  metric.data = telemetry::Histogram<8>{{0, 0, 0, 0, 0, 0, 0, 4}, 2.5};
  sink.metric(metric);

  telemetry::Span root, child;
  root.attributes = {{"host", std::string("a")}, {"hot", true}, {"tags", std::vector<std::string>{"x", "y"}}};
  root.id = 7;
  child.attributes = {{"host", std::string("a")}, {"load", 0.5}, {"pid", std::int64_t{42}}};
  child.parent = 7;
  child.events = {{now, "started"}, {now, "ended"}};
  sink.spans({root, child});

  telemetry::Totals totals = sink.async_flush().get();
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while ((totals.logs == 0 || totals.metrics == 0) && std::chrono::steady_clock::now() < limit) totals = sink.flush();
  EXPECT_EQ(totals.logs, 1U);
  EXPECT_EQ(totals.metrics, 4U);
  EXPECT_EQ(totals.spans, 2U);
  EXPECT_EQ(totals.span_ids, (std::multimap<std::string, std::uint64_t>{{"a", 7}, {"a", 7}}));
}

}  // namespace
}  // namespace corpus
