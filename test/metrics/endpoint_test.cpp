// Metrics as Prometheus gets them: by HTTP, in its text format, with the numbers of what was called.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>
#include <rpc/error.h>
#include <rpc/message.h>
#include <rpc/metrics_endpoint.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "metrics/scrape.h"
#include "runtime/net/running.h"

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

/// One for all tests: the HTTP server takes two seconds to end.
rpc::MetricsEndpoint& endpoint() {
  static rpc::MetricsEndpoint& endpoint = *new rpc::MetricsEndpoint("0");
  return endpoint;
}

Scrape scrape() {
  const HttpAnswer answer = http_get(endpoint().url());
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.type, StartsWith("text/plain"));
  return read_metrics(answer.body);
}

std::string calls(const std::string& method, const std::string& code) {
  return "farcall_server_calls_total{code=\"" + code + "\",interface=\"Probe\",method=\"" + method + "\"}";
}

std::string seconds(const std::string& part, const std::string& method) {
  return "farcall_server_call_seconds_" + part + "{interface=\"Probe\",method=\"" + method + "\"}";
}

TEST(Endpoint, ShowsWhatWasCalled) {
  Running running;
  running.object->on_act = [](const std::string&) { throw std::runtime_error("no"); };
  const rpc::Channel channel = rpc::connect(running.url);
  const ProbeClient probe(channel);
  endpoint().add(running.server);
  endpoint().add(channel);
  for (int i = 0; i < 7; ++i) probe.add(i, i);
  error_of([&] { probe.act("x"); });
  probe.note("hello");
  probe.echo("the last one");
  EXPECT_TRUE(soon([&] { return scrape().at(calls("echo", "ok")) == 1; }));
  const Scrape found = scrape();
  EXPECT_EQ(found.at(calls("add", "ok")), 7);
  EXPECT_EQ(found.at(calls("act", "ok")), 0);
  EXPECT_EQ(found.at(calls("act", "failed")), 1);
  EXPECT_EQ(found.at(seconds("count", "add")), 7);
  EXPECT_GT(found.at(seconds("sum", "add")), 0);
  EXPECT_LT(found.at(seconds("sum", "add")), 7 * 10);
  EXPECT_EQ(found.at("farcall_server_connections"), 1);
  EXPECT_EQ(found.at("farcall_server_oneway_received_total{path=\"frame\"}"), 1);
  EXPECT_EQ(found.at("farcall_channel_oneway_sent_total{path=\"frame\",target=\"" + running.url + "\"}"), 1);
  EXPECT_EQ(found.at("farcall_channel_dropped_total{reason=\"offline\",target=\"" + running.url + "\"}"), 0);
}

// What two servers count is one number: nobody could tell them apart.
TEST(Endpoint, AddsUpServersAndForgetsThoseThatAreGone) {
  Running first;
  endpoint().add(first.server);
  ProbeClient(rpc::connect(first.url)).add(1, 1);
  {
    Running second;
    endpoint().add(second.server);
    ProbeClient(rpc::connect(second.url)).add(1, 1);
    EXPECT_TRUE(soon([&] { return scrape().at(calls("add", "ok")) == 2; }));
  }
  EXPECT_TRUE(soon([&] { return scrape().at(calls("add", "ok")) == 1; }));
}

TEST(Endpoint, ListensToThisMachineAloneUnlessToldOtherwise) {
  EXPECT_THAT(endpoint().url(), StartsWith("http://127.0.0.1:"));
  EXPECT_NE(endpoint().url(), "http://127.0.0.1:0/metrics");
  EXPECT_EQ(http_get(endpoint().url().substr(0, endpoint().url().rfind('/')) + "/else").status, 404);
}

TEST(Endpoint, SaysWhatIsWrongWithAnAddress) {
  const std::string taken = endpoint().url().substr(7, endpoint().url().rfind('/') - 7);
  const rpc::Error error = error_of([&] { rpc::MetricsEndpoint second(taken); });
  EXPECT_EQ(error.code(), rpc::Code::unavailable);
  EXPECT_THAT(error.what(), AllOf(HasSubstr(taken), HasSubstr("another program listens there")));
  for (const char* const address : {"", ":", "localhost", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:80s", "80,81",
                                    "127.0.0.1:0,127.0.0.1:0", "127.0.0.1:123456", "[::1]"}) {
    EXPECT_THAT(error_of([&] { rpc::MetricsEndpoint endpoint(address); }).what(), HasSubstr("127.0.0.1:9464"))
        << address;
  }
}

