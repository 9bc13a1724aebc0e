// Where the runtime reports what no caller is left to hear: a continuation that threw, a reply nobody waits for.
//
//   rpc::set_log_handler([](rpc::Severity severity, std::string_view text) { my_logger.write(int(severity), text); });
#pragma once

#include <cstdint>
#include <string_view>

namespace rpc {

enum class Severity : std::uint8_t { info, warning, error };

/// Called from any thread, never with a lock of the runtime held. Must not throw.
using LogHandler = void (*)(Severity severity, std::string_view text);

/// Replaces the handler of the whole process; null gives back the default, one line on stderr. Thread-safe.
void set_log_handler(LogHandler handler) noexcept;

}  // namespace rpc
