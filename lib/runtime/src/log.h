// How the runtime itself reports. See <rpc/log.h> for where it goes.
//
//   internal::log(Severity::warning, "…", {{"peer", peer}});
//   if (const auto left_out = limit.admit(now)) internal::log(…);   // of what peers can bring about at will
#pragma once

#include <rpc/log.h>
#include <rpc/this_call.h>

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

namespace rpc::internal {

/// Fields without a value are left out. Those that `call` tells are added: the one that this thread serves, if any.
void log(Severity severity, std::string_view text, std::initializer_list<LogField> fields = {},
         ThisCall call = this_call()) noexcept;

/// Lets some lines a second through and counts the others. Used by one thread at a time.
class LogLimit {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit LogLimit(std::uint32_t lines_a_second) noexcept : most_(lines_a_second) {}

  /// Whether a line may be written now; if so, how many were left out since the last that was.
  std::optional<std::uint64_t> admit(Time now) noexcept;

  /// How many were left out, once no further line comes.
  std::uint64_t take_left_out() noexcept { return std::exchange(left_out_, 0); }

 private:
  const std::uint32_t most_;
  Time second_began_;
  std::uint32_t written_ = 0;  // in this second
  std::uint64_t left_out_ = 0;
};

}  // namespace rpc::internal
