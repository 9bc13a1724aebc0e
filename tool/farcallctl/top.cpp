// top: what a server does right now, by the difference of what it has counted at two moments.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <map>
#include <thread>

#include "commands.h"
#include "queue_text.h"
#include "remote.h"
#include "top_options.h"

namespace farcall::ctl {
namespace {

using nlohmann::ordered_json;
using std::chrono::nanoseconds;
using std::chrono::steady_clock;

/// What a server has counted, and when.
struct Look {
  rpc::ServerMetrics metrics;
  steady_clock::time_point at;
};

/// One method between two looks.
struct Activity {
  std::string method;
  std::uint64_t calls = 0;  ///< that ended, of which `errors` failed
  std::uint64_t errors = 0;
  std::uint64_t running = 0;
  std::uint64_t ever = 0;  ///< calls since the server was made
  rpc::Latencies latency;
};

struct Interval {
  double seconds = 1;
  std::vector<Activity> methods;  ///< the busiest first
};

Look look(Remote& remote) {
  rpc::ServerMetrics metrics = remote.metrics();
  return {std::move(metrics), steady_clock::now()};
}

/// One that was made anew meanwhile has less than before: then that is all that is known.
std::uint64_t difference(std::uint64_t before, std::uint64_t after) { return after - (before <= after ? before : 0); }

Activity activity(const rpc::MethodMetrics& before, const rpc::MethodMetrics& after) {
  Activity made{.method = after.interface + "." + after.method,
                .errors = difference(before.failures(), after.failures()),
                .running = after.running,
                .ever = after.succeeded + after.failures()};
  made.calls = difference(before.succeeded, after.succeeded) + made.errors;
  for (std::size_t i = 0; i < made.latency.counts.size(); ++i)
    made.latency.counts[i] = difference(before.latency.counts[i], after.latency.counts[i]);
  return made;
}

Interval between(const Look& first, const Look& second) {
  std::map<std::pair<std::string, std::string>, const rpc::MethodMetrics*> before;
  for (const rpc::MethodMetrics& each : first.metrics.methods) before[{each.interface, each.method}] = &each;
  Interval made{.seconds = std::chrono::duration<double>(second.at - first.at).count(), .methods = {}};
  const rpc::MethodMetrics nothing;
  for (const rpc::MethodMetrics& each : second.metrics.methods) {
    const auto found = before.find({each.interface, each.method});
    made.methods.push_back(activity(found == before.end() ? nothing : *found->second, each));
  }
  std::ranges::sort(made.methods, [](const Activity& one, const Activity& other) {
    return one.calls != other.calls ? one.calls > other.calls : one.method < other.method;
  });
  return made;
}

std::string rate(std::uint64_t count, double seconds) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(count) / seconds);
  return text.data();
}

/// "12.3 µs"; "-" where nothing was measured.
std::string time_text(const rpc::Latencies& latency, double share) {
  if (latency.total() == 0) return "-";
  constexpr std::array<const char*, 4> units = {"ns", "µs", "ms", "s"};
  auto value = static_cast<double>(latency.quantile(share).count());
  std::size_t unit = 0;
  for (; value >= 1000 && unit + 1 < units.size(); ++unit) value /= 1000;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g %s", value, units[unit]);
  return text.data();
}

std::string queue_line(const rpc::QueueMetrics& queue) {
  const auto box = [](const char* name, const rpc::BoxMetrics& of) {
    return std::string(name) + " " + std::to_string(of.waiting) + " waiting, " + std::to_string(of.dead) + " dead";
  };
  return "queue " + one_line(queue.folder) + ": " + box("outbox", queue.outbox) + "; " + box("inbox", queue.inbox) +
         "; " + in_bytes(queue.outbox.bytes + queue.inbox.bytes) + " of " + in_bytes(queue.max_bytes) + "\n";
}

std::string screen(const std::string& url, const Look& now, const Interval& interval) {
  std::uint64_t calls = 0;
  std::uint64_t errors = 0;
  Table table({"METHOD", "CALLS/S", "ERRORS/S", "RUNNING", "P50", "P99", "CALLS"});
  for (const Activity& each : interval.methods) {
    calls += each.calls;
    errors += each.errors;
    if (each.ever == 0 && each.running == 0) continue;
    table.add({each.method, rate(each.calls, interval.seconds), rate(each.errors, interval.seconds),
               std::to_string(each.running), time_text(each.latency, 0.5), time_text(each.latency, 0.99),
               std::to_string(each.ever)});
  }
  std::string made = one_line(url) + ": " + rate(calls, interval.seconds) + " calls/s, " +
                     rate(errors, interval.seconds) + " errors/s, " + std::to_string(now.metrics.connections) +
                     (now.metrics.connections == 1 ? " connection\n" : " connections\n");
  for (const rpc::QueueMetrics& each : now.metrics.queues) made += queue_line(each);
  return made + "\n" + table.text();
}

ordered_json box_json(const rpc::BoxMetrics& box) {
  return {{"waiting", box.waiting}, {"dead", box.dead}, {"bytes", box.bytes}};
}

ordered_json seconds_json(const rpc::Latencies& latency, double share) {
  if (latency.total() == 0) return nullptr;
  return std::chrono::duration<double>(latency.quantile(share)).count();
}

ordered_json all_json(const Look& now, const Interval& interval) {
  ordered_json methods = ordered_json::array();
  for (const Activity& each : interval.methods) {
    methods.push_back({{"method", each.method},
                       {"calls", each.calls},
                       {"errors", each.errors},
                       {"running", each.running},
                       {"p50_seconds", seconds_json(each.latency, 0.5)},
                       {"p99_seconds", seconds_json(each.latency, 0.99)},
                       {"calls_ever", each.ever}});
  }
  ordered_json queues = ordered_json::array();
  for (const rpc::QueueMetrics& each : now.metrics.queues) {
    queues.push_back({{"folder", each.folder},
                      {"outbox", box_json(each.outbox)},
                      {"inbox", box_json(each.inbox)},
                      {"max_bytes", each.max_bytes}});
  }
  return {{"seconds", interval.seconds},
          {"connections", now.metrics.connections},
          {"methods", std::move(methods)},
          {"queues", std::move(queues)}};
}

nanoseconds interval_from(const Arguments& arguments) {
  if (!arguments.has(interval_option)) return std::chrono::seconds(1);
  const nanoseconds interval = time_from(interval_option, arguments.text(interval_option));
  if (interval.count() <= 0) throw UsageError("--interval: top cannot do without one; try: --interval 1s");
  return interval;
}

}  // namespace

void watch_server(const Arguments& arguments) {
  if (arguments.words.size() != 1)
    throw UsageError("top takes the address of a server; try: farcallctl top tcp://127.0.0.1:7000");
  const std::string& url = arguments.words[0];
  const nanoseconds interval = interval_from(arguments);
  Remote remote(url, arguments);
  const bool once = arguments.json || arguments.has(once_option) || ::isatty(STDOUT_FILENO) == 0;
  Look before = look(remote);
  for (;;) {
    std::this_thread::sleep_for(interval);
    Look now = look(remote);
    const Interval seen = between(before, now);
    if (arguments.json) {
      std::cout << dumped(all_json(now, seen));
    } else {
      std::cout << (once ? "" : "\x1b[H\x1b[2J") << screen(url, now, seen) << std::flush;
    }
    if (once) return;
    before = std::move(now);
  }
}

}  // namespace farcall::ctl
