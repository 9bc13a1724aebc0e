// Which larger piece of work a call is part of, in the form of W3C's trace context: all calls of a trace carry its id,
// over any number of servers, and so do the lines that are logged while they are served.
//
//   thermostat.with({.trace = rpc::Trace::begin()}).target();
//   …
//   const std::optional<rpc::Trace> trace = rpc::this_call().trace();       // in the handler
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace rpc {

/// A place in a trace: the whole trace has an id, and each call of it has one, its span. No memory of its own.
class Trace {
 public:
  /// A new trace. `sampled`: those who record traces are to record this one.
  static Trace begin(bool sampled = true);

  /// What a `traceparent` of version 00 says; nothing if it is malformed in any way.
  static std::optional<Trace> parse(std::string_view traceparent) noexcept;

  /// Another call in the same trace.
  Trace next() const;

  /// 32 hexadecimal digits.
  std::string_view trace_id() const noexcept { return text().substr(3, id_digits); }

  /// 16 hexadecimal digits.
  std::string_view span_id() const noexcept { return text().substr(span_at, span_digits); }

  bool sampled() const noexcept { return text_[size - 1] == '1'; }

  /// As parse() takes it: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01".
  std::string_view text() const noexcept { return {text_, size}; }

  friend bool operator==(const Trace& a, const Trace& b) noexcept { return a.text() == b.text(); }

 private:
  static constexpr std::size_t id_digits = 32;
  static constexpr std::size_t span_digits = 16;
  static constexpr std::size_t span_at = 3 + id_digits + 1;
  static constexpr std::size_t size = span_at + span_digits + 3;

  Trace() = default;

  char text_[size]{};
};

}  // namespace rpc
