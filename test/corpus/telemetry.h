// A sink for telemetry: values of several types, histograms, records with a common base, and calls that may be lost.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace telemetry {

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;
using Attributes = std::map<std::string, Value>;
using TraceId = std::array<std::byte, 16>;
using Time = std::chrono::sys_time<std::chrono::nanoseconds>;

struct Record {
  Time at{};
  Attributes attributes;
};

struct Log : Record {
  enum Level : std::uint8_t { debug, info, warning, error };
  Level level = info;
  std::string text;
};

struct Span : Record {
  TraceId trace{};
  std::uint64_t id = 0;
  std::optional<std::uint64_t> parent;
  std::string name;
  std::chrono::nanoseconds duration{};
  std::list<std::pair<Time, std::string>> events;
};

struct Gauge {
  double value = 0;
};
struct Counter {
  std::uint64_t count = 0;
  bool monotonic = true;
};
template <std::size_t Buckets>
struct Histogram {
  std::array<std::uint64_t, Buckets> counts{};
  double sum = 0;
};

struct Metric : Record {
  std::string name;
  std::variant<Gauge, Counter, Histogram<8>> data;
};

struct Totals {
  std::uint64_t logs = 0, spans = 0, metrics = 0;
  std::multimap<std::string, std::uint64_t> span_ids;
};

class [[rpc::interface]] Sink {
 public:
  virtual ~Sink() = default;

  [[rpc::maybe]] virtual void log(const std::vector<Log>& records) = 0;
  [[rpc::maybe]] virtual void metric(Metric metric) = 0;
  virtual void spans(const std::vector<Span>& records) = 0;
  [[rpc::async]] virtual Totals flush() = 0;
};

}  // namespace telemetry
