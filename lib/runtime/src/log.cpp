#include "log.h"

#include <atomic>
#include <cstdio>

namespace rpc {
namespace {

const char* name_of(Severity severity) noexcept {
  switch (severity) {
    case Severity::info: return "info";
    case Severity::warning: return "warning";
    case Severity::error: return "error";
  }
  return "?";
}

void write_line(Severity severity, std::string_view text) noexcept {
  std::fprintf(stderr, "rpc: %s: %.*s\n", name_of(severity), static_cast<int>(text.size()), text.data());
}

std::atomic<LogHandler> log_handler{&write_line};

}  // namespace

void set_log_handler(LogHandler handler) noexcept { log_handler = handler != nullptr ? handler : &write_line; }

void internal::log(Severity severity, std::string_view text) noexcept { log_handler.load()(severity, text); }

std::optional<std::uint64_t> internal::LogLimit::admit(Time now) noexcept {
  if (now - second_began_ >= std::chrono::seconds(1)) {
    second_began_ = now;
    written_ = 0;
  }
  if (written_ == most_) {
    ++left_out_;
    return std::nullopt;
  }
  ++written_;
  return take_left_out();
}

}  // namespace rpc