TEST(Collector, IsForRegistriesThatAreThere) {
  Running running;
  ProbeClient(rpc::connect(running.url)).add(1, 1);
  rpc::MetricsCollector collector;
  collector.add(running.server);
  std::set<std::string> names;
  for (const prometheus::MetricFamily& each : collector.collectable()->Collect()) names.insert(each.name);
  EXPECT_TRUE(names.contains("farcall_server_calls_total"));
}

/// A server with a queue: messages go nowhere, or are put aside.
class Messages : public testing::Test {
 protected:
  void store(const std::string& target) {
    queue_->transport().store(
        {.target = target, .interface = "Probe", .method = "note", .body = std::as_bytes(std::span("hi"))});
  }
  std::string messages(const std::string& box, const std::string& state) const {
    return "farcall_queue_messages{box=\"" + box + "\",queue=\"" + folder_.socket("queue") + "\",state=\"" + state +
           "\"}";
  }

  Folder folder_;
  std::optional<rpc::Queue> queue_ = rpc::open_queue({.folder = folder_.socket("queue"), .max_attempts = 1});
};

TEST_F(Messages, ShowHowFullAQueueIs) {
  Running running;
  const rpc::Channel channel = rpc::connect(running.url, {.queue = *queue_});
  endpoint().add(*queue_);
  endpoint().add(*queue_);  // which changes nothing
  for (int i = 0; i < 3; ++i) store("unix:/nowhere");
  store(running.url);  // which refuses it
  EXPECT_TRUE(soon([&] { return scrape().at(messages("outbox", "dead")) == 1; }));
  const Scrape found = scrape();
  EXPECT_EQ(found.at(messages("outbox", "waiting")), 3);
  EXPECT_EQ(found.at(messages("inbox", "waiting")), 0);
  EXPECT_EQ(found.at("farcall_queue_max_bytes{queue=\"" + folder_.socket("queue") + "\"}"), 1 << 30);
  EXPECT_GT(found.at("farcall_queue_bytes{box=\"outbox\",queue=\"" + folder_.socket("queue") + "\"}"), 0);
}

/// The rows "| `name` | type | labels | meaning |" of docs/metrics.md, by name.
std::map<std::string, std::vector<std::string>> documented() {
  std::ifstream page(FARCALL_PAGE);
  std::map<std::string, std::vector<std::string>> rows;
  static const std::regex row(R"(\| `(farcall_\w+)` \| (\w+) \| ([^|]*) \| (.*) \|)");
  for (std::string line; std::getline(page, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) rows[match[1]] = {match[2], match[3]};
  }
  return rows;
}

std::string labels_of(const prometheus::MetricFamily& family) {
  std::string text;
  for (const auto& each : family.metric.at(0).label) text += (text.empty() ? "`" : ", `") + each.name + "`";
  return text;
}

TEST_F(Messages, AreOnThePageWithAllOtherMetrics) {
  Running running;
  const rpc::Channel channel = rpc::connect(running.url, {.queue = *queue_});
  ProbeClient(channel).add(1, 1);
  rpc::MetricsCollector collector;
  collector.add(running.server);
  collector.add(channel);
  collector.add(*queue_);
  const auto collected = [&] { return collector.collectable()->Collect(); };
  const auto has = [](const auto& families, const std::string& name) {
    return std::ranges::any_of(families, [&](const auto& each) { return each.name == name; });
  };
  EXPECT_TRUE(soon([&] { return has(collected(), "farcall_server_call_seconds"); }));
  std::map<std::string, std::vector<std::string>> exported;
  for (const prometheus::MetricFamily& each : collected()) {
    const char* const type = each.type == prometheus::MetricType::Counter ? "counter"
                             : each.type == prometheus::MetricType::Gauge ? "gauge"
                                                                          : "histogram";
    exported[each.name] = {type, labels_of(each)};
  }
  EXPECT_EQ(documented(), exported);
}

}  // namespace
