// Has the runtime report through a logger of spdlog. The only header of Farcall that includes it; the program links it.
//
//   rpc::log_to(spdlog::default_logger());
//   rpc::log_to(spdlog::basic_logger_mt("rpc", "rpc.log"), rpc::LogFormat::json);
#pragma once

#include <rpc/log.h>

#include <spdlog/logger.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>

namespace rpc {

/// What the logger gets as its message: to_text() or to_json() of the record. For lines that are JSON and nothing else
/// the logger's own pattern is "%v".
enum class LogFormat : std::uint8_t { text, json };

namespace internal {

/// Never destroyed: what is served to the end of the process may be logged.
struct SpdlogTarget {
  std::mutex mutex;
  std::shared_ptr<spdlog::logger> logger;
  LogFormat format = LogFormat::text;

  static SpdlogTarget& get() {
    static SpdlogTarget& target = *new SpdlogTarget;
    return target;
  }
};

inline spdlog::level::level_enum spdlog_level(Severity severity) noexcept {
  if (severity == Severity::error) return spdlog::level::err;
  return severity == Severity::warning ? spdlog::level::warn : spdlog::level::info;
}

inline void write_to_spdlog(const LogRecord& record) {
  SpdlogTarget& target = SpdlogTarget::get();
  std::unique_lock lock(target.mutex);
  const std::shared_ptr<spdlog::logger> logger = target.logger;
  const LogFormat format = target.format;
  lock.unlock();
  const spdlog::level::level_enum level = spdlog_level(record.severity);
  if (logger == nullptr || !logger->should_log(level)) return;
  logger->log(level, spdlog::string_view_t(format == LogFormat::json ? to_json(record) : to_text(record)));
}

}  // namespace internal

/// From now on, and in place of any other handler. Thread-safe.
inline void log_to(std::shared_ptr<spdlog::logger> logger, LogFormat format = LogFormat::text) {
  internal::SpdlogTarget& target = internal::SpdlogTarget::get();
  {
    const std::lock_guard lock(target.mutex);
    std::swap(target.logger, logger);
    target.format = format;
  }
  set_log_handler(&internal::write_to_spdlog);
}

}  // namespace rpc
