// How the runtime itself reports. See <rpc/log.h> for where it goes.
//
//   internal::log(Severity::warning, "…");
#pragma once

#include <rpc/log.h>

#include <string_view>

namespace rpc::internal {

void log(Severity severity, std::string_view text) noexcept;

}  // namespace rpc::internal
