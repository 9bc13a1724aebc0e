// Where the runtime reports what no caller is left to hear: a continuation that threw, a reply nobody waits for.
//
//   rpc::set_log_handler([](const rpc::LogRecord& record) { my_logger.write(rpc::to_json(record)); });
//
// <rpc/spdlog.h> has a handler for spdlog.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rpc {

enum class Severity : std::uint8_t { info, warning, error };

/// As it is written in the source: "warning".
const char* to_string(Severity severity) noexcept;

/// What a line is about, for programs to look for: "peer" and its address, "interface", "method", "code", and of calls
/// that are part of a trace "trace" and "span".
struct LogField {
  std::string_view key;
  std::string_view value;
};

/// One line. Refers to memory of the runtime's, and is valid as long as the handler runs.
struct LogRecord {
  Severity severity = Severity::info;
  std::string_view text;  ///< for people: makes sense alone
  std::span<const LogField> fields{};

  /// Empty if there is none with this key.
  std::string_view field(std::string_view key) const noexcept;
};

/// The text, and the fields behind it: `no ink peer=tcp://10.0.0.7:50312 method="say hello"`. One line, whatever is in
/// it.
std::string to_text(const LogRecord& record);

/// An object on one line, for programs: {"severity":"warning","text":"no ink","peer":"tcp://10.0.0.7:50312"}.
std::string to_json(const LogRecord& record);

/// Called from any thread, never with a lock of the runtime held. Must not throw.
using LogHandler = void (*)(const LogRecord& record);

/// Replaces the handler of the whole process; null gives back the default, one line on stderr. Thread-safe.
void set_log_handler(LogHandler handler) noexcept;

}  // namespace rpc
